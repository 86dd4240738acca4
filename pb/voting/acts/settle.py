"""Settling by the worker: the great part of it is a job, so that the organiser's page can say how far it is."""

from sqlalchemy.exc import IntegrityError

from pb.base.transaction import transaction
from pb.office.acts import audit, queue_job
from pb.rounds.reads import moment_of
from pb.voting.acts.close import close_vote
from pb.voting.keys import keys_of
from pb.voting.reads import sealed_of, settling_of, the_box
from pb.voting.rules import SETTLING, settling_key


def settle_soon(round_id: int) -> None:
    """Have a vote settled whose closing has passed. Once the ballots that waited are in the log, its end follows at once.

    Raises `Refused` where this process does not hold the keys: then there is nothing to queue.
    """
    box = the_box(round_id)
    keys_of(sealed_of(box).manifest)
    if box.swept_at is not None:
        close_vote(round_id)
    elif settling_of(round_id) is None:
        _queue(round_id)


def _queue(round_id: int) -> None:
    try:
        with transaction() as session:
            _, now = moment_of(session, round_id)
            queue_job(session, SETTLING, {"round": round_id}, settling_key(round_id))
            audit(session, "settle_soon", f"round:{round_id}", at=now, scope=round_id)
    except IntegrityError:
        return  # another worker was first
