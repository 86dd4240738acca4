"""What an assessor does."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from pb.base.refusals import Refused, refuse_if_any
from pb.base.text import clean_text
from pb.base.transaction import transaction
from pb.base.upsert import insert_or_update
from pb.office.acts import audit, queue_mail
from pb.office.mail import compose, site_url
from pb.people.reads import person_by_id
from pb.plans.reads import plan_by_id
from pb.plans.values import PlanRecord, PlanRefusal
from pb.rounds.reads import moment_of
from pb.rounds.values import RoundRecord
from pb.selection.models import CriterionAnswer, VerdictRow
from pb.selection.reads import selection_of, verdict_of
from pb.selection.rules.verdict import judging_reasons, verdict_reasons
from pb.selection.values import Verdict


def judge_plan(plan_id: int, by: int, answers: Mapping[str, bool], feasible: bool, reason: str) -> None:
    """An assessor says whether a plan can be carried out, and why; the proposer hears it by mail.

    `answers` has a yes or no per criterion code. A later verdict replaces this one; the trail keeps both.
    Raises `Refused` outside the assessment (a plan that was never judged may still be, until the shortlist is published),
    for plans without enough likes, and for incomplete verdicts.
    """
    reason = clean_text(reason)
    with transaction() as session:
        plan = plan_by_id(plan_id, session) or _unknown()
        round_, now = moment_of(session, plan.round_id)
        earlier, published = verdict_of(plan_id, session), selection_of(round_.id, session) is not None
        judged = earlier is not None
        refuse_if_any(judging_reasons(round_, plan, by, now, judged=judged, published=published))
        refuse_if_any(verdict_reasons(round_.frame, answers, feasible, reason))
        version = earlier.version + 1 if earlier else 1
        known = {criterion.code: answers[criterion.code] for criterion in round_.frame.feasibility_criteria}
        _keep(session, plan, Verdict(plan_id, known, feasible, reason, now, version), by)
        _tell_proposer(session, round_, plan, feasible, reason)
        facts = {"feasible": feasible, "reason": reason, "answers": known, "version": version}
        audit(session, "judge_plan", f"plan:{plan_id}", at=now, actor=by, scope=round_.id, **facts)


def _unknown() -> PlanRecord:
    raise Refused(PlanRefusal.UNKNOWN(), status=404)


def _keep(session: Session, plan: PlanRecord, verdict: Verdict, by: int) -> None:
    columns = {"feasible": verdict.feasible, "reason": verdict.reason, "version": verdict.version}
    columns |= {"round_id": plan.round_id, "judged_by": by, "judged_at": verdict.judged_at}
    insert_or_update(session, VerdictRow, {"plan_id": plan.id}, **columns)
    for criterion, met in verdict.answers.items():
        insert_or_update(session, CriterionAnswer, {"plan_id": plan.id, "criterion": criterion}, met=met)


def _tell_proposer(session: Session, round_: RoundRecord, plan: PlanRecord, feasible: bool, reason: str) -> None:
    proposer = person_by_id(plan.proposer_id)
    if proposer is not None:
        letter = "plan_feasible" if feasible else "plan_not_feasible"
        link = site_url("plans.page", proposer.locale, slug=round_.slug, code=plan.code)
        words = compose(letter, proposer.locale, plan=plan, round=round_, reason=reason, link=link)
        queue_mail(session, proposer.email, *words, locale=proposer.locale)
