"""What an assessor does."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from pb.base.refusals import Refused, refuse_if_any
from pb.base.text import clean_text
from pb.base.transaction import transaction
from pb.office.acts import audit, queue_mail
from pb.office.mail import compose, site_url
from pb.people.reads import person_by_id
from pb.plans.reads import plan_by_id
from pb.plans.values import PlanRecord, PlanRefusal
from pb.rounds.reads import moment_of
from pb.rounds.values import RoundRecord
from pb.selection.models import CriterionAnswer, VerdictRow
from pb.selection.rules.verdict import judging_reasons, verdict_reasons
from pb.selection.values import SelectionRefusal


def judge_plan(plan_id: int, by: int, answers: Mapping[str, bool], feasible: bool, reason: str) -> None:
    """An assessor says whether a plan can be carried out, and why; the proposer hears it by mail.

    `answers` has a yes or no per criterion code. A later verdict replaces this one; the trail keeps both.
    Raises `Refused` outside the assessment phase, for plans without enough likes, and for incomplete verdicts.
    """
    reason = clean_text(reason)
    with transaction() as session:
        plan = plan_by_id(plan_id, session) or _unknown()
        round_, now = moment_of(session, plan.round_id)
        refuse_if_any(judging_reasons(round_, plan, by, now))
        refuse_if_any(verdict_reasons(round_.frame, answers, feasible, reason))
        known = {criterion.code: answers[criterion.code] for criterion in round_.frame.feasibility_criteria}
        version = _keep(session, plan, by, known, feasible, reason, now)
        _tell_proposer(session, round_, plan, feasible, reason)
        audit(
            session,
            "judge_plan",
            f"plan:{plan_id}",
            at=now,
            actor=by,
            scope=round_.id,
            feasible=feasible,
            reason=reason,
            answers=known,
            version=version,
        )


def _unknown() -> PlanRecord:
    raise Refused(PlanRefusal.UNKNOWN(), status=404)


def _keep(
    session: Session,
    plan: PlanRecord,
    by: int,
    answers: Mapping[str, bool],
    feasible: bool,
    reason: str,
    now: datetime,
) -> int:
    row = session.get(VerdictRow, plan.id, with_for_update=True)
    if row is None:
        row = VerdictRow(plan_id=plan.id, round_id=plan.round_id, version=0)
        session.add(row)
    row.feasible, row.reason, row.judged_by, row.judged_at = feasible, reason, by, now
    row.version += 1
    try:
        session.flush()
    except IntegrityError:
        raise Refused(SelectionRefusal.JUDGED_MEANWHILE(), status=409) from None
    session.execute(delete(CriterionAnswer).where(CriterionAnswer.plan_id == plan.id))
    session.add_all(CriterionAnswer(plan_id=plan.id, criterion=code, met=met) for code, met in answers.items())
    return row.version


def _tell_proposer(session: Session, round_: RoundRecord, plan: PlanRecord, feasible: bool, reason: str) -> None:
    proposer = person_by_id(plan.proposer_id)
    if proposer is not None:
        letter = "plan_feasible" if feasible else "plan_not_feasible"
        link = site_url("plans.page", proposer.locale, slug=round_.slug, code=plan.code)
        words = compose(letter, proposer.locale, plan=plan, round=round_, reason=reason, link=link)
        queue_mail(session, proposer.email, *words, locale=proposer.locale)
