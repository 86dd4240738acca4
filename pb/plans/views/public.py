"""What everybody sees: the plans of a round, and one plan."""

from flask import render_template
from flask.typing import ResponseReturnValue

from pb.base import access
from pb.plans.reads import submitted_plans
from pb.plans.views.blueprint import bp, the_plan
from pb.rounds.guard import the_round


@bp.get("/rondes/<slug>/plannen")
@access.public
def listing(slug: str) -> ResponseReturnValue:
    """The plans of the round."""
    round_ = the_round(slug)
    return render_template("plans/listing.html", round=round_, plans=submitted_plans(round_.id))


@bp.get("/rondes/<slug>/plannen/<code>")
@access.public
def page(slug: str, code: str) -> ResponseReturnValue:
    """One plan."""
    round_ = the_round(slug)
    return render_template("plans/page.html", round=round_, plan=the_plan(round_, code))
