"""What every voter still has, exactly. Voters with equally much and the same past are one class, so paying touches classes.

A voter who still has money has paid in full for every plan bought that they chose; so their money is the share less the
prices of these plans, which are whole numbers over a common denominator. It is written out only where it decides: pairs of
floats (`precise.py`) tell all but the closest cases apart.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np

from pb.base.cents import Cents
from pb.counting.equal_shares.bounds import SLACK
from pb.counting.equal_shares.market import Market, Supporters
from pb.counting.equal_shares.precise import Pairs, pair_of
from pb.counting.profile import Floats, Ints

EMPTY = 0
"""The class of those who have nothing left."""
CLOSE = 2.0**-80
"""Of the share: differences that are smaller are computed in whole numbers. Pairs are far more precise than that."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """What the supporters of a plan have, by class and worth: people, units of worth, and one ballot of each.

    `slots` tells for each supporting ballot which of all slots is its own, `used` which of them still hold money.
    """

    slots: Ints
    used: Ints
    people: Ints
    units: Ints
    ballots: Ints


@dataclass(frozen=True, slots=True)
class Quote:
    """The price of one unit of worth; whether each holding is less than it (-1), that (0) or more (1); and what is left."""

    price: Fraction
    sign: Ints
    rest: Pairs


class Purse:
    """The money of all voters of a pot in a run."""

    def __init__(self, market: Market, share: Fraction) -> None:
        ballots = len(market.chosen.ends) - 1
        self._market, self._classes = market, 2
        self._denominator, self._share = share.denominator, share.numerator
        self._prices = dict[int, int]()
        self._class: Ints = np.ones(ballots, np.int64)
        high, low = pair_of(share)
        self._money = Pairs(np.full(ballots, high), np.full(ballots, low))
        self._close = high * CLOSE

    @property
    def rough(self) -> Floats:
        """The money by ballot, to find out where to look."""
        return self._money.high

    def holdings(self, who: Supporters) -> Holdings:
        """What these supporters have now."""
        several = len(who.units)
        slots = self._class[who.places] * several + who.which
        people = np.bincount(slots, weights=who.people).astype(np.int64)
        one_of = np.zeros(len(people), np.int64)
        one_of[slots] = who.places
        used = people.nonzero()[0]
        used = used[used >= several * (EMPTY + 1)]
        return Holdings(slots, used, people[used], who.units[used % several], one_of[used])

    def quote(self, cost: Cents, holdings: Holdings, start: float) -> Quote | None:
        """The price at which the supporters pay the plan together; `None` when they have too little.

        Whoever has less than the price pays all they have, and the others pay the rest. With any guess of who has less the
        price comes out too low, if not right; from there each step is one of Newton's, so the right one is found.
        """
        total = cost * self._denominator
        if not self._clearly_enough(cost, holdings) and self._sum(holdings.ballots, holdings.people) < total:
            return None
        poor = self.rough[holdings.ballots] < start * (1 - SLACK) * holdings.units
        while True:
            units = int(holdings.units[~poor] @ holdings.people[~poor])
            missing = total - self._sum(holdings.ballots[poor], holdings.people[poor])
            quote = self.compared(holdings, Fraction(missing, units * self._denominator))
            less = quote.sign < 0
            if (less == poor).all():
                return quote
            poor = less

    def _clearly_enough(self, cost: Cents, holdings: Holdings) -> bool:
        return float(self.rough[holdings.ballots] @ holdings.people) > cost * (1 + SLACK)

    def compared(self, holdings: Holdings, price: Fraction) -> Quote:
        """What these holdings are beside a price of so much a unit."""
        units, which = _distinct(holdings.units)
        costs = [pair_of(price * unit) for unit in units]
        high, low = (np.array([pair[part] for pair in costs])[which] for part in (0, 1))
        rest = self._money.at(holdings.ballots).minus(Pairs(high, low))
        sign = np.sign(rest.high).astype(np.int64)
        for place in (np.abs(rest.high) < self._close).nonzero()[0].tolist():
            exact = self._exactly(holdings.ballots[place]) - price * int(holdings.units[place])
            sign[place] = (exact > 0) - (exact < 0)
        return Quote(price, sign, rest)

    def pay(self, number: int, holdings: Holdings, quote: Quote) -> tuple[int, int]:
        """The supporters of a plan pay. Gives how many paid, and how many of these paid all they had."""
        kept = quote.sign > 0
        slots, many = holdings.used[kept], int(kept.sum())
        size = int(holdings.slots.max()) + 1
        classes, high, low = np.full(size, EMPTY), np.zeros(size), np.zeros(size)
        classes[slots] = np.arange(self._classes, self._classes + many)
        high[slots], low[slots] = quote.rest.high[kept], quote.rest.low[kept]
        self._classes += many
        places = self._market.supporters[number].places
        self._class[places] = classes[holdings.slots]
        self._money.high[places], self._money.low[places] = high[holdings.slots], low[holdings.slots]
        self._note(number, quote.price)
        payers = int(holdings.people.sum())
        return payers, payers - int(holdings.people[kept].sum())

    def _note(self, number: int, price: Fraction) -> None:
        """Keep a price, over a denominator that fits it and all that came before."""
        denominator = lcm(self._denominator, price.denominator)
        grown = denominator // self._denominator
        self._prices = {plan: paid * grown for plan, paid in self._prices.items()}
        self._prices[number] = price.numerator * (denominator // price.denominator)
        self._share, self._denominator = self._share * grown, denominator

    def _exactly(self, ballot: int) -> Fraction:
        """What someone with this ballot has, who still has money."""
        return Fraction(self._sum(np.array([ballot]), np.ones(1, np.int64)), self._denominator)

    def held(self, who: Supporters) -> Fraction:
        """What these supporters have together."""
        holdings = self.holdings(who)
        return Fraction(self._sum(holdings.ballots, holdings.people), self._denominator)

    def _sum(self, ballots: Ints, people: Ints) -> int:
        """What so many people with each of these ballots have together, over the denominator."""
        if not len(ballots):
            return 0
        where, owner = self._market.chosen.of(ballots)
        paid = np.zeros(len(self._market.plans), np.int64)
        np.add.at(paid, self._market.chosen.plans[where], self._market.worth[where] * people[owner])
        spent = sum(int(paid[plan]) * price for plan, price in self._prices.items())
        return int(people.sum()) * self._share - spent


def _distinct(units: Ints) -> tuple[list[int], Ints]:
    """The different worths, and which of them each is. Nearly always there is one."""
    first = int(units[0])
    if (units == first).all():
        return [first], np.zeros(len(units), np.int64)
    distinct, which = np.unique(units, return_inverse=True)
    return distinct.tolist(), which
