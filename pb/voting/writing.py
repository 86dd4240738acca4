"""The rows of the vote: the four of a cast, each keyed or sealed, and those of a manifest."""

from dataclasses import dataclass
from datetime import datetime
from types import ModuleType
from typing import Any, cast

from sqlalchemy import Insert, Table, bindparam
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from pb.extensions import Model
from pb.rounds.values import RoundRecord
from pb.voting.keys import RoundKeys
from pb.voting.log.book import begin_log
from pb.voting.models import BallotBox, IdempotencyTag, ManifestRow, OutboxRow, SealedBallot, SpentRow
from pb.voting.protocol import (
    BallotHashes,
    kind_mark,
    manifest_digest,
    manifest_from_bytes,
    outbox_tag,
    seal_ballot,
    seal_commitment,
    seal_sizes,
    seal_spent,
    spent_tag,
)
from pb.voting.values import OpenedBallot, SealedManifest, SealSizes, SpentToken


@dataclass(frozen=True, slots=True)
class Rows:
    """A name and a content for each of the four tables."""

    ballot: tuple[bytes, bytes]
    spent: tuple[bytes, bytes]
    tag: tuple[bytes, bytes]
    outbox: tuple[bytes, bytes]


def rows_of(
    keys: RoundKeys, sizes: SealSizes, slot: bytes, hashes: BallotHashes, ballot: OpenedBallot, spent: SpentToken
) -> Rows:
    """What a vote leaves behind."""
    tag = spent_tag(keys.round_key, slot)
    marked = kind_mark(keys.round_key, tag, spent.kind) + seal_spent(keys.sealing, sizes.spent, spent)
    return Rows(
        ballot=(hashes.pseudonym, seal_ballot(keys.sealing, sizes.ballot, ballot)),
        spent=(tag, marked),
        tag=(hashes.idem, hashes.same),
        outbox=(outbox_tag(keys.outbox_key, hashes.tracking), seal_commitment(keys.outbox_key, hashes.commitment)),
    )


def write(session: Session, round_id: int, rows: Rows) -> None:
    """Write the rows: ballot and spent row take the place of the slot's earlier ones, the other two are new."""
    connection = session.connection()
    facts: dict[str, Any] = {"round": round_id}
    for table, (name, content) in zip(_TABLES, (rows.ballot, rows.spent, rows.tag, rows.outbox), strict=True):
        facts |= {f"{table}_name": name, f"{table}_content": content}
    for statement in _STATEMENTS[connection.dialect.name]:
        connection.execute(statement, facts)


def _insert(dialect: ModuleType, label: str) -> Insert:
    """An insert of (round, name, content) in one of the four tables; those that are replaced give an earlier row the content."""
    model, replace = _TABLES[label]
    table = cast(Table, model.__table__)
    round_, name, content = table.columns
    values: dict[Any, Any] = {
        round_: bindparam("round"),
        name: bindparam(f"{label}_name"),
        content: bindparam(f"{label}_content"),
    }
    statement = dialect.insert(table).values(values)
    if replace:
        statement = statement.on_conflict_do_update(
            index_elements=[round_, name], set_={content: statement.excluded[content.name]}
        )
    return cast(Insert, statement)


def _together(statements: list[Insert]) -> Insert:
    """The inserts as one statement, each of the first beside the last: PostgreSQL carries out all or none."""
    return statements[-1].add_cte(*(each.cte(f"beside_{at}") for at, each in enumerate(statements[:-1])))


_TABLES: dict[str, tuple[type[Model], bool]] = {
    "ballot": (SealedBallot, True),
    "spent": (SpentRow, True),
    "tag": (IdempotencyTag, False),
    "outbox": (OutboxRow, False),
}
_STATEMENTS: dict[str, tuple[Insert, ...]] = {
    "sqlite": tuple(_insert(sqlite, label) for label in _TABLES),
    "postgresql": (_together([_insert(postgresql, label) for label in _TABLES]),),
}
"""Made once, since making a statement costs more than sending it. PostgreSQL gets one: every way to it and back counts."""


def keep_manifest(session: Session, round_: RoundRecord, content: bytes, number: int, now: datetime) -> None:
    """Keep a manifest under its number, let the ballot box stand on it, and begin its log."""
    manifest, digest = manifest_from_bytes(content), manifest_digest(content)
    session.add(ManifestRow(round_id=round_.id, number=number, digest=digest, content=content, sealed_at=now))
    box = session.get(BallotBox, round_.id) or BallotBox(round_id=round_.id, withdrawn={})
    box.number, box.digest, box.opens, box.closes = number, digest, manifest.opens, manifest.closes
    session.add(box)
    session.flush()
    begin_log(session, round_.id, SealedManifest(number, digest, manifest, seal_sizes(manifest)), content, now)
