"""The blueprint of the room, and what its journeys share."""

from flask import Blueprint, abort
from flask_login import current_user

from pb.plans.reads import plan_by_code
from pb.plans.values import PlanRecord
from pb.rounds.values import RoundRecord

bp = Blueprint("plans", __name__)


def the_plan(round_: RoundRecord, code: str) -> PlanRecord:
    """The plan with this code in this round, a draft for its proposer only; 404 when there is none."""
    drafts_of = current_user.id if current_user.is_authenticated else None
    return plan_by_code(round_.id, code, drafts_of) or abort(404)
