"""The frame of a round: everything the council decides before the first plan, as one frozen value.

Words: a *frame* (kader) is versioned and adopted as a whole; a *pot* is money for an area or a theme; the *calendar*
holds half-open phases `[opens, closes)` in UTC. Money is in cents.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from pb.base.money import Cents
from pb.base.refusals import Refusal

WHOLE = "all"
"""Code of the only pot of a round that does not divide its money, and of the ballot style that holds every pot."""


class PhaseKind(StrEnum):
    """A stretch of time in which certain deeds are open."""

    PROPOSE = "propose"
    SUPPORT = "support"
    ASSESS = "assess"
    SELECT = "select"
    VOTE = "vote"


class Stage(StrEnum):
    """Where a round is, for people: the phase that began last, and what follows the vote."""

    AHEAD = "ahead"
    PROPOSE = "propose"
    SUPPORT = "support"
    ASSESS = "assess"
    SELECT = "select"
    VOTE = "vote"
    COUNT = "count"
    RESULT = "result"


class PotKind(StrEnum):
    """What divides the money: nothing, an area of the neighbourhood, or a theme."""

    WHOLE = "whole"
    AREA = "area"
    THEME = "theme"


class Proposers(StrEnum):
    """Who may hand in a plan."""

    ANYONE = "anyone"
    RESIDENTS = "residents"
    RESIDENTS_AND_ORGANISATIONS = "residents_and_organisations"


class SelectionWhen(StrEnum):
    """Whether feasible plans are selected before the vote."""

    NEVER = "never"
    WHEN_NEEDED = "when_needed"
    ALWAYS = "always"


class SelectionBy(StrEnum):
    """Who selects."""

    JURY = "jury"
    COMMITTEE = "committee"
    MOST_LIKES = "most_likes"


class BallotKind(StrEnum):
    """What a voter fills in."""

    WITHIN_MONEY = "within_money"
    UP_TO = "up_to"


class Misfit(StrEnum):
    """What the count does with a plan that no longer fits in the money: look at the next one, or stop."""

    SKIP = "skip"
    STOP = "stop"


class TieRule(StrEnum):
    """How an equal number of votes is settled; the lot is drawn from the seed that the manifest commits to."""

    LOWER_COST_THEN_LOT = "lower_cost_then_lot"
    LOT = "lot"


class Payment(StrEnum):
    """How a winner is paid."""

    MUNICIPALITY = "municipality"
    SUBSIDY = "subsidy"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class Theme:
    """A subject that plans are about; `code` is short ASCII."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Pot:
    """Money that only plans of one area or theme can win; `code` of a theme pot is the theme's code."""

    code: str
    name: str
    amount: Cents
    postcodes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Criterion:
    """A question that assessors or jurors answer for every plan."""

    code: str
    name: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Selection:
    """How feasible plans come on the ballot, and how many places it has."""

    when: SelectionWhen = SelectionWhen.WHEN_NEEDED
    by: SelectionBy = SelectionBy.JURY
    places: int = 20


@dataclass(frozen=True, slots=True)
class BallotRule:
    """What a ballot may hold: plans within each pot's money, or at most `at_most` plans."""

    kind: BallotKind = BallotKind.WITHIN_MONEY
    at_most: int = 0


@dataclass(frozen=True, slots=True)
class CountingRule:
    """Most votes, with *skip* or *stop*, and how ties are settled."""

    misfit: Misfit = Misfit.SKIP
    tie: TieRule = TieRule.LOWER_COST_THEN_LOT


@dataclass(frozen=True, slots=True)
class Phase:
    """A half-open stretch `[opens, closes)` in UTC."""

    kind: PhaseKind
    opens: datetime
    closes: datetime

    def is_open(self, now: datetime) -> bool:
        """Whether `now` lies within the phase; the closing moment itself does not."""
        return self.opens <= now < self.closes


@dataclass(frozen=True, slots=True)
class Calendar:
    """The phases in order, when the result is expected, and until when winners are carried out."""

    phases: tuple[Phase, ...]
    result: datetime
    delivered_by: date

    def phase(self, kind: PhaseKind) -> Phase | None:
        """The phase of this kind, or `None` where the round has none."""
        return next((phase for phase in self.phases if phase.kind is kind), None)

    def is_open(self, kind: PhaseKind, now: datetime) -> bool:
        """Whether the phase of this kind is open."""
        phase = self.phase(kind)
        return phase is not None and phase.is_open(now)


