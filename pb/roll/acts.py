"""What an organiser does with the roll."""

from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from pb.base.refusals import Refused, refuse_if_any
from pb.base.transaction import transaction
from pb.office.acts import audit
from pb.roll.files import read_credentials
from pb.roll.models import CredentialRow
from pb.roll.rules import take_reasons
from pb.roll.values import Credential, CredentialKind
from pb.rounds.reads import moment_of, round_by_id
from pb.rounds.values import RoundRefusal

ROWS_AT_ONCE = 10_000
"""Rows handed to the database together: quick, and a million credentials stay out of memory."""


def take_credentials(round_id: int, stream: BinaryIO, by: int) -> int:
    """Take the credential file of a round in place of an earlier one, and give the number of credentials.

    All or nothing: raises `Refused` with every mistake and its line before anything is stored, and once the manifest
    is sealed.
    """
    round_ = round_by_id(round_id)
    if round_ is None:
        raise Refused(RoundRefusal.UNKNOWN(), status=404)
    refuse_if_any(take_reasons(round_))
    credentials = read_credentials(stream, round_.public_id, round_.frame.styles())
    with transaction() as session:
        round_, now = moment_of(session, round_id)
        refuse_if_any(take_reasons(round_), status=409)
        _replace(session, round_id, credentials)
        issued = sum(credential.kind is CredentialKind.ISSUED for credential in credentials)
        facts = {"issued": issued, "spare": len(credentials) - issued}
        audit(session, "take_credentials", f"roll:{round_id}", at=now, actor=by, scope=round_id, **facts)
    return len(credentials)


def _replace(session: Session, round_id: int, credentials: Sequence[Credential]) -> None:
    session.execute(delete(CredentialRow).where(CredentialRow.round_id == round_id))
    for start in range(0, len(credentials), ROWS_AT_ONCE):
        session.execute(insert(CredentialRow), list(_rows(round_id, credentials[start : start + ROWS_AT_ONCE])))


def _rows(round_id: int, credentials: Sequence[Credential]) -> Iterator[dict[str, Any]]:
    """In a new roll each credential is a slot of its own."""
    for credential in credentials:
        yield {
            "round_id": round_id,
            "h": credential.h,
            "slot": credential.h,
            "style": credential.style,
            "kind": credential.kind.value,
            "area": credential.area,
            "age": credential.age,
            "alive": credential.kind is CredentialKind.ISSUED,
        }


def put_in_place(session: Session, round_id: int, old: bytes, new: bytes) -> None:
    """The spare credential `new` counts in the place of `old`, for the same slot and area, and `old` no more.

    Part of a deed of the vote, which judges whether it may be; both must be on the roll.
    """
    before, after = (session.get_one(CredentialRow, (round_id, h)) for h in (old, new))
    after.slot, after.area, after.age = before.slot, before.area, before.age
    before.alive, after.alive = False, True
    session.flush()


def put_out(session: Session, round_id: int, h: bytes) -> None:
    """The credential counts no more, and none takes its place. Part of a deed of the vote, as `put_in_place`."""
    session.get_one(CredentialRow, (round_id, h)).alive = False
    session.flush()


def bring_to_life(session: Session, round_id: int, h: bytes, area: str) -> None:
    """The spare credential counts for somebody of this area. Part of a deed of the vote, as `put_in_place`."""
    row = session.get_one(CredentialRow, (round_id, h))
    row.area, row.alive = area, True
    session.flush()
