"""The blueprint of the room, and what its journeys share."""

from datetime import datetime
from fractions import Fraction

from flask import Blueprint, abort
from flask_babel import format_decimal

from pb.base.clock import host_now
from pb.plans.reads import plan_by_code
from pb.plans.values import PlanRecord
from pb.rounds.guard import the_round
from pb.rounds.values import RoundRecord

bp = Blueprint("selection", __name__)


def round_and_now(slug: str) -> tuple[RoundRecord, datetime]:
    """The round at this address, and its moment."""
    round_ = the_round(slug)
    return round_, round_.now(host_now())


def the_plan(round_: RoundRecord, code: str) -> PlanRecord:
    """The plan with this code in this round; 404 when there is none."""
    return plan_by_code(round_.id, code) or abort(404)


@bp.app_template_filter("points")
def points(mean: Fraction | None) -> str:
    """An average for people, with one decimal: `3,7`; a dash where nobody scored."""
    return "–" if mean is None else str(format_decimal(round(float(mean), 1), format="0.0"))
