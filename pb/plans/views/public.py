"""What everybody sees: the plans of a round, and one plan with all that became of it."""

from datetime import datetime
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from markupsafe import Markup

from pb.base import access
from pb.base.clock import host_now
from pb.office.pages import remembered
from pb.office.reads import history, version_of
from pb.plans.panels import PANELS, Tag, tags_for
from pb.plans.reads import arguments_of, likes_plan, listed_plans
from pb.plans.rules import proposing_reasons, submission_reasons, support_reasons
from pb.plans.rules.history import told
from pb.plans.rules.listing import Sort, shown
from pb.plans.values import PlanRecord, PlanState, Side
from pb.plans.views.blueprint import bp, the_plan
from pb.plans.views.caching import mark_of_page, marked, not_changed
from pb.plans.views.wishes import asked_by, wish_in
from pb.rounds.guard import the_round
from pb.rounds.rules import stage_at
from pb.rounds.values import RoundRecord, Stage


@bp.get("/rondes/<slug>/plannen")
@remembered
@access.public
def listing(slug: str) -> ResponseReturnValue:
    """The plans of the round: four statements for a visitor without an account, however many plans and likes."""
    round_ = the_round(slug)
    now = round_.now(host_now())
    wish = wish_in(request.args, now)
    plans, newest = listed_plans(round_.id, wish.at or now)
    mark = mark_of_page(round_, now, newest)
    if known := not_changed(mark):
        return known
    tags = tags_for(plans, round_, now)
    standings = {plan_id: tag.name for plan_id, tag in tags.items()}
    page = render_template(
        "plans/listing.html",
        round=round_,
        wish=wish,
        sorts=list(Sort),
        shown=shown(plans, wish, standings),
        total=len(plans),
        tags=tags,
        known_tags=_known(tags),
        address_of=lambda number: asked_by(wish, number),
        closed=bool(proposing_reasons(round_, now)),
        likes_shown=_likes_are_shown(round_, now),
    )
    return marked(page, mark)


@bp.get("/rondes/<slug>/plannen/<code>")
@remembered
@access.public
def page(slug: str, code: str) -> ResponseReturnValue:
    """One plan: what it is, what it costs, who supports it and what they say, and what became of it."""
    round_ = the_round(slug)
    now = round_.now(host_now())
    mark = mark_of_page(round_, now, version_of(round_.id))
    if known := not_changed(mark):
        return known
    plan = the_plan(round_, code)
    return marked(render_template("plans/page.html", round=round_, plan=plan, **_about(plan, round_, now)), mark)


def _about(plan: PlanRecord, round_: RoundRecord, now: datetime) -> dict[str, Any]:
    """What the page of a plan shows beside the plan itself."""
    public = plan.submitted_at is not None
    arguments = arguments_of(plan.id)
    return {
        "own": current_user.is_authenticated and current_user.id == plan.proposer_id,
        "liked": current_user.is_authenticated and likes_plan(current_user.id, plan.id),
        "closed": support_reasons(round_, now),
        "likes_shown": _likes_are_shown(round_, now),
        "editable": not proposing_reasons(round_, now),
        "todo": submission_reasons(plan.draft, round_.frame) if plan.state is PlanState.DRAFT else [],
        "withdrawable": round_.sealed_at is None,
        "tag": tags_for((plan,), round_, now).get(plan.id),
        "arguments": {side: [one for one in arguments if one.side is side] for side in Side},
        "panels": [Markup(panel(plan, round_)) for panel in PANELS] if public else [],  # noqa: S704 - templates escape
        "history": told(history(f"plan:{plan.id}")),
    }


def _likes_are_shown(round_: RoundRecord, now: datetime) -> bool:
    """Not while people vote: how popular a plan was should not sway them."""
    return stage_at(round_, now) is not Stage.VOTE


def _known(tags: dict[int, Tag]) -> list[Tag]:
    """The tags that occur, each once."""
    return list(dict.fromkeys(tags.values()))
