"""The settings of the Method of Equal Shares."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pb.base.cents import Cents
from pb.counting.conditions import PLAIN, Conditions


class Utility(StrEnum):
    """How much a plan is worth to a voter who chose it."""

    COST = "cost"
    """What it costs: the voters' money counts. Real elections used this; equalshares.net recommends it."""
    CARDINALITY = "cardinality"
    """As much as any other plan: the number of plans counts."""
    POINTS = "points"
    """The points that the voter gave."""
    POINTS_COST = "points-cost"
    """The points times the cost."""

    @property
    def by_points(self) -> bool:
        """Whether the points of a ballot matter; otherwise a choice with any points is a choice."""
        return self in {Utility.POINTS, Utility.POINTS_COST}

    @property
    def by_cost(self) -> bool:
        """Whether a plan is worth more the more it costs."""
        return self in {Utility.COST, Utility.POINTS_COST}


class Completion(StrEnum):
    """What happens with the money that is left after the first run, which is often a lot."""

    NONE = "none"
    MOST_VOTES = "most-votes"
    """It goes to plans by most votes, passing over what does not fit."""
    ADD1 = "add1"
    """The shares are raised step by step, as long as the winners cost no more than there is."""
    ADD1_MOST_VOTES = "add1-most-votes"
    """The first, and the second with what is left then."""

    @property
    def raises(self) -> bool:
        """Whether shares are raised."""
        return self in {Completion.ADD1, Completion.ADD1_MOST_VOTES}

    @property
    def fills(self) -> bool:
        """Whether what is left goes to plans by most votes."""
        return self in {Completion.MOST_VOTES, Completion.ADD1_MOST_VOTES}


@dataclass(frozen=True, slots=True)
class EqualShares:
    """The settings. `unit` is what a share grows by in each step of Add1, in cents.

    `whole_start` begins Add1 at the share rounded down to whole units, as some tools do, instead of at the share itself.
    `stop_when_exhaustive` ends it once no plan fits in what is left; this changed the result of Wieliczka 2023.
    `comparison` lets the outcome of most votes stand where more ballots have more winners under it.
    """

    utility: Utility = Utility.COST
    completion: Completion = Completion.ADD1
    unit: Cents = 100
    whole_start: bool = False
    stop_when_exhaustive: bool = False
    comparison: bool = False
    conditions: Conditions = PLAIN

    def as_settings(self) -> dict[str, Any]:
        """Plain values for the ledger."""
        return {
            "utility": self.utility.value,
            "completion": self.completion.value,
            "unit": self.unit,
            "whole_start": self.whole_start,
            "stop_when_exhaustive": self.stop_when_exhaustive,
            "comparison": self.comparison,
        }
