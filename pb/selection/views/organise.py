"""An organiser's journey: choose the plans for the ballot, say why, publish."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from pb.base import access
from pb.base.access import Role
from pb.base.refusals import Refused
from pb.selection.acts import publish_shortlist
from pb.selection.reads import candidates, comparison, ground_of, jury_progress, selection_of
from pb.selection.rules.groups import wants_groups
from pb.selection.rules.shortlist import (
    chosen_by,
    ground_reasons,
    opening_reasons,
    people_choose,
    places_for,
    tie_at_the_edge,
)
from pb.selection.values import Candidate
from pb.selection.views.blueprint import bp, round_and_now


@bp.route("/beheer/rondes/<slug>/stemlijst", methods=["GET", "POST"])
@access.role(Role.ORGANISER)
def manage_shortlist(slug: str) -> ResponseReturnValue:
    """The feasible plans, what the jury gave them, and the choice."""
    round_, _ = round_and_now(slug)
    chosen = [int(written) for written in request.form.getlist("chosen") if written.isdecimal()]
    motivations = {plan_id: request.form.get(f"motivation-{plan_id}", "") for plan_id in chosen}
    if request.method == "POST":
        try:
            publish_shortlist(round_.id, current_user.id, chosen, motivations)
            flash(gettext("selection.choose.done"), "done")
            return redirect(url_for("selection.shortlist_page", slug=slug))
        except Refused as refused:
            return _page(slug, refused), refused.status
    return _page(slug, None)


def _page(slug: str, refused: Refused | None) -> str:
    round_, now = round_and_now(slug)
    plans = candidates(round_, now)
    selection = round_.frame.selection
    ground = ground_of(round_, plans, now)
    closed = [*opening_reasons(round_, now), *ground_reasons(round_, ground)]
    places = places_for(selection, len(plans))
    looked_at = [Candidate(plan.id, plan.code, plan.likes, plan.asked) for plan in plans]
    return render_template(
        "selection/choose.html",
        round=round_,
        plans={plan.id: plan for plan in plans},
        places=places,
        by=chosen_by(selection, len(plans)),
        people=people_choose(selection, len(plans)),
        tie=tie_at_the_edge(looked_at, places, round_.frame.counting.tie),
        closed=closed,
        reasons=refused.reasons if refused else (),
        published=selection_of(round_.id),
        progress=jury_progress(round_, plans),
        averages=comparison(round_, plans, now),
        typed=request.form,
        groups_wanted=wants_groups(round_.frame),
    )
