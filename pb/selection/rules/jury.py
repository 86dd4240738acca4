"""Who scores what, when the jury is done, and what it gave on average."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from fractions import Fraction

from pb.base.refusals import Reason
from pb.plans.values import PlanRecord
from pb.rounds.rules import phase_reasons
from pb.rounds.values import Criterion, PhaseKind, RoundRecord, SelectionBy
from pb.selection.rules.shortlist import choice_is_needed
from pb.selection.values import (
    HIGHEST_POINTS,
    Average,
    JurorProgress,
    OwnScores,
    Score,
    SelectionRefusal,
)

Points = Mapping[tuple[int, str], int]
"""Points by plan number and criterion code."""


def jury_is_needed(round_: RoundRecord, candidates: int) -> bool:
    """Whether jurors score plans in this round."""
    selection = round_.frame.selection
    return selection.by is SelectionBy.JURY and choice_is_needed(selection, candidates)


def scoring_reasons(
    round_: RoundRecord, candidates: int, own: OwnScores, published: bool, now: datetime
) -> list[Reason]:
    """Why a juror cannot change anything now: outside the phase, no jury needed, or already final."""
    reasons = list(phase_reasons(round_, PhaseKind.SELECT, now))
    if not jury_is_needed(round_, candidates):
        reasons.append(SelectionRefusal.NO_JURY_NEEDED())
    if own.submitted_at is not None:
        reasons.append(SelectionRefusal.ALREADY_SUBMITTED())
    if published:
        reasons.append(SelectionRefusal.ALREADY_PUBLISHED())
    return reasons


def involved_in(candidates: Iterable[PlanRecord], own: OwnScores, juror_id: int) -> frozenset[int]:
    """The plans that this juror does not score: their own, and those they left to the others."""
    return own.recused | {plan.id for plan in candidates if plan.proposer_id == juror_id}


def points_reasons(
    points: Points, candidates: Collection[int], involved: Collection[int], criteria: Sequence[Criterion]
) -> list[Reason]:
    """Why these points are not taken."""
    codes = {criterion.code for criterion in criteria}
    reasons = []
    if any(plan_id not in candidates or code not in codes for plan_id, code in points):
        reasons.append(SelectionRefusal.NOT_A_CANDIDATE())
    if any(plan_id in involved for plan_id, _ in points):
        reasons.append(SelectionRefusal.INVOLVED())
    if any(not 1 <= given <= HIGHEST_POINTS for given in points.values()):
        reasons.append(SelectionRefusal.POINTS_OUT_OF_RANGE(highest=HIGHEST_POINTS))
    return reasons


def is_scored(plan_id: int, points: Points, criteria: Sequence[Criterion]) -> bool:
    """Whether every criterion of the plan has points."""
    return all((plan_id, criterion.code) in points for criterion in criteria)


def unscored(
    candidates: Iterable[PlanRecord], own: OwnScores, juror_id: int, criteria: Sequence[Criterion]
) -> list[PlanRecord]:
    """The plans that this juror must still score."""
    involved = involved_in(candidates := tuple(candidates), own, juror_id)
    return [plan for plan in candidates if plan.id not in involved and not is_scored(plan.id, own.points, criteria)]


def submit_reasons(missing: Sequence[PlanRecord]) -> list[Reason]:
    """Why scores cannot become final: plans without points on every criterion."""
    return [SelectionRefusal.SCORES_MISSING(number=len(missing), plan=missing[0].title)] if missing else []


def jury_is_done(progress: Sequence[JurorProgress], round_: RoundRecord, now: datetime) -> bool:
    """Whether the scores may be seen side by side: all jurors submitted, or the time for it is over."""
    phase = round_.frame.calendar.phase(PhaseKind.SELECT)
    if phase is not None and now >= phase.closes:
        return True
    return bool(progress) and all(juror.submitted_at is not None for juror in progress)


def averages(
    plan_ids: Iterable[int],
    scores: Iterable[Score],
    recusals: Iterable[tuple[int, int]],
    criteria: Sequence[Criterion],
) -> tuple[Average, ...]:
    """What the jury gave each plan. `scores` are final ones only; `recusals` are (plan, juror), whose points never count."""
    away = set(recusals)
    counted = [score for score in scores if (score.plan_id, score.juror_id) not in away]
    return tuple(
        _average(
            plan_id,
            [score for score in counted if score.plan_id == plan_id],
            sum(plan == plan_id for plan, _ in away),
            criteria,
        )
        for plan_id in plan_ids
    )


def _average(plan_id: int, scores: Sequence[Score], recused: int, criteria: Sequence[Criterion]) -> Average:
    per = {
        criterion.code: _mean([score.points for score in scores if score.criterion == criterion.code])
        for criterion in criteria
    }
    known = [mean for mean in per.values() if mean is not None]
    total = _mean(known) if len(known) == len(per) else None
    return Average(plan_id, per, total, len({score.juror_id for score in scores}), recused)


def _mean(numbers: Sequence[int | Fraction]) -> Fraction | None:
    return Fraction(sum(numbers), len(numbers)) if numbers else None
