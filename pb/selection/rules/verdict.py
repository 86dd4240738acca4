"""When a verdict about a plan may be given, and whether it is whole."""

from collections.abc import Mapping
from datetime import datetime

from pb.base.refusals import Reason
from pb.plans.values import PlanRecord, PlanRefusal, PlanState
from pb.rounds.rules import phase_reasons
from pb.rounds.values import Frame, PhaseKind, RoundRecord, RoundRefusal
from pb.selection.rules.standing import has_enough_likes, likes_are_open
from pb.selection.values import SelectionRefusal


def judging_reasons(
    round_: RoundRecord, plan: PlanRecord, by: int, now: datetime, *, judged: bool, published: bool
) -> list[Reason]:
    """Why this person cannot give a verdict about this plan now.

    Verdicts are final when the phase closes. A plan that nobody judged may still be, until the shortlist is published:
    no plan falls out because nobody looked.
    """
    reasons = list(phase_reasons(round_, PhaseKind.ASSESS, now))
    if not (judged or published) and [reason.refusal for reason in reasons] == [RoundRefusal.PHASE_OVER]:
        reasons = []
    if plan.state is not PlanState.SUBMITTED:
        reasons.append(PlanRefusal.WITHDRAWN())
    elif likes_are_open(round_.frame, now):
        reasons.append(SelectionRefusal.LIKES_STILL_OPEN())
    elif not has_enough_likes(plan, round_.frame):
        reasons.append(SelectionRefusal.TOO_FEW_LIKES(likes=plan.likes, asked_likes=round_.frame.likes_needed))
    if plan.proposer_id == by:
        reasons.append(SelectionRefusal.OWN_PLAN())
    return reasons


def verdict_reasons(frame: Frame, answers: Mapping[str, bool], feasible: bool, reason: str) -> list[Reason]:
    """Why a verdict is not whole: every criterion has an answer, the outcome follows from them, and a no is explained."""
    criteria = frame.feasibility_criteria
    reasons = [
        SelectionRefusal.ANSWER_MISSING(about=criterion.code, criterion=criterion.name)
        for criterion in criteria
        if criterion.code not in answers
    ]
    if reasons:
        return reasons
    unmet = [criterion for criterion in criteria if not answers[criterion.code]]
    if feasible and unmet:
        reasons.append(SelectionRefusal.FEASIBLE_DESPITE_NO(criterion=unmet[0].name))
    if not feasible and criteria and not unmet:
        reasons.append(SelectionRefusal.NOT_FEASIBLE_WITHOUT_NO())
    if not feasible and not reason:
        reasons.append(SelectionRefusal.REASON_MISSING(about="reason"))
    return reasons
