"""Why a plan did not win, in one sentence with the figures of its step."""

from math import floor
from typing import Any

from pb.base.refusals import Reason
from pb.counting.ledger import Ledger, Step, Why
from pb.results.values import NotWon, NotWonByPoints, Outcome, PlanResult

REASONS = {
    Why.DOES_NOT_FIT: NotWon.DOES_NOT_FIT,
    Why.PARTLY: NotWon.DOES_NOT_FIT,
    Why.TOO_DEAR: NotWon.TOO_DEAR,
    Why.AFTER_STOP: NotWon.AFTER_STOP,
    Why.SUPPORT_TOO_POOR: NotWon.SUPPORT_TOO_POOR,
    Why.TOO_FEW_VOTES: NotWon.TOO_FEW_VOTES,
    Why.WITHDRAWN: NotWon.WITHDRAWN,
    Why.CAP_FULL: NotWon.CEILING_REACHED,
    Why.EXCLUDED: NotWon.EXCLUDED,
}


def why_not(outcome: Outcome, result: PlanResult) -> Reason | None:
    """Why a plan did not win; `None` for a winner. After a correction that took it out, that is the reason."""
    if result.won:
        return None
    changed = outcome.changed_by(result.plan.code)
    return NotWon.CORRECTED(reason=changed.reason) if changed else why_counted_out(outcome, result.step)


def why_counted_out(outcome: Outcome, step: Step) -> Reason:
    """Why a plan did not win in the count, whatever a correction made of that."""
    facts: dict[str, Any] = {"place": step.place, "votes": step.votes, "cost": step.cost, "left": step.before}
    match step.why:
        case Why.AFTER_STOP:
            end = outcome.stopped_by(step.pot)
            facts["plan"] = end.plan.title if end else ""
        case Why.SUPPORT_TOO_POOR:
            facts["left"] = floor((step.held or 0) / 100) * 100  # many purses together: the cents say nothing
        case Why.CAP_FULL:
            facts["name"] = ", ".join(ceilings_of(outcome.ledger, step))
        case Why.EXCLUDED:
            facts["plan"] = ", ".join(_titles(outcome, rivals_of(outcome.ledger, step)))
    refusal = REASONS[step.why]
    return (NotWonByPoints[refusal.name] if outcome.explanation.by_points else refusal)(**facts)


def ceilings_of(ledger: Ledger, step: Step) -> list[str]:
    """The names of the ceilings that a plan is under."""
    return [cap["name"] for cap in ledger.settings["caps"] if step.plan in cap["plans"]]


def rivals_of(ledger: Ledger, step: Step) -> list[str]:
    """The winners that exclude a plan, by code."""
    rivals = {code for group in ledger.settings["conflicts"] if step.plan in group for code in group}
    return [winner for winner in ledger.winners if winner in rivals]


def _titles(outcome: Outcome, codes: list[str]) -> list[str]:
    return [result.plan.title for result in outcome.results if result.plan.code in codes]
