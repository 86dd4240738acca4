"""What the pages that show all rooms together are made of."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from pb.base.money import Cents
from pb.plans.values import PlanRecord
from pb.rounds.outline.values import SmallMap
from pb.rounds.values import DecisionRecord, PhaseKind, RoundRecord, Stage


class TabName(StrEnum):
    """A page of a round that everybody finds in its navigation; its words are `site.tab.<value>`."""

    PLANS = "plans"
    RULES = "rules"
    SHORTLIST = "shortlist"
    VOTE = "vote"
    RESULT = "result"
    DELIVERY = "delivery"
    QUESTIONS = "questions"


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab and its address below the round's own."""

    name: TabName
    path: str


@dataclass(frozen=True, slots=True)
class Language:
    """Another language in which the page exists: its code, its own name for itself, the page's address."""

    code: str
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Now:
    """What residents can do at this moment: `site.now.<stage>.*` says it.

    `until` is the last minute of an open phase; when the phase has closed, `then` is the next one, which opens at `opens`.
    """

    stage: Stage
    path: str
    until: datetime | None = None
    then: PhaseKind | None = None
    opens: datetime | None = None


class StepName(StrEnum):
    """A stop on the round's timeline; its words are `site.step.<value>`."""

    PROPOSE = "propose"
    SUPPORT = "support"
    ASSESS = "assess"
    SELECT = "select"
    VOTE = "vote"
    COUNT = "count"
    RESULT = "result"
    DELIVERY = "delivery"


class StepState(StrEnum):
    """Whether a step is over, goes on, or lies ahead."""

    DONE = "done"
    NOW = "now"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Step:
    """One stop: from `opens` to the last minute or day that belongs to it."""

    name: StepName
    state: StepState
    opens: datetime | None
    until: datetime | date


class SieveName(StrEnum):
    """A number in the funnel; its words are `site.funnel.<value>`."""

    SUBMITTED = "submitted"
    LIKED = "liked"
    FEASIBLE = "feasible"
    BALLOT = "ballot"
    WON = "won"


@dataclass(frozen=True, slots=True)
class Sieve:
    """One step of the funnel: how many plans are left, `None` while that lies ahead, and the list that shows them.

    `share` and `next_share` are its widths at the top and the bottom, in per cent of the first step. `fell` did not
    pass this step; `fell_path` is the list that shows them.
    """

    name: SieveName
    path: str
    count: int | None
    share: int
    next_share: int
    fell: int = 0
    fell_path: str = ""


class Shown(StrEnum):
    """Which plans a page shows a few of; the value is the address, below the round's own, of the page with all."""

    ALL = "plannen"
    BALLOT = "stemlijst"
    WON = "uitslag"
    BUILT = "uitvoering"


@dataclass(frozen=True, slots=True)
class Showcase:
    """A few plans by lot, so that none is favoured, of `count` in all of that `kind`.

    Once every winner stands, their pictures are those of what was built, and `spent` is what it cost, in cents.
    """

    plans: tuple[PlanRecord, ...]
    count: int
    kind: Shown
    spent: Cents = 0


@dataclass(frozen=True, slots=True)
class RoundPage:
    """What the round page shows besides the frame; the small map where somebody gave the area's outline."""

    showcase: Showcase
    sieves: tuple[Sieve, ...]
    decisions: tuple[DecisionRecord, ...]
    map: SmallMap | None = None


class TaskName(StrEnum):
    """Work that waits for somebody with a role; its words are `site.task.<value>`."""

    CONFIRM = "confirm"
    ADOPT = "adopt"
    ASSESS = "assess"
    SCORE = "score"
    SHORTLIST = "shortlist"
    SEAL = "seal"
    PAPER = "paper"
    REPORTS = "reports"
    COUNT = "count"
    DELIVER = "deliver"


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: how many times, before when, and the address (from the site's root) where it is done."""

    name: TaskName
    path: str
    count: int = 1
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class DeskFacts:
    """What one person's tasks follow from: requests of others, plans without a verdict, plans without their scores.

    `forms` are ballots on paper that must still be read, `reports` those about the vote without an answer, `unbuilt` the
    winners that do not stand yet.
    """

    requests: int = 0
    unjudged: int = 0
    unscored: int = 0
    shortlisted: int = 0
    forms: int = 0
    reports: int = 0
    unbuilt: int = 0


@dataclass(frozen=True, slots=True)
class DeskPage:
    """A page where somebody with a role works; its words are `site.desk.page.<name>`."""

    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Desk:
    """One round on the desk of somebody with a role in it."""

    round: RoundRecord
    tasks: tuple[Task, ...]
    pages: tuple[DeskPage, ...]
    steps: tuple[Step, ...]
    sieves: tuple[Sieve, ...]
