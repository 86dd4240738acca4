"""Plans that were named together before the vote."""

from sqlalchemy.orm import Session

from pb.extensions import db
from pb.selection.models import PlanGroupsRow
from pb.selection.values import PlanGroups


def plan_groups(round_id: int, session: Session | None = None) -> PlanGroups:
    """The groups of a round; empty where nobody named any."""
    row = (session or db.session).get(PlanGroupsRow, round_id)
    if row is None:
        return PlanGroups()
    return PlanGroups(tuple(map(tuple, row.conflicts)), {part: tuple(plans) for part, plans in row.parts.items()})
