"""The ledger: every step of a count, frozen. Page, file, explanation and test read the same steps.

Money is whole cents where plans are paid, and exact fractions of a cent where voters pay. See `ledger_json.py` for its text.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from pb.base.cents import Cents


class Why(StrEnum):
    """Why a plan won or did not win."""

    FITS = "fits"
    BOUGHT = "bought"
    """Its supporters paid for it together."""
    DOES_NOT_FIT = "does_not_fit"
    TOO_DEAR = "too_dear"
    """It costs more than the whole pot, so it took no part (Phragmén)."""
    PARTLY = "partly"
    """What is left would pay a part of it (per euro)."""
    AFTER_STOP = "after_stop"
    SUPPORT_TOO_POOR = "support_too_poor"
    """Its supporters have too little left together."""
    TOO_FEW_VOTES = "too_few_votes"
    WITHDRAWN = "withdrawn"
    CAP_FULL = "cap_full"
    EXCLUDED = "excluded"
    """A plan that excludes it has won."""


class Tie(StrEnum):
    """What put a plan before or behind those that were its equals; `NONE` where there were none."""

    NONE = "none"
    LOWER_COST = "lower_cost"
    MORE_VOTES = "more_votes"
    LOT = "lot"
    NO_MATTER = "no_matter"
    """Equal, without a lot, and every order gives the same winners."""


class Part(StrEnum):
    """Which part of a rule looked at a plan."""

    RULE = "rule"
    COMPLETION = "completion"


class End(StrEnum):
    """Why the shares of the voters were raised no further."""

    NOT_RAISED = "not_raised"
    OVERSPENT = "overspent"
    NOTHING_FITS = "nothing_fits"
    NOTHING_LEFT = "nothing_left"
    """No plan is left that more money for its supporters would buy."""


@dataclass(frozen=True, slots=True)
class Step:
    """One plan looked at: `place` counts from 1 within the pot, money is what the pot held before and after.

    `won` is the verdict and `why` its reason. Where voters pay: `price` is what a supporter pays for the plan (for each
    point, where points count), `payers` how many pay, of whom `emptied` pay all they have; of a plan that did not win,
    `held` is what its supporters have left together. Under Phragmén's rule `price` is the time of the purchase.
    """

    plan: str
    pot: str
    place: int
    votes: int
    cost: Cents
    before: Cents
    after: Cents
    won: bool
    why: Why
    tie: Tie
    part: Part = Part.RULE
    price: Fraction | None = None
    payers: int = 0
    emptied: int = 0
    held: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """What each voter of a pot may spend: at first, and as it was raised in `rises` of `unit`, and why it ended there.

    `next_cost` is what the winners would cost with one rise more, where that was looked at.
    """

    pot: str
    voters: int
    first: Fraction
    last: Fraction
    unit: Cents
    rises: int
    end: End
    next_cost: Cents | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Ballots with more winners under the rule, and with more under most votes; the rule stands unless the latter are more."""

    for_rule: int
    for_most_votes: int

    @property
    def rule_stands(self) -> bool:
        """Whether the outcome of the rule stands."""
        return self.for_rule >= self.for_most_votes


@dataclass(frozen=True, slots=True)
class Ledger:
    """A whole count: the rule with its settings, the lot it was given, and every step.

    `ballots` counts all ballots, blank ones included. `awards` are plans that were given money outside the rule; they are
    told, and are no winners of it.
    """

    rule: str
    settings: dict[str, Any]
    lot: tuple[str, ...]
    ballots: int
    blank: int
    money: Cents
    steps: tuple[Step, ...]
    shares: tuple[Share, ...] = ()
    comparison: Comparison | None = None
    awards: tuple[str, ...] = ()

    @property
    def winners(self) -> tuple[str, ...]:
        """The plans that won, in the order in which they were chosen."""
        return tuple(step.plan for step in self.steps if step.won)

    @property
    def cost(self) -> Cents:
        """What the winners cost together."""
        return sum(step.cost for step in self.steps if step.won)

    @property
    def left(self) -> Cents:
        """What is left of all pots together."""
        return self.money - self.cost

    def step_of(self, plan: str) -> Step | None:
        """The step in which this plan was looked at, or `None` when it was not on the ballot."""
        return next((step for step in self.steps if step.plan == plan), None)
