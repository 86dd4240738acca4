"""A plan and what belongs to it. Money is in cents, VAT included, unless a name says otherwise."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pb.base.money import Cents
from pb.base.refusals import Refusal


class PlanState(StrEnum):
    """What the proposer did last; what the others did follows from likes, verdict, shortlist and count."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"


class CarriedBy(StrEnum):
    """Who carries the plan out."""

    MUNICIPALITY = "municipality"
    PROPOSER = "proposer"
    TOGETHER = "together"


class UpkeepBy(StrEnum):
    """Who looks after it afterwards."""

    NONE_NEEDED = "none_needed"
    PROPOSER = "proposer"
    NEIGHBOURS = "neighbours"
    MUNICIPALITY = "municipality"


class Side(StrEnum):
    """An argument is for or against."""

    FOR = "for"
    AGAINST = "against"


@dataclass(frozen=True, slots=True)
class CostLine:
    """One thing that must be paid: `amount` in cents with VAT, the rate in percent that it holds, once or every year."""

    what: str
    amount: Cents
    vat_percent: int = 21
    yearly: bool = False


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """What a proposer writes: everything about a plan that they can change until the phase closes."""

    title: str
    summary: str = ""
    text: str = ""
    theme: str = ""
    pot: str = ""
    place: str = ""
    lines: tuple[CostLine, ...] = ()
    own_contribution: Cents = 0
    carried_by: CarriedBy = CarriedBy.MUNICIPALITY
    upkeep_by: UpkeepBy = UpkeepBy.MUNICIPALITY
    public_name: str = ""
    picture: str | None = None
    picture_alt: str = ""


@dataclass(frozen=True, slots=True)
class PlanRecord:
    """A plan as other rooms see it. `code` is its short ASCII name in addresses, on ballots and in files.

    `asked` is what it asks from the pot: the cost lines (a yearly one counts for one year) less the own contribution.
    """

    id: int
    round_id: int
    code: str
    state: PlanState
    proposer_id: int
    draft: PlanDraft
    asked: Cents
    likes: int
    submitted_at: datetime | None

    @property
    def title(self) -> str:
        """The title that the proposer gave."""
        return self.draft.title


class PlanRefusal(Refusal):
    """Why something with a plan cannot be done."""

    UNKNOWN = "plan.unknown"
    NOT_YOURS = "plan.not_yours"
    NOT_A_DRAFT = "plan.not_a_draft"
    WITHDRAWN = "plan.withdrawn"
    TITLE_MISSING = "plan.title_missing"
    SUMMARY_MISSING = "plan.summary_missing"
    TEXT_MISSING = "plan.text_missing"
    THEME_UNKNOWN = "plan.theme_unknown"
    POT_UNKNOWN = "plan.pot_unknown"
    NO_COSTS = "plan.no_costs"
    COST_TOO_LOW = "plan.cost_too_low"
    COST_TOO_HIGH = "plan.cost_too_high"
    CONTRIBUTION_TOO_HIGH = "plan.contribution_too_high"
    NAME_MISSING = "plan.name_missing"
    PICTURE_WITHOUT_WORDS = "plan.picture_without_words"
    OWN_PLAN = "plan.own_plan"
    PERSONAL_DATA = "plan.personal_data"
