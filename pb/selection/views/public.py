"""What everybody sees: the plans to vote for with why they were chosen, and the plans that fell out with why."""

from collections.abc import Mapping, Sequence

from flask import render_template
from flask.typing import ResponseReturnValue

from pb.base import access
from pb.office.pages import remembered
from pb.plans.reads import plan_by_id, submitted_plans
from pb.plans.values import PlanRecord
from pb.selection.reads import funnel, plan_groups, selection_of, standings, verdicts
from pb.selection.values import PlanGroups, Standing
from pb.selection.views.blueprint import bp, round_and_now

ANCHORS = {
    Standing.TOO_FEW_LIKES: "te-weinig-likes",
    Standing.NOT_FEASIBLE: "niet-haalbaar",
    Standing.NOT_SELECTED: "niet-gekozen",
}
"""The parts of the page that the funnel's numbers lead to."""


@bp.get("/rondes/<slug>/stemlijst")
@remembered
@access.public
def shortlist_page(slug: str) -> ResponseReturnValue:
    """*Plannen waarop je kunt stemmen*, and below it the plans that fell out on the way."""
    round_, now = round_and_now(slug)
    plans = sorted(submitted_plans(round_.id), key=lambda plan: plan.code)
    found = standings(round_, now, plans)
    selection = selection_of(round_.id)
    return render_template(
        "selection/shortlist.html",
        round=round_,
        selection=selection,
        on_ballot=[plan for plan in plans if found[plan.id] is Standing.ON_SHORTLIST],
        fallen=_fallen(plans, found),
        anchors=ANCHORS,
        verdicts=verdicts(round_.id),
        funnel=funnel(round_, now, found),
        withdrawn=[plan for plan_id in sorted(selection.withdrawn) if (plan := plan_by_id(plan_id))]
        if selection
        else [],
        titles={plan.id: plan.title for plan in plans},
        conflicts=_conflicts(plans, plan_groups(round_.id)),
    )


def _conflicts(plans: Sequence[PlanRecord], groups: PlanGroups) -> list[list[str]]:
    """The titles of plans that exclude each other."""
    return [[plan.title for plan in plans if plan.code in group] for group in groups.conflicts]


def _fallen(plans: Sequence[PlanRecord], found: Mapping[int, Standing]) -> dict[Standing, list[PlanRecord]]:
    return {standing: [plan for plan in plans if found[plan.id] is standing] for standing in ANCHORS}
