"""Ties between plans that are equally cheap: which of them decide anything, and what every order would come to.

Without a lot equal plans are bought in the order of their ids. That is right when the order does not matter; otherwise each
order is tried, and the count is refused only when their winners differ.
"""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Protocol, TypeVar

from pb.base.refusals import Reason, Refused
from pb.counting.pot_count import PotCount
from pb.counting.refusals import CountRefusal

MOST = 200
"""Orders that are tried; where there are more, the tie counts as one that decides."""


class Bought(Protocol):
    """A plan that was bought, by number, at a rate that its rivals had too."""

    @property
    def plan(self) -> int:
        """The plan."""

    @property
    def rate(self) -> Fraction:
        """What it was cheapest by."""

    @property
    def rivals(self) -> frozenset[int]:
        """The others with exactly this rate."""

    @property
    def roomy(self) -> bool:
        """Whether the count cannot end before all these are looked at."""


class Outcome(Protocol):
    """What one order of buying came to."""

    @property
    def bought(self) -> Sequence[Bought]:
        """The purchases in order."""


Found = TypeVar("Found", bound=Outcome)
Again = Callable[[Sequence[int]], Found]
"""Counts with a script: which of several equals to buy, step by step."""


def outcomes(count: PotCount, first: Found, again: Again[Found]) -> list[Found]:
    """What each order of the equals that matters comes to, `first` in front; that alone when there is a lot.

    Raises `Refused` where too many orders would have to be tried.
    """
    found, waiting = [first], list(_others(count, first, 0))
    while waiting:
        if len(found) == MOST:
            raise Refused(open_tie(count, first))
        script = waiting.pop()
        other = again(script)
        found.append(other)
        waiting += _others(count, other, len(script))
    return found


def one_outcome(count: PotCount, found: Sequence[Found]) -> Found:
    """The first, when all have the same winners. Raises `Refused` when a lot is needed."""
    if len({frozenset(purchase.plan for purchase in one.bought) for one in found}) > 1:
        raise Refused(open_tie(count, found[0]))
    return found[0]


def open_tie(count: PotCount, one: Outcome) -> Reason:
    """The refusal that names the plans of the first tie whose order matters."""
    at = next(step for step in range(len(one.bought)) if _matters(count, one, step))
    plans = count.election.plans
    return CountRefusal.TIE_NEEDS_LOT(plans=", ".join(sorted(plans[one].id for one in _equals(count, one.bought[at]))))


def _others(count: PotCount, one: Outcome, after: int) -> Iterator[tuple[int, ...]]:
    """The scripts of the other choices in the ties from step `after` on whose order matters."""
    for step in range(after, len(one.bought)):
        if _matters(count, one, step):
            before = tuple(purchase.plan for purchase in one.bought[:step])
            for other in sorted(_equals(count, one.bought[step]) - {one.bought[step].plan}):
                yield (*before, other)


def _matters(count: PotCount, one: Outcome, step: int) -> bool:
    """Whether the order of the plans that are tied at this step matters.

    It does not when all of them are bought one after the other at the same rate: then nobody paid for two of them with
    money that was only enough for one, and any order gives the same payments. Unless the count may end in between.
    """
    equals = _equals(count, one.bought[step])
    if count.lot or len(equals) == 1:
        return False
    if not one.bought[step].roomy:
        return True
    following = one.bought[step : step + len(equals)]
    return {each.plan for each in following} != equals or any(each.rate != following[0].rate for each in following)


def _equals(count: PotCount, purchase: Bought) -> set[int]:
    """The plan and those of its rivals that nothing but a lot tells from it."""
    plans = count.election.plans
    rank = count.rank(plans[purchase.plan])
    return {purchase.plan} | {other for other in purchase.rivals if count.rank(plans[other]) == rank}
