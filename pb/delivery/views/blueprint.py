"""The blueprint of the room, and what its journeys share."""

from flask import Blueprint, abort

from pb.delivery.reads import project_of
from pb.delivery.values import Project
from pb.plans.reads import plan_by_code
from pb.rounds.values import RoundRecord

bp = Blueprint("delivery", __name__)


def the_project(round_: RoundRecord, code: str) -> Project:
    """The winner with this code in this round; 404 when there is none."""
    plan = plan_by_code(round_.id, code) or abort(404)
    return project_of(plan.id) or abort(404)
