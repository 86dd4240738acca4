"""The close: at its moment votes stop counting by the clock; this act then settles what was cast."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pb.base.refusals import Refused, refuse_if_any
from pb.base.transaction import transaction
from pb.office.acts import audit
from pb.rounds.reads import moment_of
from pb.voting import locks
from pb.voting.keys import keys_of
from pb.voting.models import BallotBox, SealedBallot, SpentRow
from pb.voting.reads import box_of, sealed_of
from pb.voting.rules import closing_reasons
from pb.voting.values import VoteRefusal


def close_vote(round_id: int, by: int | None = None) -> bool:
    """Settle a vote whose closing has passed: count the piles and reveal the seed of the lot.

    Answers whether it was done now; a second time does nothing. `by` is nobody when the worker does it. Raises
    `Refused` while the vote is open, and when this process does not hold the keys.
    """
    with transaction() as session:
        _, now = moment_of(session, round_id)
        locks.hold_round(session, round_id)
        box = box_of(round_id, session)
        if box is None:
            raise Refused(VoteRefusal.NOT_SEALED(), status=409)
        if box.closed_at is not None:
            return False
        manifest = sealed_of(box, session).manifest
        refuse_if_any(closing_reasons(box, now, manifest.frame), status=409)
        row = session.get_one(BallotBox, round_id)
        row.closed_at, row.seed = now, keys_of(manifest).seed.hex()
        row.ballots, row.spent = _count(session, SealedBallot, round_id), _count(session, SpentRow, round_id)
        facts = {"ballots": row.ballots, "seed": row.seed}
        audit(session, "close_vote", f"round:{round_id}", at=now, actor=by, scope=round_id, **facts)
    return True


def _count(session: Session, model: type[SealedBallot] | type[SpentRow], round_id: int) -> int:
    return session.scalar(select(func.count()).where(model.round_id == round_id)) or 0
