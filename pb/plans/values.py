"""A plan and what belongs to it. Money is in cents, VAT included, unless a name says otherwise."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pb.base.money import Cents
from pb.base.refusals import Refusal

VAT_RATES = (0, 9, 21)
"""Per cent, as goods and services are taxed in the Netherlands."""
MOST_LINES = 20
MOST_ARGUMENTS = 10
"""So many arguments one person gives about one plan."""
LONGEST = {
    "title": 80,
    "summary": 200,
    "text": 6000,
    "place": 120,
    "public_name": 60,
    "picture_alt": 300,
    "what": 100,
    "argument": 600,
    "reason": 300,
}
"""How many characters each text may have."""


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
    A list of plans is read without their cost lines: `draft.lines` is empty there, and `asked` is right all the same.
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


@dataclass(frozen=True, slots=True)
class ArgumentRecord:
    """A reason for or against a plan. Who wrote it is not told, only whether it was the proposer.

    `hidden_at` is set when an organiser hid it, for `hidden_reason`; then only organisers read it.
    """

    id: int
    plan_id: int
    side: Side
    text: str
    public_name: str
    at: datetime
    by_proposer: bool = False
    hidden_at: datetime | None = None
    hidden_reason: str = ""


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
    TOO_LONG = "plan.too_long"
    TOO_MANY_LINES = "plan.too_many_lines"
    LINE_WITHOUT_WORDS = "plan.line_without_words"
    LINE_WITHOUT_AMOUNT = "plan.line_without_amount"
    VAT_UNKNOWN = "plan.vat_unknown"
    AMOUNT_NEGATIVE = "plan.amount_negative"
    AMOUNT_TOO_LARGE = "plan.amount_too_large"
    CODE_WRONG = "plan.code_wrong"
    CODE_TAKEN = "plan.code_taken"
    SIDE_MISSING = "plan.side_missing"
    ARGUMENT_MISSING = "plan.argument_missing"
    TOO_MANY_ARGUMENTS = "plan.too_many_arguments"
    ARGUMENT_UNKNOWN = "plan.argument_unknown"
    HIDDEN_ALREADY = "plan.hidden_already"
    REASON_MISSING = "plan.reason_missing"
