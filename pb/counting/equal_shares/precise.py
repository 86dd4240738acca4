"""Arrays of numbers with twice the precision of a float: each is the sum of a high and a low float (Dekker 1971).

They are right to about 2**-104 of the greatest number involved. That is never taken for exact: see `Purse.compare`.
"""

from fractions import Fraction
from typing import NamedTuple

from pb.counting.profile import Floats, Ints


class Pairs(NamedTuple):
    """Numbers as pairs."""

    high: Floats
    low: Floats

    def at(self, places: Ints) -> "Pairs":
        """The numbers at these places."""
        return Pairs(self.high[places], self.low[places])

    def minus(self, other: "Pairs") -> "Pairs":
        """The differences."""
        high = self.high - other.high
        part = high - self.high
        lost = (self.high - (high - part)) - (other.high + part)
        low = lost + (self.low - other.low)
        total = high + low
        return Pairs(total, low - (total - high))


def pair_of(number: Fraction) -> tuple[float, float]:
    """A number as a pair."""
    high = float(number)
    return high, float(number - Fraction(high))
