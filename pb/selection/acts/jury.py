"""What a juror does. `moment_of` locks the round first, so that no score is saved while its juror submits."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from pb.base.refusals import refuse_if_any
from pb.base.transaction import transaction
from pb.base.upsert import insert_or_update
from pb.office.acts import audit
from pb.plans.values import PlanRecord
from pb.rounds.reads import moment_of
from pb.rounds.values import RoundRecord
from pb.selection.models import JuryScore, JurySubmission, Recusal
from pb.selection.reads import candidates, own_scores, selection_of
from pb.selection.rules.jury import (
    involved_in,
    points_reasons,
    scoring_reasons,
    submit_reasons,
    unscored,
)
from pb.selection.values import OwnScores, SelectionRefusal


def save_scores(round_id: int, by: int, points: Mapping[tuple[int, str], int]) -> None:
    """A juror keeps points, by (plan, criterion), to finish later. Raises `Refused` for plans they have a part in."""
    with transaction() as session:
        round_, now = moment_of(session, round_id)
        plans, own = _desk(session, round_, by, now)
        involved = involved_in(plans, own, by)
        refuse_if_any(points_reasons(points, {plan.id for plan in plans}, involved, round_.frame.jury_criteria))
        for (plan_id, criterion), given in points.items():
            key = {"juror_id": by, "plan_id": plan_id, "criterion": criterion}
            insert_or_update(session, JuryScore, key, round_id=round_id, points=given)
        # No scope: nothing that the public reads has changed.
        audit(session, "save_scores", f"jury:{round_id}", at=now, actor=by, number=len(points))


def submit_scores(round_id: int, by: int) -> None:
    """A juror makes their scores final. A second time changes nothing. Raises `Refused` while plans lack points."""
    with transaction() as session:
        round_, now = moment_of(session, round_id)
        if own_scores(round_id, by, session).submitted_at is not None:
            return
        plans, own = _desk(session, round_, by, now)
        refuse_if_any(submit_reasons(unscored(plans, own, by, round_.frame.jury_criteria)))
        for plan in plans:
            if plan.proposer_id == by and plan.id not in own.recused:
                session.add(Recusal(juror_id=by, plan_id=plan.id, round_id=round_id, at=now))
        session.add(JurySubmission(round_id=round_id, juror_id=by, submitted_at=now))
        audit(session, "submit_scores", f"jury:{round_id}", at=now, actor=by, scope=round_id)


def recuse(round_id: int, by: int, plan_id: int) -> None:
    """A juror leaves a plan to the others, for having a part in it; points already given are gone. Twice is once."""
    with transaction() as session:
        round_, now = moment_of(session, round_id)
        plans, own = _desk(session, round_, by, now)
        if plan_id in own.recused:
            return
        if plan_id not in {plan.id for plan in plans}:
            refuse_if_any([SelectionRefusal.NOT_A_CANDIDATE()])
        session.execute(delete(JuryScore).where(JuryScore.juror_id == by, JuryScore.plan_id == plan_id))
        session.add(Recusal(juror_id=by, plan_id=plan_id, round_id=round_id, at=now))
        audit(session, "recuse", f"plan:{plan_id}", at=now, scope=round_id)


def _desk(
    session: Session, round_: RoundRecord, juror_id: int, now: datetime
) -> tuple[tuple[PlanRecord, ...], OwnScores]:
    """What lies before the juror, when anything may be changed at all."""
    plans = candidates(round_, now, session)
    own = own_scores(round_.id, juror_id, session)
    published = selection_of(round_.id, session) is not None
    refuse_if_any(scoring_reasons(round_, len(plans), own, published, now))
    return plans, own
