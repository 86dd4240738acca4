"""What two people may still change while people vote: extend the closing, or take a plan off the ballot."""

from datetime import datetime

from sqlalchemy.orm import Session

from pb.base.refusals import Refused
from pb.office.acts import audit
from pb.rounds.values import PhaseKind, RoundRecord
from pb.voting import locks
from pb.voting.models import BallotBox
from pb.voting.reads import sealed_manifest
from pb.voting.values import VoteRefusal


def move_close(session: Session, round_: RoundRecord, now: datetime) -> None:
    """Let the box follow an amended calendar, as long as the vote is not settled. Part of the amending transaction."""
    locks.hold_round(session, round_.id)
    box, vote = session.get(BallotBox, round_.id), round_.frame.calendar.phase(PhaseKind.VOTE)
    if box is None or vote is None or box.closes == vote.closes:
        return
    if box.closed_at is not None:
        raise Refused(VoteRefusal.CLOSED(moment=box.closes), status=409)
    box.closes = vote.closes
    audit(session, "move_close", f"round:{round_.id}", at=now, scope=round_.id, closes=vote.closes.isoformat())


def withdraw_from_ballot(session: Session, round_: RoundRecord, plan: str, now: datetime) -> None:
    """Take a plan off the ballot. Ballots that chose it stay valid for their other plans; it cannot be chosen anew."""
    locks.hold_round(session, round_.id)
    box, sealed = session.get(BallotBox, round_.id), sealed_manifest(round_.id, session)
    if box is None or sealed is None or plan in box.withdrawn:
        return
    if plan not in {known.code for known in sealed.manifest.plans}:
        return
    box.withdrawn = sorted([*box.withdrawn, plan])
    audit(session, "withdraw_from_ballot", f"round:{round_.id}", at=now, scope=round_.id, plan=plan)
