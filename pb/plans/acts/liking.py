"""What a neighbour does to support a plan. The trail keeps that somebody did, never who."""

from datetime import datetime

from sqlalchemy import delete, insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from pb.base.transaction import transaction
from pb.office.acts import audit
from pb.plans import rules
from pb.plans.acts.held import hold, refuse
from pb.plans.models import Like


def like_plan(person_id: int, plan_id: int) -> None:
    """A person supports a plan; twice is as once. Raises `Refused` when likes are closed or the plan is their own."""
    with transaction() as session:
        add_like(session, person_id, plan_id)


def add_like(session: Session, person_id: int, plan_id: int) -> None:
    """`like_plan` as part of another deed: a like before signing in counts when the address is confirmed."""
    plan, round_, now = hold(session, plan_id)
    refuse(rules.like_reasons(round_, plan, person_id, now))
    if _is_first(session, person_id, plan_id, now):
        audit(session, "like_plan", f"likes:{plan_id}", at=now, scope=round_.id)


def unlike_plan(person_id: int, plan_id: int) -> None:
    """A person takes their support back, as long as likes are open; without one nothing changes."""
    with transaction() as session:
        plan, round_, now = hold(session, plan_id)
        refuse(rules.like_reasons(round_, plan, person_id, now))
        its = (Like.plan_id == plan_id) & (Like.person_id == person_id)
        if session.execute(delete(Like).where(its)).rowcount:  # type: ignore[attr-defined]  # a DELETE has one
            audit(session, "unlike_plan", f"likes:{plan_id}", at=now, scope=round_.id)


def _is_first(session: Session, person_id: int, plan_id: int, now: datetime) -> bool:
    """Keep the like where there is none yet: the key of the table is the judge."""
    try:
        with session.begin_nested():
            session.execute(insert(Like).values(plan_id=plan_id, person_id=person_id, at=now))
    except IntegrityError:
        return False
    return True
