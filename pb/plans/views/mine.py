"""What a person's own page shows of their plans."""

from collections.abc import Mapping, Sequence

from flask import render_template

from pb.people.panels import panel
from pb.plans.panels import Tag, tags_for
from pb.plans.reads import plans_of
from pb.plans.values import PlanRecord
from pb.rounds.reads import all_rounds, now_of
from pb.rounds.values import RoundRecord


@panel
def my_plans(person_id: int) -> str:
    """Every plan of this person, the newest first, with how far it has come; nothing where there is none."""
    plans = plans_of(person_id)
    if not plans:
        return ""
    rounds = {round_.id: round_ for round_ in all_rounds()}
    return render_template("plans/_mine.html", plans=plans, rounds=rounds, tags=_tags(plans, rounds))


def _tags(plans: Sequence[PlanRecord], rounds: Mapping[int, RoundRecord]) -> dict[int, Tag]:
    """What the later rooms know of these plans, asked once a round."""
    found: dict[int, Tag] = {}
    for round_ in {plan.round_id: rounds[plan.round_id] for plan in plans}.values():
        found |= tags_for([plan for plan in plans if plan.round_id == round_.id], round_, now_of(round_))
    return found
