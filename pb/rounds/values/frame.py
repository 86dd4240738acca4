"""The frame of a round: everything the council decides before the first plan, as one frozen value.

Words: a *frame* (kader) is versioned and adopted as a whole; a *pot* is money for an area or a theme; the *calendar*
holds half-open phases `[opens, closes)` in UTC. Money is in cents.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from pb.base.money import Cents
from pb.rounds.values.choices import (
    Openings,
    Payment,
    PhaseKind,
    PotKind,
    Proposers,
    SelectionBy,
    SelectionWhen,
)
from pb.rounds.values.counting import BallotRule, CountingRule
from pb.rounds.values.door import Door

WHOLE = "all"
"""Code of the only pot of a round that does not divide its money, and of the ballot style that holds every pot."""


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
    paper_days: int = 0
    """How many days after the close paper forms are still entered; 0 where nobody votes on paper."""
    report_days: int = 7
    """For how many days after the opening of the votes people may report what seems wrong."""
    openings: Openings = Openings.PUBLIC
    counting: CountingRule = field(default_factory=CountingRule)
    feasibility_criteria: tuple[Criterion, ...] = ()
    jury_criteria: tuple[Criterion, ...] = ()
    payment: Payment = Payment.MUNICIPALITY
    door: Door = field(default_factory=Door)
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

    def area_of(self, style: str) -> str:
        """What the area is called whose people have this ballot style."""
        return self.pot(style).name if self.pot_kind is PotKind.AREA else self.area

    def local(self, moment: datetime) -> datetime:
        """A moment on the municipality's clock."""
        return moment.astimezone(ZoneInfo(self.zone))
