"""What a plan's page and lists of plans show of the selection: how far it has come, the test, why it was chosen."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from flask import render_template

from pb.plans.panels import Tag, panel, tagger
from pb.plans.values import PlanRecord
from pb.rounds.values import RoundRecord
from pb.selection.reads import selection_of, standings, verdict_of
from pb.selection.values import Standing

KINDS = {Standing.FEASIBLE: "done", Standing.ON_SHORTLIST: "done", Standing.COLLECTING_LIKES: "now"}


@tagger
def standing_tags(plans: Sequence[PlanRecord], round_: RoundRecord, now: datetime) -> Mapping[int, Tag]:
    """The standing of each plan, in one statement."""
    return {plan_id: _tag(standing) for plan_id, standing in standings(round_, now, plans).items()}


@panel
def selection_panel(plan: PlanRecord, round_: RoundRecord) -> str:
    """The verdict with its reason, and the jury's motivation; nothing before there is one."""
    verdict, selection = verdict_of(plan.id), selection_of(round_.id)
    motivation = selection.motivations.get(plan.id, "") if selection else ""
    if verdict is None and not motivation:
        return ""
    criteria = round_.frame.feasibility_criteria
    return render_template("selection/_panel.html", verdict=verdict, criteria=criteria, motivation=motivation)


def _tag(standing: Standing) -> Tag:
    return Tag(f"standing.{standing}", "out" if standing.fell_out else KINDS.get(standing, ""))
