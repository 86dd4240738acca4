"""What this room does when a plan is withdrawn: its place on the shortlist becomes empty."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from pb.plans.events import plan_withdrawn
from pb.plans.values import PlanRecord
from pb.selection.acts import leave_shortlist


@plan_withdrawn.connect
def _plan_withdrawn(_sender: Any, session: Session, plan: PlanRecord, now: datetime, **_facts: Any) -> None:
    leave_shortlist(session, plan, now)
