"""What of a public result may be corrected: the list of winners, within what was sealed before the vote."""

from collections.abc import Collection, Iterable, Iterator
from itertools import combinations

from pb.base.refusals import Reason
from pb.counting.ledger import Why
from pb.results.corrections.values import CorrectionRefusal, Wish
from pb.results.values import Outcome
from pb.rounds.values import Decision, Pot

LONGEST = 600


def open_reasons(outcome: Outcome | None) -> list[Reason]:
    """Why nothing can be corrected yet: until it is public, the votes are counted again or the decision is entered."""
    public = outcome is not None and outcome.published_at is not None
    return [] if public else [CorrectionRefusal.NOT_PUBLISHED()]


def correcting_reasons(outcome: Outcome, wish: Wish, pots: Iterable[Pot]) -> list[Reason]:
    """Everything that is wrong with a correction. The decision itself is judged by the rules of the rounds."""
    return [*_list_reasons(outcome, frozenset(wish.winners), pots), *_why_reasons(wish), *_new_reasons(outcome, wish)]


def _list_reasons(outcome: Outcome, winners: Collection[str], pots: Iterable[Pot]) -> Iterator[Reason]:
    """A body may leave the order of the count, not the limits that everybody voted under."""
    if any(outcome.result_of(code) is None for code in winners):
        yield CorrectionRefusal.PLAN_UNKNOWN(about="winners")
        return
    if winners == {plan.code for plan in outcome.winners}:
        yield CorrectionRefusal.NOTHING_CHANGED(about="winners")
    for one in outcome.results:
        if one.plan.code in winners and one.step.why is Why.WITHDRAWN:
            yield CorrectionRefusal.WITHDRAWN(about="winners", plan=one.title)
    yield from _money_reasons(outcome, winners, pots)
    yield from _rival_reasons(outcome, winners)


def _money_reasons(outcome: Outcome, winners: Collection[str], pots: Iterable[Pot]) -> Iterator[Reason]:
    chosen = [one.step for one in outcome.results if one.plan.code in winners]
    for pot in pots:
        cost = sum(step.cost for step in chosen if step.pot == pot.code)
        if cost > pot.amount:
            yield CorrectionRefusal.TOO_DEAR(about="winners", name=pot.name, cost=cost, limit=pot.amount)
    for cap in outcome.ledger.settings["caps"]:
        cost = sum(step.cost for step in chosen if step.plan in cap["plans"])
        if cost > cap["money"]:
            yield CorrectionRefusal.CEILING(about="winners", name=cap["name"], cost=cost, limit=cap["money"])


def _rival_reasons(outcome: Outcome, winners: Collection[str]) -> Iterator[Reason]:
    titles = {one.plan.code: one.title for one in outcome.results}
    for group in outcome.ledger.settings["conflicts"]:
        for one, other in combinations([code for code in group if code in winners], 2):
            yield CorrectionRefusal.EXCLUDED(about="winners", plan=titles[one], other=titles[other])


def _why_reasons(wish: Wish) -> list[Reason]:
    if not wish.reason:
        return [CorrectionRefusal.REASON_MISSING(about="reason")]
    return [CorrectionRefusal.REASON_TOO_LONG(about="reason", longest=LONGEST)] if len(wish.reason) > LONGEST else []


def _new_reasons(outcome: Outcome, wish: Wish) -> list[Reason]:
    """A correction needs a decision of its own, and none from before the one that it changes."""
    earlier = [record.decision for record in outcome.decisions]
    if any(_same(wish.decision, one) for one in earlier):
        return [CorrectionRefusal.OLD_DECISION(about="number", number=wish.decision.number)]
    late = any(wish.decision.date < one.date for one in earlier)
    return [CorrectionRefusal.DECISION_EARLIER(about="taken_on")] if late else []


def _same(one: Decision, other: Decision) -> bool:
    return (one.body, one.number) == (other.body, other.number)
