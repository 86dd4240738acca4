"""The public log: its leaves and heads, what a page tells of it, and where a ballot stands in it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from pb.extensions import db
from pb.rounds.reads import round_by_id
from pb.rounds.values import RoundRecord
from pb.voting.keys import keys_of
from pb.voting.models import BallotBox, LogHead, LogLeaf, OpenedBallotRow, OutboxRow
from pb.voting.protocol import log_origin, outbox_tag, read_note, tracking_range
from pb.voting.reads.sealed import box_of, sealed_of
from pb.voting.rules import code_count, deadline_of, is_batch_due
from pb.voting.values import Box, Found, Head, Leaf, LeafKind, LogRecord, Note, Signed


def log_leaves(round_id: int, number: int, session: Session | None = None) -> tuple[Leaf, ...]:
    """The leaves of the log that begins with the manifest of this number, in their order."""
    rows = (session or db.session).execute(_leaves(round_id, number).order_by(LogLeaf.position))
    return tuple(Leaf(LeafKind(kind), body) for kind, body in rows)


def log_heads(
    round_id: int, number: int, session: Session | None = None, newest: int | None = None
) -> tuple[Signed, ...]:
    """The signed heads of that log, the newest first; at most `newest` of them where that is given."""
    of_log = select(LogHead).where(LogHead.round_id == round_id, LogHead.number == number)
    rows = (session or db.session).scalars(of_log.order_by(LogHead.size.desc()).limit(newest))
    return tuple(_signed(row) for row in rows)


def last_batch(round_id: int, number: int, session: Session | None = None) -> Signed | None:
    """The head of the batch that was made last, or `None` before the first."""
    of_log = (LogHead.round_id == round_id) & (LogHead.number == number) & (LogHead.ballots > 0)
    # The first head with as many ballots: later ones were signed for deeds.
    newest = select(LogHead).where(of_log).order_by(LogHead.ballots.desc(), LogHead.size).limit(1)
    row = (session or db.session).scalar(newest)
    return _signed(row) if row else None


def notes_of(round_id: int, number: int, session: Session | None = None) -> tuple[Note, ...]:
    """The administrative deeds in that log, in their order."""
    others = LogLeaf.kind.not_in((LeafKind.BALLOT, LeafKind.MANIFEST))
    rows = (session or db.session).execute(_leaves(round_id, number).where(others).order_by(LogLeaf.position))
    return tuple(read_note(Leaf(LeafKind(kind), body)) for kind, body in rows)


def waiting(round_id: int, session: Session | None = None) -> int:
    """How many ballots wait for the log; never shown to anybody."""
    count = select(func.count()).select_from(OutboxRow).where(OutboxRow.round_id == round_id)
    return (session or db.session).scalar(count) or 0


def batch_due(box: Box, now: datetime, session: Session | None = None) -> bool:
    """Whether ballots wait that go into the log at this moment of the round's clock. After the close, closing does it."""
    if not box.opens <= now < box.closes:
        return False
    batch = last_batch(box.round_id, box.number, session)
    last, closes = (batch.head.at, batch.closes) if batch else (box.opens, _closing_at_opening(box, session))
    zone = sealed_of(box, session).manifest.frame.zone
    return is_batch_due(waiting(box.round_id, session), now, last, deadline_of(closes), zone)


def due_for_a_batch(host: datetime) -> list[int]:
    """The rounds of which ballots go into the log at this moment (UTC)."""
    voting = db.session.scalars(select(BallotBox.round_id).where(BallotBox.swept_at.is_(None))).all()
    found = ((box_of(round_id), round_by_id(round_id)) for round_id in voting)
    return [box.round_id for box, round_ in found if box and round_ and batch_due(box, round_.now(host))]


def log_record(round_id: int, newest: int) -> LogRecord | None:
    """What a page tells of the log, with its `newest` heads; `None` before the sealing."""
    box = box_of(round_id)
    if box is None:
        return None
    manifest, batch = sealed_of(box).manifest, last_batch(round_id, box.number)
    heads = select(func.count()).select_from(LogHead).where(LogHead.round_id == round_id, LogHead.number == box.number)
    return LogRecord(
        origin=log_origin(manifest.round, box.digest),
        key=manifest.log_key,
        heads=log_heads(round_id, box.number, newest=newest),
        count=db.session.scalar(heads) or 0,
        last_batch=batch.head.at if batch else None,
        codes=code_count(manifest, notes_of(round_id, box.number)),
        closed=box.closed_at is not None,
    )


def find_ballot(round_: RoundRecord, tracking: str) -> Found:
    """Where the ballot with this tracking code is; `tracking` is its 20 normal signs. Raises `Refused` without keys."""
    box = box_of(round_.id)
    if box is None:
        return Found.UNKNOWN
    # First what waits, then the log: a batch between the two takes no ballot out of sight.
    if box.closed_at is None and _waits(box, tracking):
        return Found.NOT_YET
    low, high = tracking_range(tracking)
    begins = (LogLeaf.body >= low) & (LogLeaf.body <= high)
    body = db.session.scalar(
        _leaves(round_.id, box.number, LogLeaf.body).where(LogLeaf.kind == LeafKind.BALLOT, begins)
    )
    if body is None:
        return Found.UNKNOWN
    if round_.published_at is None or box.opened_at is None:
        return Found.IN_LOG
    return Found.COUNTED if _is_counted(round_.id, body) else Found.REPLACED


def logged_ballots(round_id: int, number: int, session: Session | None = None) -> frozenset[bytes]:
    """The hash of every ballot in the log."""
    of_ballots = _leaves(round_id, number, LogLeaf.body).where(LogLeaf.kind == LeafKind.BALLOT)
    return frozenset((session or db.session).scalars(of_ballots))


def _waits(box: Box, tracking: str) -> bool:
    tag = outbox_tag(keys_of(sealed_of(box).manifest).outbox_key, tracking)
    return db.session.get(OutboxRow, (box.round_id, tag)) is not None


def _closing_at_opening(box: Box, session: Session | None) -> datetime:
    """The closing that held when the vote opened: no promise rests on an earlier one."""
    of_log = (LogHead.round_id == box.round_id) & (LogHead.number == box.number) & (LogHead.signed_at <= box.opens)
    newest = select(LogHead.closes).where(of_log).order_by(LogHead.size.desc()).limit(1)
    return (session or db.session).scalar(newest) or box.closes


def _is_counted(round_id: int, commitment: bytes) -> bool:
    counted = select(OpenedBallotRow.position).where(OpenedBallotRow.round_id == round_id)
    return db.session.scalar(counted.where(OpenedBallotRow.commitment == commitment)) is not None


def _leaves(round_id: int, number: int, *columns: InstrumentedAttribute[Any]) -> Select[Any]:
    wanted = columns or (LogLeaf.kind, LogLeaf.body)
    return select(*wanted).where(LogLeaf.round_id == round_id, LogLeaf.number == number)


def _signed(row: LogHead) -> Signed:
    return Signed(Head(row.size, row.signed_at, row.root, row.signature), row.ballots, row.closes)
