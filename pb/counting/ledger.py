"""The ledger: every step of a count, frozen. Page, file, explanation and test read the same steps.

As JSON it is one form only, so that two counts of the same ballots give the same bytes on every machine.
"""

import json
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any

from pb.base.money import Cents
from pb.base.refusals import Refused
from pb.counting.refusals import CountRefusal

FORMAT = "begroot-ledger/1"


class Why(StrEnum):
    """Why a plan won or did not win."""

    FITS = "fits"
    DOES_NOT_FIT = "does_not_fit"
    AFTER_STOP = "after_stop"
    TOO_FEW_VOTES = "too_few_votes"
    WITHDRAWN = "withdrawn"


class Tie(StrEnum):
    """What put a plan before or behind those of its pot with as many votes; `NONE` where there are none."""

    NONE = "none"
    LOWER_COST = "lower_cost"
    LOT = "lot"
    NO_MATTER = "no_matter"
    """Equal, without a lot, and every order gives the same winners."""


@dataclass(frozen=True, slots=True)
class Step:
    """One plan looked at: `place` counts from 1 within the pot, money is what the pot held before and after.

    `won` is the verdict and `why` its reason.
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


@dataclass(frozen=True, slots=True)
class Ledger:
    """A whole count: the rule with its settings, the lot it was given, and every step.

    `ballots` counts all ballots, blank ones included.
    """

    rule: str
    settings: dict[str, Any]
    lot: tuple[str, ...]
    ballots: int
    blank: int
    money: Cents
    steps: tuple[Step, ...]

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


def ledger_to_json(ledger: Ledger) -> str:
    """The ledger as text: sorted keys, ASCII only, two spaces, one newline at the end."""
    plain = asdict(ledger) | {
        "format": FORMAT,
        "winners": ledger.winners,
        "cost": ledger.cost,
        "left": ledger.left,
    }
    return json.dumps(plain, sort_keys=True, indent=2, ensure_ascii=True, allow_nan=False) + "\n"


def ledger_from_json(text: str) -> Ledger:
    """The ledger again. Raises `Refused` for what `ledger_to_json` did not write, down to the byte."""
    try:
        plain = json.loads(text)
        steps = tuple(_step(step) for step in plain["steps"])
        kept = {field.name: plain[field.name] for field in fields(Ledger)}
        ledger = Ledger(**(kept | {"lot": tuple(plain["lot"]), "steps": steps}))
        same = ledger_to_json(ledger) == text
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise Refused(CountRefusal.NOT_A_LEDGER()) from error
    if not same:
        raise Refused(CountRefusal.NOT_A_LEDGER())
    return ledger


def _step(plain: dict[str, Any]) -> Step:
    return Step(**(plain | {"why": Why(plain["why"]), "tie": Tie(plain["tie"])}))
