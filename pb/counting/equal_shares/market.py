"""What stays the same in every run of equal shares: plans, what they are worth to whom, and who pays for them."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from pb.counting.election import Plan
from pb.counting.equal_shares.settings import EqualShares, Utility
from pb.counting.pot_count import PotCount
from pb.counting.profile import Chosen, Floats, Ints, Support

Heard = Callable[[int, int], None]
"""Told how much of the money is spent, and how much there is, while shares are raised."""


@dataclass(frozen=True, slots=True)
class Supporters:
    """The people who pay for a plan together: places of their ballots, how many cast each, what the plan is worth to them.

    `units` are the different worths; `which` tells for each ballot which of them is its own; `weight` is the worth to all
    who cast it.
    """

    places: Ints
    people: Floats
    units: Ints
    which: Ints
    worth: Floats
    weight: Floats


@dataclass(frozen=True, slots=True)
class Market:
    """A pot ready for runs. Plans are known by their number; `open` lists those that can win.

    `worth` stands beside the choices in `chosen`. `scale` is what a unit of a plan's worth is multiplied with: its cost, or
    1. A plan's rate is the price of a unit divided by that; `lowest` is its rate when all its supporters pay in full, or
    `None` when it has none.
    """

    count: PotCount
    settings: EqualShares
    plans: tuple[Plan, ...]
    chosen: Chosen
    worth: Ints
    supporters: tuple[Supporters, ...]
    scale: tuple[int, ...]
    lowest: tuple[float | None, ...]
    open: tuple[int, ...]

    @property
    def voters(self) -> int:
        """How many people share the money, those with a blank ballot included."""
        return self.count.election.profile.voters


def market_of(count: PotCount, settings: EqualShares) -> Market:
    """The market of a pot under these settings."""
    plans, profile = count.election.plans, count.election.profile
    supporters = tuple(_supporters(support, settings.utility) for support in profile.support)
    scale = tuple(plan.cost if settings.utility.by_cost else 1 for plan in plans)
    return Market(
        count=count,
        settings=settings,
        plans=plans,
        chosen=profile.chosen,
        worth=worth_of(profile.chosen.points, len(profile.chosen.plans), settings.utility),
        supporters=supporters,
        scale=scale,
        lowest=tuple(map(_lowest, plans, supporters, scale)),
        open=tuple(number for number, plan in enumerate(plans) if plan.id not in count.barred),
    )


def worth_of(points: Ints | None, choices: int, utility: Utility) -> Ints:
    """What each choice is worth in units. Whoever gave no points, or points below zero, supports nothing."""
    if points is None:
        return np.ones(choices, np.int64)
    return np.maximum(points, 0) if utility.by_points else (points > 0).astype(np.int64)


def _supporters(support: Support, utility: Utility) -> Supporters:
    worth = worth_of(support.points, len(support.places), utility)
    keep = worth > 0
    units, which = np.unique(worth[keep], return_inverse=True)
    people, floats = support.people[keep], worth[keep].astype(np.float64)
    return Supporters(support.places[keep], people, units, which, floats, people * floats)


def _lowest(plan: Plan, who: Supporters, scale: int) -> float | None:
    worth = float(who.weight.sum())
    return plan.cost / worth / scale if worth else None
