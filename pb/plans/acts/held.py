"""A plan for a deed, read after its round is locked, and how a deed with a plan is refused."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from pb.base.refusals import Reason, Refused, refuse_if_any
from pb.plans.models import Plan
from pb.plans.reads import plan_by_id
from pb.plans.values import PlanRecord, PlanRefusal
from pb.rounds.reads import moment_of
from pb.rounds.values import RoundRecord, RoundRefusal

STATUS = {PlanRefusal.UNKNOWN: 404, PlanRefusal.NOT_YOURS: 403, PlanRefusal.WITHDRAWN: 409, RoundRefusal.SEALED: 409}


def hold(session: Session, plan_id: int) -> tuple[PlanRecord, RoundRecord, datetime]:
    """The plan, its round and the round's moment, as they are once the round is locked. Raises `Refused` (404)."""
    round_id = session.scalar(select(Plan.round_id).where(Plan.id == plan_id))
    if round_id is None:
        raise Refused(PlanRefusal.UNKNOWN(), status=404)
    round_, now = moment_of(session, round_id)
    plan = plan_by_id(plan_id, session)
    assert plan is not None  # noqa: S101 - plans are never deleted
    return plan, round_, now


def refuse(reasons: Sequence[Reason]) -> None:
    """Refuse a deed for these reasons, if there are any, with the status of the first that has one of its own."""
    own = [STATUS[reason.refusal] for reason in reasons if reason.refusal in STATUS]
    refuse_if_any(reasons, status=own[0] if own else 422)
