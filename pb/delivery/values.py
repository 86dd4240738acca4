"""What becomes of a plan that won: four stops, money, news and who follows it. Money is in cents."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pb.base.money import Cents
from pb.base.refusals import Refusal
from pb.plans.values import PlanRecord


class Milestone(StrEnum):
    """The four stops of a winner, in order; their words are `milestone.<value>`."""

    CHOSEN = "chosen"
    PREPARED = "prepared"
    BUILDING = "building"
    DONE = "done"

    @property
    def place(self) -> int:
        """1 for the first stop, 4 for the last."""
        return list(Milestone).index(self) + 1


class StopState(StrEnum):
    """How a stop is drawn."""

    DONE = "done"
    NOW = "now"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Stop:
    """One of the four stops of a winner; `at` is the moment that it was reached, where that was reported."""

    milestone: Milestone
    state: StopState
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Project:
    """A winner on its way. `reached` has the moment of each stop up to `milestone` that was reported.

    `spent` is the total so far and may exceed `awarded`; both in cents. `dropped_at` is when a correction of the result took
    the plan out; what was reported until then stays.
    """

    plan: PlanRecord
    milestone: Milestone
    awarded: Cents
    spent: Cents
    reached: Mapping[Milestone, datetime]
    dropped_at: datetime | None = None

    @property
    def overspent(self) -> Cents:
        """How many cents more than awarded were spent; 0 when none."""
        return max(0, self.spent - self.awarded)


@dataclass(frozen=True, slots=True)
class Update:
    """News about a winner, with at most one picture and the words that describe it."""

    id: int
    plan_id: int
    text: str
    picture: str | None
    picture_alt: str
    at: datetime


class DeliveryRefusal(Refusal):
    """Why something about a winner is not taken."""

    NO_PROJECT = "delivery.no_project"
    DROPPED = "delivery.dropped"
    ALREADY_THERE = "delivery.already_there"
    BACK_WITHOUT_REASON = "delivery.back_without_reason"
    TEXT_MISSING = "delivery.text_missing"
    TEXT_TOO_LONG = "delivery.text_too_long"
    PICTURE_WITHOUT_WORDS = "delivery.picture_without_words"
    NEGATIVE = "delivery.negative"
    TOO_LARGE = "delivery.too_large"
