"""EJR+ up to one plan: whether some group of voters with a plan in common got less than its share of the money would buy.

Brill and Peters, *Robust and Verifiable Proportionality Axioms for Multiwinner Voting* (EC 2023). Winners W fail when there
is a plan p outside W and a group S of its supporters such that for every i in S

    u_i(W) + u_i(p) <= (B / n) * sum of u_j(p) over S / c(p).

Whoever has least of the winners goes into S first, so only as many groups as p has supporters need a look. Equal shares
always passes for its own utility.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np

from pb.counting.election import Election, Plan
from pb.counting.equal_shares.market import worth_of
from pb.counting.equal_shares.settings import Utility
from pb.counting.profile import Ints, Support


@dataclass(frozen=True, slots=True)
class Failure:
    """A plan whose supporters, so many of them, got less than they could have bought together."""

    plan: str
    people: int


def ejr_failures(election: Election, winners: Collection[str], utility: Utility) -> tuple[Failure, ...]:
    """The plans for which these winners fail, of each the greatest group; none when they pass. Withdrawn plans are left out."""
    return tuple(failure for pot in election.pots for failure in _failures(election.of_pot(pot), winners, utility))


def _failures(election: Election, winners: Collection[str], utility: Utility) -> Iterator[Failure]:
    supports = election.profile.support
    have = np.zeros(len(election.profile.people), object)
    for plan, support in zip(election.plans, supports, strict=True):
        if plan.id in winners:
            have[support.places] += _worth(plan, support, utility)
    for plan, support in zip(election.plans, supports, strict=True):
        if plan.id not in winners and not plan.withdrawn:
            people = _group(election, plan, support, have[support.places], _worth(plan, support, utility))
            if people:
                yield Failure(plan.id, people)


def _worth(plan: Plan, support: Support, utility: Utility) -> Ints:
    """What the plan is worth to each of those who chose it; whole numbers of any size."""
    units = worth_of(support.points, len(support.places), utility).astype(object)
    return units * plan.cost if utility.by_cost else units


def _group(election: Election, plan: Plan, support: Support, have: Ints, worth: Ints) -> int:
    """How many people the greatest group has that fails, 0 without one. Floats find the groups, whole numbers decide."""
    able = (worth > 0).nonzero()[0]
    order = able[np.argsort((have + worth)[able].astype(np.float64), kind="stable")]
    people = support.people[order].astype(np.int64)
    most = np.maximum.accumulate((have + worth)[order]) if len(order) else order
    together = np.cumsum(worth[order] * people)
    money, share = election.pots[0].money, election.profile.voters * plan.cost
    near = (most * share).astype(np.float64) <= (together * money).astype(np.float64) * (1 + 1e-9)
    for at in near.nonzero()[0][::-1].tolist():
        if most[at] * share <= together[at] * money:
            return int(people[: at + 1].sum())
    return 0
