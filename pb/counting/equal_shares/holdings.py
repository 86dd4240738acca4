"""What the supporters of a plan have at one moment of a run, and what a price for the plan means for each of them."""

from dataclasses import dataclass
from fractions import Fraction

from pb.counting.equal_shares.precise import Pairs
from pb.counting.profile import Ints


@dataclass(frozen=True, slots=True)
class Holdings:
    """The supporters who have money, by class and worth: people, units of worth, class, and money of each kind.

    `speaker` tells for each supporting ballot which of them stands for its kind, `speakers` which stand for one with money.
    """

    speaker: Ints
    speakers: Ints
    people: Ints
    units: Ints
    classes: Ints
    money: Pairs


@dataclass(frozen=True, slots=True)
class Quote:
    """The price of one unit of worth; whether each holding is less than it (-1), that (0) or more (1); and what is left."""

    price: Fraction
    sign: Ints
    rest: Pairs
