"""Queries about the roll; a cast asks for one credential by its key, whatever the size of the roll."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session, aliased

from pb.base.hashing import tree_root
from pb.base.transaction import one_row
from pb.extensions import db
from pb.roll.files import committed_line
from pb.roll.models import CredentialRow
from pb.roll.rules import summarise
from pb.roll.values import Credential, CredentialKind, CredentialRecord, RollSummary

_CREDENTIAL = select(
    CredentialRow.slot, CredentialRow.style, CredentialRow.area, CredentialRow.kind, CredentialRow.alive
).where(CredentialRow.round_id == bindparam("round"), CredentialRow.h == bindparam("h"))
"""Made once: every cast asks it."""

_OTHER = aliased(CredentialRow)
_ENTRY = select(
    CredentialRow.slot,
    CredentialRow.style,
    CredentialRow.area,
    CredentialRow.kind,
    or_(
        CredentialRow.alive,
        select(_OTHER.h)
        .where(_OTHER.round_id == CredentialRow.round_id, _OTHER.slot == CredentialRow.slot, _OTHER.alive)
        .exists(),
    ).label("alive"),
).where(CredentialRow.round_id == bindparam("round"), CredentialRow.h == bindparam("h"))


def still_alive() -> ColumnElement[bool]:
    """Whether a credential votes now, as a column for a statement that reads more.

    That of the credential `h`, or where `entry` is true of any credential in its `slot`; the latter is looked for last,
    as only the former is found by its key.
    """
    mine = select(CredentialRow.alive).where(
        CredentialRow.round_id == bindparam("round"), CredentialRow.h == bindparam("h"), CredentialRow.alive
    )
    others = select(_OTHER.h).where(
        _OTHER.round_id == bindparam("round"), _OTHER.slot == bindparam("slot"), _OTHER.alive
    )
    return or_(mine.exists(), and_(bindparam("entry", type_=Boolean), others.exists()))


ROWS_AT_ONCE = 5_000
"""Hashes asked for, and credentials read, together."""


def find_credential(session: Session, round_id: int, h: bytes) -> CredentialRecord | None:
    """The credential with this hash in a round; `None` when there is none."""
    return _found(session, _CREDENTIAL, round_id, h)


def find_entry(session: Session, round_id: int, h: bytes) -> CredentialRecord | None:
    """The roll entry that this credential stands for: alive as long as any code of it is, lost and re-issued ones too."""
    return _found(session, _ENTRY, round_id, h)


def _found(session: Session, asked: Select[*tuple[Any, ...]], round_id: int, h: bytes) -> CredentialRecord | None:
    row = one_row(session, asked, round=round_id, h=h)
    if row is None:
        return None
    return CredentialRecord(h, row.slot, row.style, row.area, CredentialKind(row.kind), row.alive)


def slots_of(session: Session, round_id: int, credentials: Sequence[bytes]) -> list[bytes]:
    """The slots of these credentials, as far as the round has them, in no order."""
    found: list[bytes] = []
    for start in range(0, len(credentials), ROWS_AT_ONCE):
        some = CredentialRow.h.in_(credentials[start : start + ROWS_AT_ONCE])
        found += session.scalars(select(CredentialRow.slot).where(CredentialRow.round_id == round_id, some))
    return found


def roll_summary(round_id: int, session: Session | None = None) -> RollSummary:
    """The roll in numbers; all empty while no credential file was taken."""
    columns = (CredentialRow.style, CredentialRow.kind, CredentialRow.area, CredentialRow.age)
    counts = (
        (session or db.session)
        .execute(
            select(*columns, func.count().label("people")).where(CredentialRow.round_id == round_id).group_by(*columns)
        )
        .all()
    )
    return summarise((row.style, row.kind, row.area, row.age, row.people) for row in counts)


def credential_root(round_id: int, session: Session | None = None) -> bytes:
    """The RFC 6962 root over the round's committed credential lines in their order: what the manifest seals."""
    return tree_root(committed_lines(round_id, session))


def committed_lines(round_id: int, session: Session | None = None) -> Iterator[bytes]:
    """What the manifest commits to of each credential, in order; all of it is public after the opening."""
    return map(committed_line, _sorted_credentials(session or db.session(), round_id))


def _sorted_credentials(session: Session, round_id: int) -> Iterator[Credential]:
    """Some at a time, each time from where the last ones ended: a large roll never stands in memory whole."""
    ordered = select(CredentialRow.h, CredentialRow.style, CredentialRow.kind).order_by(CredentialRow.h)
    last = b""
    while rows := session.execute(
        ordered.where(CredentialRow.round_id == round_id, CredentialRow.h > last).limit(ROWS_AT_ONCE)
    ).all():
        yield from (Credential(row.h, row.style, CredentialKind(row.kind)) for row in rows)
        last = rows[-1].h
