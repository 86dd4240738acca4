"""The jury's scores: a juror sees their own; everybody's only when the jury is done."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from pb.base.access import Role
from pb.extensions import db
from pb.plans.values import PlanRecord
from pb.rounds.reads import people_with
from pb.rounds.values import RoundRecord
from pb.selection.models import JuryScore, JurySubmission, Recusal
from pb.selection.rules.jury import averages, involved_in, jury_is_done, unscored
from pb.selection.values import Average, JurorProgress, OwnScores, Score


def own_scores(round_id: int, juror_id: int, session: Session | None = None) -> OwnScores:
    """What one juror filled in; for that juror's eyes."""
    session = session or db.session()
    scores = session.execute(
        select(JuryScore.plan_id, JuryScore.criterion, JuryScore.points).where(
            JuryScore.round_id == round_id, JuryScore.juror_id == juror_id
        )
    )
    recused = session.scalars(select(Recusal.plan_id).where(Recusal.round_id == round_id, Recusal.juror_id == juror_id))
    submitted_at = session.scalar(
        select(JurySubmission.submitted_at).where(
            JurySubmission.round_id == round_id, JurySubmission.juror_id == juror_id
        )
    )
    return OwnScores(
        points={(plan_id, criterion): points for plan_id, criterion, points in scores},
        recused=frozenset(recused),
        submitted_at=submitted_at,
    )


def jury_progress(
    round_: RoundRecord, plans: Sequence[PlanRecord], session: Session | None = None
) -> tuple[JurorProgress, ...]:
    """How far each juror is with the candidates `plans`: numbers only, no scores."""
    return tuple(
        _progress(round_, plans, juror.id, own_scores(round_.id, juror.id, session))
        for juror in people_with(round_.id, Role.JUROR, session)
    )


def _progress(round_: RoundRecord, plans: Sequence[PlanRecord], juror_id: int, own: OwnScores) -> JurorProgress:
    expected = len(plans) - len(involved_in(plans, own, juror_id) & {plan.id for plan in plans})
    missing = len(unscored(plans, own, juror_id, round_.frame.jury_criteria))
    return JurorProgress(juror_id, expected - missing, expected, own.submitted_at)


def comparison(round_: RoundRecord, plans: Sequence[PlanRecord], now: datetime) -> tuple[Average, ...]:
    """The averages of the candidates `plans`, highest first; empty as long as the jury is not done."""
    if not jury_is_done(jury_progress(round_, plans), round_, now):
        return ()
    recusals = db.session.execute(select(Recusal.plan_id, Recusal.juror_id).where(Recusal.round_id == round_.id))
    own_plans = [
        (plan.id, juror.id)
        for juror in people_with(round_.id, Role.JUROR)
        for plan in plans
        if plan.proposer_id == juror.id
    ]
    pairs = [(plan_id, juror_id) for plan_id, juror_id in recusals] + own_plans
    found = averages([plan.id for plan in plans], final_scores(round_.id), pairs, round_.frame.jury_criteria)
    return tuple(sorted(found, key=lambda one: (one.total is None, -(one.total or 0))))


def final_scores(round_id: int) -> tuple[Score, ...]:
    """The scores of jurors who submitted; only for use after the jury is done."""
    rows = db.session.execute(
        select(JuryScore.juror_id, JuryScore.plan_id, JuryScore.criterion, JuryScore.points)
        .join(
            JurySubmission,
            (JurySubmission.round_id == JuryScore.round_id) & (JurySubmission.juror_id == JuryScore.juror_id),
        )
        .where(JuryScore.round_id == round_id)
    )
    return tuple(Score(*row) for row in rows)
