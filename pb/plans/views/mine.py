"""What a person's own page shows of their plans."""

from flask import render_template

from pb.people.panels import panel
from pb.plans.reads import plans_of
from pb.rounds.reads import all_rounds


@panel
def my_plans(person_id: int) -> str:
    """Every plan of this person, the newest first; nothing where there is none."""
    plans = plans_of(person_id)
    if not plans:
        return ""
    rounds = {round_.id: round_ for round_ in all_rounds()}
    return render_template("plans/_mine.html", plans=plans, rounds=rounds)
