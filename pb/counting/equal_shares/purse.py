"""What every voter still has, exactly. Voters with equally much and the same past are one class, so paying touches classes.

Someone who pays moves to a new class, so those of a class have paid in full for every plan that they chose and that was bought
by the time the class arose, and nothing since. Their money is the share less the prices of these plans, which are whole numbers
over a common denominator. It is written out only where it decides: pairs of floats (`precise.py`) tell all but the closest
cases apart. `rough` is the money by ballot in plain floats, to find out where to look.
"""

from fractions import Fraction
from math import lcm

import numpy as np

from pb.base.cents import Cents
from pb.counting.equal_shares.bounds import SLACK
from pb.counting.equal_shares.classes import EMPTY, FULL, Classes
from pb.counting.equal_shares.holdings import Holdings, Quote
from pb.counting.equal_shares.market import Market, Supporters
from pb.counting.equal_shares.precise import Pairs, pair_of
from pb.counting.profile import Floats, Ints

CLOSE = 2.0**-80
"""Of the share: differences that are smaller are computed in whole numbers. Pairs are far more precise than that."""


class Purse:
    """The money of all voters of a pot in a run. Purchases are numbered from 1."""

    def __init__(self, market: Market, share: Fraction) -> None:
        high, low = pair_of(share)
        self._market, self._prices = market, dict[int, int]()
        self._denominator, self._share = share.denominator, share.numerator
        self._class: Ints = np.full(len(market.chosen.ends) - 1, FULL)
        self.rough: Floats = np.full(len(self._class), high)
        self._classes = Classes(high, low)
        self._bought: Ints = np.full(len(market.plans), len(market.plans) + 1)
        self._close = high * CLOSE
        self._desk: Ints = np.zeros(2, np.int64)

    def holdings(self, who: Supporters) -> Holdings:
        """What these supporters have now."""
        several, places = len(who.units), np.arange(len(who.places))
        kinds = self._class.take(who.places) * several + who.which
        if self._classes.many * several > len(self._desk):
            self._desk = np.zeros(2 * self._classes.many * several, np.int64)
        self._desk[kinds] = places
        speaker = self._desk.take(kinds)
        people = np.bincount(speaker, weights=who.people, minlength=len(places))
        speakers = ((people > 0) & (kinds >= several)).nonzero()[0]
        classes = kinds.take(speakers) // several
        units = who.units.take(who.which.take(speakers))
        some = people.take(speakers).astype(np.int64)
        return Holdings(speaker, speakers, some, units, classes, self._classes.money(classes))

    def quote(self, cost: Cents, holdings: Holdings, start: float) -> Quote | None:
        """The price at which the supporters pay the plan together; `None` when they have too little.

        Whoever has less than the price pays all they have, and the others pay the rest. With any guess of who has less the
        price comes out too low, if not right; from there each step is one of Newton's, so the right one is found.
        """
        total = cost * self._denominator
        clearly_enough = float(holdings.money.high @ holdings.people) > cost * (1 + SLACK)
        if not clearly_enough and self._sum(holdings.classes, holdings.people) < total:
            return None
        poor = holdings.money.high < start * (1 - SLACK) * holdings.units
        while True:
            units = int(holdings.units[~poor] @ holdings.people[~poor])
            missing = total - self._sum(holdings.classes[poor], holdings.people[poor])
            quote = self.compared(holdings, Fraction(missing, units * self._denominator))
            less = quote.sign < 0
            if (less == poor).all():
                return quote
            poor = less

    def compared(self, holdings: Holdings, price: Fraction) -> Quote:
        """What these holdings are beside a price of so much a unit."""
        units, which = _distinct(holdings.units)
        costs = [pair_of(price * unit) for unit in units]
        high, low = (np.array([pair[part] for pair in costs])[which] for part in (0, 1))
        rest = holdings.money.minus(Pairs(high, low))
        sign = np.sign(rest.high).astype(np.int64)
        for place in (np.abs(rest.high) < self._close).nonzero()[0].tolist():
            exact = self._exactly(holdings.classes[place]) - price * int(holdings.units[place])
            sign[place] = (exact > 0) - (exact < 0)
        return Quote(price, sign, rest)

    def pay(self, number: int, holdings: Holdings, quote: Quote) -> tuple[int, int]:
        """The supporters of a plan pay. Gives how many paid, and how many of these paid all they had."""
        who, kept = self._market.supporters[number], (quote.sign > 0).nonzero()[0]
        speakers = holdings.speakers.take(kept)
        self._note(number, quote.price)
        to = np.full(len(who.places), EMPTY)
        to[speakers] = self._classes.add(quote.rest.at(kept), who.places.take(speakers), len(self._prices))
        classes = to.take(holdings.speaker)
        self._class[who.places] = classes
        self.rough[who.places] = self._classes.rough(classes)
        payers = int(holdings.people.sum())
        return payers, payers - int(holdings.people.take(kept).sum())

    def held(self, who: Supporters) -> Fraction:
        """What these supporters have together."""
        holdings = self.holdings(who)
        return Fraction(self._sum(holdings.classes, holdings.people), self._denominator)

    def _note(self, number: int, price: Fraction) -> None:
        """Keep a price, over a denominator that fits it and all that came before."""
        denominator = lcm(self._denominator, price.denominator)
        grown = denominator // self._denominator
        self._prices = {plan: paid * grown for plan, paid in self._prices.items()}
        self._prices[number] = price.numerator * (denominator // price.denominator)
        self._share, self._denominator = self._share * grown, denominator
        self._bought[number] = len(self._prices)

    def _exactly(self, number: int) -> Fraction:
        """What someone of this class has."""
        return Fraction(self._sum(np.array([number]), np.ones(1, np.int64)), self._denominator)

    def _sum(self, classes: Ints, people: Ints) -> int:
        """What so many people of each of these classes, none of them empty, have together, over the denominator."""
        if not len(classes):
            return 0
        example, arose = self._classes.past(classes)
        where, owner = self._market.chosen.of(example)
        plans = self._market.chosen.plans.take(where)
        units = self._market.worth.take(where) * people.take(owner) * (self._bought.take(plans) <= arose.take(owner))
        paid = np.zeros(len(self._market.plans), np.int64)
        np.add.at(paid, plans, units)
        spent = sum(int(paid[plan]) * price for plan, price in self._prices.items())
        return int(people.sum()) * self._share - spent


def _distinct(units: Ints) -> tuple[list[int], Ints]:
    """The different worths, and which of them each is. Nearly always there is one."""
    first = int(units[0])
    if (units == first).all():
        return [first], np.zeros(len(units), np.int64)
    distinct, which = np.unique(units, return_inverse=True)
    return distinct.tolist(), which
