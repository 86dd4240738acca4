"""What two people may still change while people vote: extend the closing, or take a plan off the ballot."""

from datetime import datetime

from sqlalchemy.orm import Session

from pb.base.refusals import Refused, refuse_if_any
from pb.base.text import clean_text
from pb.base.transaction import transaction
from pb.office.acts import audit
from pb.plans.reads import submitted_plans
from pb.plans.values import PlanRecord
from pb.rounds.acts import request_second_person
from pb.rounds.reads import moment_of
from pb.rounds.values import PhaseKind, RequestRecord, RoundRecord, TwoPersonDeed
from pb.selection.acts import leave_shortlist
from pb.voting import locks
from pb.voting.log.book import add_note
from pb.voting.models import BallotBox
from pb.voting.reads import sealed_of, the_box
from pb.voting.rules import paper_until, withdrawing_reasons
from pb.voting.values import Extension, VoteRefusal, Withdrawal


def move_close(session: Session, round_: RoundRecord, reason: str, now: datetime) -> None:
    """Let the box follow an amended calendar, and say so in the log. Part of the amending transaction.

    Raises `Refused` once the vote is settled.
    """
    locks.hold_round(session, round_.id)
    box, vote = session.get(BallotBox, round_.id), round_.frame.calendar.phase(PhaseKind.VOTE)
    if box is None or vote is None or box.closes == vote.closes:
        return
    if box.swept_at is not None:
        raise Refused(VoteRefusal.CLOSED(moment=box.closes), status=409)
    box.closes = vote.closes
    session.flush()
    _note_extension(session, round_.id, reason, now)
    audit(session, "move_close", f"round:{round_.id}", at=now, scope=round_.id, closes=vote.closes.isoformat())


def _note_extension(session: Session, round_id: int, reason: str, now: datetime) -> None:
    box = the_box(round_id, session)
    sealed = sealed_of(box, session)
    note = Extension(now, box.closes, paper_until(box, sealed.manifest), reason)
    add_note(session, box, sealed, note, now)


def ask_to_withdraw(round_id: int, plan: str, reason: str, by: int) -> None:
    """Ask a second person to take a plan off the sealed ballot, for a reason that becomes public. Raises `Refused`."""
    written = clean_text(reason)
    with transaction() as session:
        round_, now = moment_of(session, round_id)
        found = _on_ballot(session, round_id, plan, written, now)
        payload = {"plan": plan, "title": found.title, "reason": written}
        request_second_person(session, round_, TwoPersonDeed.WITHDRAW_FROM_BALLOT, payload, by, now)
        audit(session, "ask_to_withdraw", f"plan:{found.id}", at=now, actor=by, scope=round_id, reason=written)


def withdraw_from_ballot(session: Session, round_: RoundRecord, request: RequestRecord, now: datetime) -> None:
    """Take a plan off the ballot: two people agree. Part of the confirming transaction; raises `Refused` after the close.

    Ballots that chose it stay valid for their other plans; it cannot be chosen anew, and everybody may vote again.
    """
    locks.hold_round(session, round_.id)
    code, reason = str(request.payload["plan"]), str(request.payload["reason"])
    plan = _on_ballot(session, round_.id, code, reason, now)
    row = session.get_one(BallotBox, round_.id)
    row.withdrawn = row.withdrawn | {code: reason}
    session.flush()
    box = the_box(round_.id, session)
    add_note(session, box, sealed_of(box, session), Withdrawal(now, code, reason), now)
    leave_shortlist(session, plan, now)
    subject = f"plan:{plan.id}"
    audit(session, "withdraw_from_ballot", subject, at=now, actor=request.decided_by, scope=round_.id, reason=reason)


def _on_ballot(session: Session, round_id: int, code: str, reason: str, now: datetime) -> PlanRecord:
    """The plan, when it can be taken off the ballot now."""
    box = the_box(round_id, session)
    refuse_if_any(withdrawing_reasons(sealed_of(box, session).manifest, box, code, reason, now))
    return next(plan for plan in submitted_plans(round_id, session) if plan.code == code)
