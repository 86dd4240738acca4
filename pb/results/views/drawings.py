"""What the drawings of the result page are given, in words of the request's language."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext

from pb.base.money import Cents
from pb.results.rules import money_parts, share_of
from pb.results.values import Outcome, PlanResult
from pb.results.views.blueprint import scored
from pb.rounds.values import Pot, RoundRecord
from pb.words import euros


@dataclass(frozen=True, slots=True)
class PotDrawing:
    """The result of one pot: its steps, a bar for each plan, and all its money as one bar."""

    pot: Pot
    results: Sequence[PlanResult]
    bars: list[dict[str, Any]]
    money: dict[str, Any]
    cost: Cents
    left: Cents


def drawings_of(round_: RoundRecord, outcome: Outcome) -> list[PotDrawing]:
    """A drawing for every pot that had plans on the ballot; one where the money is not divided."""
    pots = ((pot, [one for one in outcome.results if one.step.pot == pot.code]) for pot in round_.frame.all_pots())
    return [_drawing(round_, outcome, pot, results) for pot, results in pots if results]


def _drawing(round_: RoundRecord, outcome: Outcome, pot: Pot, results: Sequence[PlanResult]) -> PotDrawing:
    costs = [one.step.cost for one in results if one.won]
    money = {
        "parts": [
            {"start": part.start, "share": part.share, "label": euros(part.cost)}
            for part in money_parts(costs, pot.amount)
        ],
        "rest_start": 100 * sum(costs) / pot.amount,
        "words": gettext("results.money.words", cost=euros(sum(costs)), left=euros(pot.amount - sum(costs))),
    }
    return PotDrawing(pot, results, _bars(round_, outcome, results), money, sum(costs), pot.amount - sum(costs))


def _bars(round_: RoundRecord, outcome: Outcome, results: Sequence[PlanResult]) -> list[dict[str, Any]]:
    """The most chosen plan first; beside the first that did not fit stands what was left."""
    by_votes = sorted(results, key=lambda one: (-one.step.votes, one.step.place))
    most = max(one.step.votes for one in by_votes)
    return [_bar(round_, outcome, one, share_of(one.step.votes, most)) for one in by_votes]


def _bar(round_: RoundRecord, outcome: Outcome, result: PlanResult, share: int) -> dict[str, Any]:
    step, label = result.step, scored(result.step.votes, outcome.explanation.by_points)
    return {
        "title": result.plan.title,
        "href": url_for("plans.page", slug=round_.slug, code=result.plan.code),
        "share": share,
        "label": label,
        "spoken": gettext("results.bars.won" if result.won else "results.bars.not_won", votes=label),
        "won": result.won,
        "price": euros(step.cost),
        "note": _note(outcome, result),
    }


def _note(outcome: Outcome, result: PlanResult) -> str:
    """What a correction did, or how much was left at the first plan that did not fit."""
    step = result.step
    if outcome.changed_by(result.plan.code):
        return str(gettext("correction.bar.added" if result.won else "correction.bar.dropped"))
    if outcome.stopped_by(step.pot) is not result:
        return ""
    return str(gettext("results.bars.misfit", cost=euros(step.cost), left=euros(step.before)))
