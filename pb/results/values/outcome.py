"""The outcome of a round as other rooms see it. Money is in cents."""

from dataclasses import dataclass
from datetime import datetime

from pb.base.money import Cents
from pb.counting.ledger import Ledger, Step, Why
from pb.plans.values import PlanRecord
from pb.results.values.explanation import Explanation
from pb.rounds.values import DecisionRecord
from pb.voting.values import Turnout


@dataclass(frozen=True, slots=True)
class PlanResult:
    """A plan of the ballot with the step of the count that looked at it."""

    plan: PlanRecord
    step: Step

    @property
    def title(self) -> str:
        """The plan's title."""
        return self.plan.title


@dataclass(frozen=True, slots=True)
class Outcome:
    """The count that holds: the newest one. `results` has every plan of the ballot in the order of the count.

    `decision` is `None` until the result is adopted, `published_at` until it is public.
    """

    round_id: int
    number: int
    counted_at: datetime
    ledger: Ledger
    ledger_text: str
    results: tuple[PlanResult, ...]
    turnout: Turnout
    explanation: Explanation
    decision: DecisionRecord | None = None
    published_at: datetime | None = None

    @property
    def winners(self) -> tuple[PlanRecord, ...]:
        """The plans that won, in the order in which they were chosen."""
        return tuple(result.plan for result in self.results if result.step.won)

    @property
    def won(self) -> tuple[PlanResult, ...]:
        """The winners with their steps."""
        return tuple(result for result in self.results if result.step.won)

    @property
    def lost(self) -> tuple[PlanResult, ...]:
        """The other plans with their steps."""
        return tuple(result for result in self.results if not result.step.won)

    @property
    def votes(self) -> dict[str, int]:
        """How many people chose each plan, by code."""
        return {result.plan.code: result.step.votes for result in self.results}

    @property
    def left(self) -> Cents:
        """What is left of all the money."""
        return self.ledger.left

    def result_of(self, code: str) -> PlanResult | None:
        """What became of a plan, or `None` when it was not on the ballot."""
        return next((result for result in self.results if result.plan.code == code), None)

    def stopped_by(self, pot: str) -> PlanResult | None:
        """The plan at which a count with *stop* ended in this pot, or the first that a count with *skip* passed over."""
        ends = {Why.DOES_NOT_FIT, Why.PARTLY}
        return next((one for one in self.lost if one.step.pot == pot and one.step.why in ends), None)


@dataclass(frozen=True, slots=True)
class MoneyPart:
    """A winner's piece of the bar that shows all the money: `start` and `share` in per cent of it."""

    start: float
    share: float
    cost: Cents


@dataclass(frozen=True, slots=True)
class Band:
    """Money on its way from the bar of all money to a plan: its piece of the bar, and the outline of the stream."""

    top: float
    height: float
    path: str
