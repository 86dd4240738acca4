"""Ballots that wait for the log: they leave the outbox together, and come out sorted."""

from sqlalchemy import delete
from sqlalchemy.orm import Session

from pb.base.refusals import Refused
from pb.voting.log.book import Book
from pb.voting.log.progress import EVERY, Progress, silent
from pb.voting.models import OutboxRow
from pb.voting.protocol import SealError, ballot_leaf, open_commitment
from pb.voting.values import Leaf, LogRefusal


def take_waiting(session: Session, book: Book, progress: Progress = silent) -> list[Leaf]:
    """Delete every waiting row, and give their ballots sorted by hash: nothing tells in which order they were cast.

    Raises `Refused` for a row that no cast of this round wrote, or whose ballot is in the log already.
    """
    rows = session.execute(
        delete(OutboxRow).where(OutboxRow.round_id == book.round_id).returning(OutboxRow.sealed)
    ).all()
    found: set[bytes] = set()
    for done, (sealed,) in enumerate(rows):
        if done % EVERY == 0:
            progress("read", done, len(rows))
        found.add(_opened(book.keys.outbox_key, sealed))
    if len(found) < len(rows) or found & book.ballots():
        raise Refused(LogRefusal.OUTBOX_BROKEN(), status=503)
    return [ballot_leaf(commitment) for commitment in sorted(found)]


def _opened(outbox_key: bytes, sealed: bytes) -> bytes:
    try:
        return open_commitment(outbox_key, sealed)
    except SealError as error:
        raise Refused(LogRefusal.OUTBOX_BROKEN(), status=503) from error
