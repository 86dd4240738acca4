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
    statements = _STATEMENTS[session.get_bind().dialect.name]
    for statement, (name, content) in zip(statements, (rows.ballot, rows.spent, rows.tag, rows.outbox), strict=True):
        session.execute(statement, {"round": round_id, "name": name, "content": content})


def _insert(dialect: ModuleType, model: type[Model], replace: bool) -> Insert:
    """An insert of (round, name, content) in one of the four tables; `replace` gives an earlier row the new content."""
    table = cast(Table, model.__table__)
    round_, name, content = table.columns
    values: dict[Any, Any] = {round_: bindparam("round"), name: bindparam("name"), content: bindparam("content")}
    statement = dialect.insert(table).values(values)
    if replace:
        statement = statement.on_conflict_do_update(
            index_elements=[round_, name], set_={content: statement.excluded[content.name]}
        )
    return cast(Insert, statement)


_TABLES = ((SealedBallot, True), (SpentRow, True), (IdempotencyTag, False), (OutboxRow, False))
_STATEMENTS = {
    dialect.dialect.name: tuple(_insert(dialect, model, replace) for model, replace in _TABLES)
    for dialect in (postgresql, sqlite)
}
"""Made once, since building a statement costs more than sending it."""


def keep_manifest(session: Session, round_: RoundRecord, content: bytes, number: int, now: datetime) -> None:
    """Keep a manifest under its number, let the ballot box stand on it, and begin its log."""
    manifest, digest = manifest_from_bytes(content), manifest_digest(content)
    session.add(ManifestRow(round_id=round_.id, number=number, digest=digest, content=content, sealed_at=now))
    box = session.get(BallotBox, round_.id) or BallotBox(round_id=round_.id, withdrawn={})
    box.number, box.digest, box.opens, box.closes = number, digest, manifest.opens, manifest.closes
    session.add(box)
    session.flush()
    begin_log(session, round_.id, SealedManifest(number, digest, manifest, seal_sizes(manifest)), content, now)