@dataclass(frozen=True, slots=True)
class Frame:
    """What the council decides. Two frames are equal when everybody may do the same at the same hour."""

    name: str
    area: str
    total: Cents
    calendar: Calendar
    pot_kind: PotKind = PotKind.WHOLE
    pots: tuple[Pot, ...] = ()
    postcodes: tuple[str, ...] = ()
    themes: tuple[Theme, ...] = ()
    minimum_cost: Cents = 100
    maximum_cost: Cents = 0
    proposers: Proposers = Proposers.ANYONE
    minimum_age: int = 12
    reference_date: date = date(2000, 1, 1)
    likes_needed: int = 25
    selection: Selection = field(default_factory=Selection)
    ballot: BallotRule = field(default_factory=BallotRule)
    counting: CountingRule = field(default_factory=CountingRule)
    feasibility_criteria: tuple[Criterion, ...] = ()
    jury_criteria: tuple[Criterion, ...] = ()
    payment: Payment = Payment.MUNICIPALITY
    zone: str = "Europe/Amsterdam"

    def all_pots(self) -> tuple[Pot, ...]:
        """The pots, never empty: money that is not divided is one pot, `WHOLE`."""
        return self.pots or (Pot(WHOLE, self.area, self.total, self.postcodes),)

    def pot(self, code: str) -> Pot:
        """The pot with this code; `KeyError` when there is none."""
        return {pot.code: pot for pot in self.all_pots()}[code]

    def styles(self) -> dict[str, tuple[str, ...]]:
        """Ballot styles: which pots a voter with that style votes in. Area pots have a style each, else one for all."""
        if self.pot_kind is PotKind.AREA:
            return {pot.code: (pot.code,) for pot in self.pots}
        return {WHOLE: tuple(pot.code for pot in self.all_pots())}

    def local(self, moment: datetime) -> datetime:
        """A moment on the municipality's clock."""
        return moment.astimezone(ZoneInfo(self.zone))


class FrameState(StrEnum):
    """A version is a draft until its decision is confirmed; then it is adopted, and later ones replace it."""

    DRAFT = "draft"
    ADOPTED = "adopted"


@dataclass(frozen=True, slots=True)
class RoundRecord:
    """A round as every room sees it. `offset` is the rehearsal clock's, zero in a real round.

    `frame` is the newest adopted version, or the draft while there is none (`adopted` says which).
    """

    id: int
    public_id: str
    slug: str
    name: str
    rehearsal: bool
    offset: timedelta
    frame: Frame
    frame_version: int
    adopted: bool
    frozen_at: datetime | None = None
    sealed_at: datetime | None = None
    published_at: datetime | None = None

    def now(self, host: datetime) -> datetime:
        """The round's moment, from the host's or the database's."""
        return host.astimezone(UTC) + self.offset


class DecisionKind(StrEnum):
    """What a governing body decided about a round."""

    ADOPT_FRAME = "adopt_frame"
    ADOPT_RESULT = "adopt_result"


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision that was taken outside the site and recorded here: who, when, under which number, where to read it."""

    body: str
    date: date
    number: str
    link: str


class TwoPersonDeed(StrEnum):
    """Deeds that one person asks for and another confirms. Later rooms carry out their own when it is confirmed."""

    ADOPT_FRAME = "adopt_frame"
    AMEND_FRAME = "amend_frame"
    SEAL_MANIFEST = "seal_manifest"
    EXPORT_PILES = "export_piles"
    ADOPT_RESULT = "adopt_result"
    WITHDRAW_FROM_BALLOT = "withdraw_from_ballot"


class RoundRefusal(Refusal):
    """Why a deed is not open in a round, whatever the room."""

    NOT_ADOPTED = "round.not_adopted"
    PHASE_AHEAD = "round.phase_ahead"
    PHASE_OVER = "round.phase_over"
    NO_SUCH_PHASE = "round.no_such_phase"
    UNKNOWN = "round.unknown"
    FROZEN = "round.frozen"
    SEALED = "round.sealed"
    REHEARSAL_ONLY = "round.rehearsal_only"
    CLOCK_BACK = "round.clock_back"
    OWN_REQUEST = "round.own_request"
    ALREADY_DECIDED = "round.already_decided"
    NOT_YOUR_ROLE = "round.not_your_role"
