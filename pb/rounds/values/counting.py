"""What a ballot holds and how ballots are counted under a frame.

The rules themselves stand in `pb.counting`; a frame chooses one of them with its settings.
"""

from dataclasses import dataclass

from pb.base.money import Cents
from pb.counting.equal_shares import Completion, Utility
from pb.counting.rules import RuleName
from pb.rounds.values.choices import BallotKind, LotBy, Misfit, TieRule

WHOLE_SHARE = 100_00
"""All ballots, in hundredths of a per cent."""


@dataclass(frozen=True, slots=True)
class BallotRule:
    """What a ballot may hold: plans within each pot's money, so many plans, points to divide, or plans in order.

    `at_least` and `at_most` plans where their number counts; a blank ballot is always good. Of the `total_points` each
    chosen plan gets from `least_points` to `most_points`.
    """

    kind: BallotKind = BallotKind.WITHIN_MONEY
    at_most: int = 0
    at_least: int = 1
    total_points: int = 0
    most_points: int = 0
    least_points: int = 1

    @property
    def numbered(self) -> bool:
        """Whether a choice carries a number: its points, or its place."""
        return self.kind in {BallotKind.POINTS, BallotKind.RANKING}

    @property
    def largest(self) -> int:
        """The largest number that a choice can carry; 1 where a choice is a choice."""
        if self.kind is BallotKind.POINTS:
            return self.most_points
        return self.at_most if self.kind is BallotKind.RANKING else 1


@dataclass(frozen=True, slots=True)
class Ceiling:
    """At most so much money for the plans of one part: of the theme with this code, else those named before the vote."""

    code: str
    name: str
    amount: Cents


@dataclass(frozen=True, slots=True)
class CountingRule:
    """The rule with its settings, and what holds under every rule.

    `misfit` belongs to most votes; `utility` up to `comparison` to equal shares, `step` being what a share grows by. A winner
    needs `least_votes` (points, where ballots give points) and the votes of `least_share` of all ballots, in hundredths of a
    per cent. With `conflicts` the organiser names plans that exclude each other, before the ballot is sealed. `show_others`
    shows after the adoption what other rules would have made of the same votes. `lot` settles what `tie` leaves equal.
    """

    misfit: Misfit = Misfit.SKIP
    tie: TieRule = TieRule.LOWER_COST_THEN_LOT
    rule: RuleName = RuleName.MOST_VOTES
    utility: Utility = Utility.COST
    completion: Completion = Completion.ADD1
    step: Cents = 1_00
    whole_start: bool = False
    stop_when_exhaustive: bool = False
    comparison: bool = False
    least_votes: int = 0
    least_share: int = 0
    conflicts: bool = False
    ceilings: tuple[Ceiling, ...] = ()
    show_others: bool = True
    lot: LotBy = LotBy.SEED
