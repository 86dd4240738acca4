"""Pure decisions of the results: what may be counted, adopted and published, and why a plan did not win."""

from collections.abc import Sequence
from typing import Any

from pb.base.money import Cents
from pb.base.refusals import Reason
from pb.counting import Conditions, Election, MostVotes, Plan, Pot, grouped
from pb.counting.ledger import Why
from pb.results.values import CountingRefusal, MoneyPart, NotWon, Outcome, PlanResult
from pb.rounds.values import Frame, Misfit, TieRule
from pb.voting.values import Manifest, Opened

LEAST_VOTES = 1
"""A plan that nobody chose does not win, whatever money is left."""


def election_from(manifest: Manifest, opened: Opened) -> Election:
    """What is counted: the plans and pots that were sealed, and every opened ballot."""
    return Election(
        pots=tuple(Pot(pot.code, pot.amount) for pot in manifest.frame.all_pots()),
        plans=tuple(Plan(one.code, one.cost, one.pot, one.code in opened.withdrawn) for one in manifest.plans),
        ballots=grouped(ballot.choices for ballot in opened.ballots),
    )


def settings_of(frame: Frame) -> MostVotes:
    """How the frame lets the votes be counted."""
    counting = frame.counting
    return MostVotes(
        skip=counting.misfit is Misfit.SKIP,
        conditions=Conditions(LEAST_VOTES, cheaper_first=counting.tie is TieRule.LOWER_COST_THEN_LOT),
    )


def counting_reasons(opened: bool, earlier: Outcome | None) -> list[Reason]:
    """Why votes cannot be counted, or counted again: the piles must be `opened`, and what is adopted stands."""
    if not opened:
        return [CountingRefusal.NOT_OPENED()]
    return [CountingRefusal.ALREADY_ADOPTED()] if earlier and earlier.decision else []


def adopting_reasons(outcome: Outcome | None, number: int | None = None) -> list[Reason]:
    """Why no decision about the outcome can be entered; `number` is the count that it is about, when it is confirmed."""
    if outcome is None:
        return [CountingRefusal.NOT_COUNTED()]
    if outcome.decision:
        return [CountingRefusal.ALREADY_ADOPTED()]
    return [CountingRefusal.COUNTED_ANEW()] if number not in {None, outcome.number} else []


def publishing_reasons(outcome: Outcome | None) -> list[Reason]:
    """Why the outcome cannot become public."""
    if outcome is None:
        return [CountingRefusal.NOT_COUNTED()]
    if outcome.decision is None:
        return [CountingRefusal.NOT_ADOPTED()]
    return [CountingRefusal.ALREADY_PUBLISHED()] if outcome.published_at else []


def why_not(outcome: Outcome, result: PlanResult) -> Reason | None:
    """Why a plan did not win, with the figures of its step; `None` for a winner."""
    step = result.step
    facts: dict[str, Any] = {"place": step.place, "votes": step.votes, "cost": step.cost, "left": step.before}
    if step.why is Why.AFTER_STOP:
        end = outcome.stopped_by(step.pot)
        return NotWon.AFTER_STOP(**facts, plan=end.plan.title if end else "")
    kinds = {
        Why.DOES_NOT_FIT: NotWon.DOES_NOT_FIT,
        Why.TOO_FEW_VOTES: NotWon.TOO_FEW_VOTES,
        Why.WITHDRAWN: NotWon.WITHDRAWN,
    }
    return kinds[step.why](**facts) if step.why in kinds else None


def share_of(part: int, whole: int) -> int:
    """A part in whole per cents, half a per cent up; of nothing it is nothing."""
    return (200 * part + whole) // (2 * whole) if whole else 0


def money_parts(costs: Sequence[Cents], money: Cents) -> list[MoneyPart]:
    """The costs one behind another on a bar of all the money. For drawing only: nothing is decided by these figures."""
    parts, start = [], 0
    for cost in costs:
        parts.append(MoneyPart(100 * start / money, 100 * cost / money, cost))
        start += cost
    return parts
