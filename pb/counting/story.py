"""The story of one plan: why it won or did not, what its supporters paid, and how far away it was. Pure data.

A story is a row of sentences, each a message key with its facts. Money in facts is whole cents; a part of a cent that a
voter pays is rounded up, one that voters have left is rounded down.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import ceil, floor
from typing import Any

from pb.counting.election import Election
from pb.counting.equal_shares import EqualShares
from pb.counting.equal_shares.replay import spending
from pb.counting.ledger import Ledger, Step, Why
from pb.counting.phragmen import Phragmen
from pb.counting.reach import people_in_reach, price_in_reach, votes_in_reach, votes_needed
from pb.counting.rules import Rule

MOST_TOLD = 3
"""Winners that are named as those on which supporters spent most."""


class Told(StrEnum):
    """What a sentence says; its value is the message key."""

    PLACE = "count.story.place"
    FITS = "count.story.fits"
    BOUGHT = "count.story.bought"
    BOUGHT_BY_POINTS = "count.story.bought_by_points"
    EMPTIED = "count.story.emptied"
    EFFECTIVE = "count.story.effective"
    EFFECTIVE_POINTS = "count.story.effective_points"
    SAVED = "count.story.saved"
    DOES_NOT_FIT = "count.story.does_not_fit"
    TOO_DEAR = "count.story.too_dear"
    PARTLY = "count.story.partly"
    AFTER_STOP = "count.story.after_stop"
    SUPPORT_TOO_POOR = "count.story.support_too_poor"
    TOO_FEW_VOTES = "count.story.too_few_votes"
    WITHDRAWN = "count.story.withdrawn"
    CAP_FULL = "count.story.cap_full"
    EXCLUDED = "count.story.excluded"
    SPENT = "count.story.spent"
    CHEAPER = "count.story.cheaper"
    MORE_VOTES = "count.story.more_votes"
    MORE_PEOPLE = "count.story.more_people"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A message key and the facts in it."""

    told: Told
    facts: Mapping[str, Any] = field(default_factory=dict)


def story_of(election: Election, rule: Rule, ledger: Ledger, plan: str) -> tuple[Sentence, ...]:
    """The story of a plan that was on the ballot. `KeyError` for another."""
    step = ledger.step_of(plan)
    if step is None:
        raise KeyError(plan)
    place = Sentence(Told.PLACE, {"place": step.place, "votes": step.votes})
    return (place, *(_won(rule, step) if step.won else _lost(election, rule, ledger, step)))


def _won(rule: Rule, step: Step) -> Iterator[Sentence]:
    if step.price is None:
        yield Sentence(Told.FITS, {"cost": step.cost, "left": step.before})
    elif isinstance(rule, Phragmen):
        yield Sentence(Told.SAVED, {"people": step.payers, "amount": ceil(step.price)})
    else:
        points = isinstance(rule, EqualShares) and rule.utility.by_points
        bought, effective = (Told.BOUGHT_BY_POINTS, Told.EFFECTIVE_POINTS) if points else (Told.BOUGHT, Told.EFFECTIVE)
        yield Sentence(bought, {"people": step.payers, "amount": ceil(step.price)})
        if step.emptied:
            yield Sentence(Told.EMPTIED, {"people": step.emptied})
        yield Sentence(effective, {"votes": floor(step.cost / step.price)})


def _lost(election: Election, rule: Rule, ledger: Ledger, step: Step) -> Iterator[Sentence]:
    yield Sentence(_WHY[step.why], _facts(election, rule, ledger, step))
    if step.held is not None and isinstance(rule, EqualShares):
        for winner, amount in spending(election, rule, ledger, step.plan)[:MOST_TOLD]:
            yield Sentence(Told.SPENT, {"plan": winner, "amount": floor(amount)})
    for told, fact, number in (
        (Told.CHEAPER, "amount", price_in_reach(ledger, step)),
        (Told.MORE_VOTES, "votes", votes_in_reach(ledger, step)),
        (Told.MORE_PEOPLE, "people", people_in_reach(ledger, step)),
    ):
        if number is not None:
            yield Sentence(told, {fact: number})


_WHY = {
    Why.DOES_NOT_FIT: Told.DOES_NOT_FIT,
    Why.TOO_DEAR: Told.TOO_DEAR,
    Why.PARTLY: Told.PARTLY,
    Why.AFTER_STOP: Told.AFTER_STOP,
    Why.SUPPORT_TOO_POOR: Told.SUPPORT_TOO_POOR,
    Why.TOO_FEW_VOTES: Told.TOO_FEW_VOTES,
    Why.WITHDRAWN: Told.WITHDRAWN,
    Why.CAP_FULL: Told.CAP_FULL,
    Why.EXCLUDED: Told.EXCLUDED,
}


def _facts(election: Election, rule: Rule, ledger: Ledger, step: Step) -> Mapping[str, Any]:
    """What the sentence about a plan that did not win says."""
    match step.why:
        case Why.SUPPORT_TOO_POOR:
            return {"cost": step.cost, "left": floor(step.held or 0)}
        case Why.AFTER_STOP:
            return {"plan": _that_ended(ledger, step.pot)}
        case Why.CAP_FULL:
            return {"name": ", ".join(cap.name for cap in rule.conditions.caps if step.plan in cap.plans)}
        case Why.EXCLUDED:
            rivals = {plan for group in rule.conditions.conflicts if step.plan in group for plan in group}
            return {"plan": ", ".join(winner for winner in ledger.winners if winner in rivals)}
        case Why.TOO_FEW_VOTES:
            voters = next(election.of_pot(pot).profile.voters for pot in election.pots if pot.code == step.pot)
            return {"votes": votes_needed(voters, rule.conditions)}
        case Why.WITHDRAWN:
            return {}
        case _:
            return {"cost": step.cost, "left": step.before}


def _that_ended(ledger: Ledger, pot: str) -> str:
    """The plan at which the count of a pot ended."""
    ends = {Why.DOES_NOT_FIT, Why.PARTLY}
    return next(one.plan for one in ledger.steps if one.pot == pot and one.why in ends)
