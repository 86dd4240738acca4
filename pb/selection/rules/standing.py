"""How far a plan has come: follows from the frame, the clock and what was decided; nobody sets it by hand."""

from collections.abc import Iterable
from datetime import datetime

from pb.plans.values import PlanRecord, PlanState
from pb.rounds.values import Frame, PhaseKind
from pb.selection.values import Funnel, Marks, Standing

OUTSIDE = {PlanState.DRAFT: Standing.DRAFT, PlanState.WITHDRAWN: Standing.WITHDRAWN}
PASSED_LIKES = {
    Standing.BEING_ASSESSED,
    Standing.NOT_FEASIBLE,
    Standing.FEASIBLE,
    Standing.ON_SHORTLIST,
    Standing.NOT_SELECTED,
}
PASSED_TEST = {Standing.FEASIBLE, Standing.ON_SHORTLIST, Standing.NOT_SELECTED}


def standing_of(plan: PlanRecord, frame: Frame, marks: Marks, now: datetime) -> Standing:
    """The standing of one plan at `now`. Too few likes is a fact of the clock: it holds from the closing moment on."""
    if plan.state in OUTSIDE:
        return OUTSIDE[plan.state]
    if likes_are_open(frame, now):
        return Standing.COLLECTING_LIKES if frame.likes_needed else Standing.SUBMITTED
    if not has_enough_likes(plan, frame):
        return Standing.TOO_FEW_LIKES
    return _after_the_likes(plan.id, frame, marks)


def _after_the_likes(plan_id: int, frame: Frame, marks: Marks) -> Standing:
    if plan_id in marks.not_feasible:
        return Standing.NOT_FEASIBLE
    if is_tested(frame) and plan_id not in marks.feasible:
        return Standing.BEING_ASSESSED
    if not marks.selected:
        return Standing.FEASIBLE
    return Standing.ON_SHORTLIST if plan_id in marks.selected else Standing.NOT_SELECTED


def likes_are_open(frame: Frame, now: datetime) -> bool:
    """Whether plans may still come over the threshold: until the support phase closes, or the proposing where it has none."""
    phase = frame.calendar.phase(PhaseKind.SUPPORT) or frame.calendar.phase(PhaseKind.PROPOSE)
    return phase is not None and now < phase.closes


def has_enough_likes(plan: PlanRecord, frame: Frame) -> bool:
    """Whether the plan reached the number of likes that the frame asks for."""
    return plan.likes >= frame.likes_needed


def is_tested(frame: Frame) -> bool:
    """Whether the round has a feasibility test; where it has none, every plan with enough likes counts as feasible."""
    return frame.calendar.phase(PhaseKind.ASSESS) is not None


def funnel_of(standings: Iterable[Standing], frame: Frame, now: datetime) -> Funnel:
    """The numbers of the funnel. Withdrawn plans and drafts are in none of them."""
    found = [standing for standing in standings if standing not in OUTSIDE.values()]
    if likes_are_open(frame, now):
        return Funnel(len(found))
    return Funnel(
        submitted=len(found),
        over_threshold=sum(standing in PASSED_LIKES for standing in found),
        feasible=sum(standing in PASSED_TEST for standing in found) if _test_is_over(frame, now) else None,
        on_ballot=found.count(Standing.ON_SHORTLIST) or None,
    )


def _test_is_over(frame: Frame, now: datetime) -> bool:
    phase = frame.calendar.phase(PhaseKind.ASSESS)
    return phase is None or now >= phase.closes
