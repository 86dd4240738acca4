"""Ballots go into the public log: together, sorted, and when enough of them wait."""

from pb.base.clock import database_now
from pb.base.transaction import transaction
from pb.office.acts import audit
from pb.rounds.reads import round_by_id
from pb.voting import locks
from pb.voting.log.book import add_leaves, open_book
from pb.voting.log.outbox import take_waiting
from pb.voting.reads import batch_due, box_of, sealed_of


def log_waiting_ballots(round_id: int) -> int:
    """Put the ballots that wait into the log when a batch is due, and answer how many; nobody can ask for one sooner.

    Raises `Refused` when this process does not hold the keys, or when the log or what waits was tampered with.
    """
    with transaction() as session:
        locks.hold_log(session, round_id)
        box, round_ = box_of(round_id, session), round_by_id(round_id, session)
        if box is None or round_ is None:
            return 0
        now = round_.now(database_now(session))
        if not batch_due(box, now, session):
            return 0
        book = open_book(session, round_id, sealed_of(box, session))
        leaves = take_waiting(session, book)
        add_leaves(session, book, leaves, box.closes, now)
        size = book.tree.size + len(leaves)
        audit(session, "log_waiting_ballots", f"log:{round_id}", at=now, scope=round_id, ballots=len(leaves), size=size)
    return len(leaves)
