"""The outcome of a round as other rooms see it. Money is in cents."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pb.base.money import Cents
from pb.counting.ledger import Ledger, Step, Why
from pb.plans.values import PlanRecord
from pb.results.corrections.values import COUNTED, Correction
from pb.results.values.explanation import Explanation
from pb.rounds.values import DecisionRecord
from pb.voting.values import Turnout


@dataclass(frozen=True, slots=True)
class PlanResult:
    """A plan of the ballot with the step of the count that looked at it, and whether it wins: a correction may say so."""

    plan: PlanRecord
    step: Step
    won: bool

    @property
    def title(self) -> str:
        """The plan's title."""
        return self.plan.title


@dataclass(frozen=True, slots=True)
class Outcome:
    """The count that holds, the newest one, with what was decided about it.

    `results` has every plan of the ballot in the order of the count. `decision` is `None` until the result is adopted,
    `published_at` until it is public. Of `corrections`, oldest first, the last says who wins; steps stay those of the count.
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
    corrections: tuple[Correction, ...] = ()

    @property
    def winners(self) -> tuple[PlanRecord, ...]:
        """The plans that win, in the order in which the count looked at them."""
        return tuple(result.plan for result in self.won)

    @property
    def won(self) -> tuple[PlanResult, ...]:
        """The winners with their steps."""
        return tuple(result for result in self.results if result.won)

    @property
    def lost(self) -> tuple[PlanResult, ...]:
        """The other plans with their steps."""
        return tuple(result for result in self.results if not result.won)

    @property
    def votes(self) -> dict[str, int]:
        """How many people chose each plan, by code."""
        return {result.plan.code: result.step.votes for result in self.results}

    @property
    def cost(self) -> Cents:
        """What the winners cost together."""
        return sum(result.step.cost for result in self.won)

    @property
    def left(self) -> Cents:
        """What is left of all the money."""
        return self.ledger.money - self.cost

    @property
    def version(self) -> int:
        """1 for what the count gave, and one more for each correction."""
        return self.corrections[-1].version if self.corrections else COUNTED

    @property
    def decisions(self) -> tuple[DecisionRecord, ...]:
        """The adoption, and the decision of each correction."""
        adopted = (self.decision,) if self.decision else ()
        return (*adopted, *(one.decision for one in self.corrections))

    def result_of(self, code: str) -> PlanResult | None:
        """What became of a plan, or `None` when it was not on the ballot."""
        return next((result for result in self.results if result.plan.code == code), None)

    def stopped_by(self, pot: str) -> PlanResult | None:
        """The plan at which a count with *stop* ended in this pot, or the first that a count with *skip* passed over."""
        ends = {Why.DOES_NOT_FIT, Why.PARTLY}
        return next((one for one in self.results if one.step.pot == pot and one.step.why in ends), None)

    def at_version(self, version: int) -> "Outcome | None":
        """The result as an earlier version had it, or `None` where there is no such version."""
        return self.after(self.corrections[: version - COUNTED]) if COUNTED <= version <= self.version else None

    def after(self, corrections: Sequence[Correction]) -> "Outcome":
        """This count with these corrections, of which the last says who wins."""
        winners = corrections[-1].winners if corrections else self.ledger.winners
        results = tuple(replace(one, won=one.plan.code in winners) for one in self.results)
        return replace(self, results=results, corrections=tuple(corrections))

    def changed_by(self, code: str) -> Correction | None:
        """The correction that gave a plan the verdict that it has now; `None` where that is still the count's."""
        changed, won = None, code in self.ledger.winners
        for correction in self.corrections:
            if (code in correction.winners) is not won:
                changed, won = correction, not won
        return changed


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
