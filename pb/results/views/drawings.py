"""What the drawings of the result page are given, in words of the request's language."""

from typing import Any

from flask import url_for
from flask_babel import gettext

from pb.results.rules import money_parts, share_of
from pb.results.values import Outcome, PlanResult
from pb.results.views.blueprint import votes
from pb.rounds.values import RoundRecord
from pb.words import euros


def bars_of(round_: RoundRecord, outcome: Outcome) -> list[dict[str, Any]]:
    """A bar for every plan of the ballot, the most chosen first; beside the first misfit of a pot stands what was left."""
    by_votes = sorted(outcome.results, key=lambda one: (-one.step.votes, one.step.place))
    most = max((one.step.votes for one in by_votes), default=0)
    return [_bar(round_, outcome, one, share_of(one.step.votes, most)) for one in by_votes]


def _bar(round_: RoundRecord, outcome: Outcome, result: PlanResult, share: int) -> dict[str, Any]:
    step = result.step
    label = votes(step.votes)
    misfit = outcome.stopped_by(step.pot)
    note = gettext("results.bars.misfit", cost=euros(step.cost), left=euros(step.before)) if misfit is result else ""
    return {
        "title": result.plan.title,
        "href": url_for("plans.page", slug=round_.slug, code=result.plan.code),
        "share": share,
        "label": label,
        "spoken": gettext("results.bars.won" if step.won else "results.bars.not_won", votes=label),
        "won": step.won,
        "price": euros(step.cost),
        "note": note,
    }


def money_of(outcome: Outcome) -> dict[str, Any]:
    """All the money as one bar: a part for each winner, and the rest."""
    ledger = outcome.ledger
    return {
        "parts": [
            {"start": part.start, "share": part.share, "label": euros(part.cost)}
            for part in money_parts([one.step.cost for one in outcome.won], ledger.money)
        ],
        "rest_start": 100 * ledger.cost / ledger.money,
        "words": gettext("results.money.words", cost=euros(ledger.cost), left=euros(ledger.left)),
    }
