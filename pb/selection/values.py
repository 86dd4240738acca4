"""What stands between a plan that was handed in and a plan on the ballot: verdicts, scores, the shortlist."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from pb.base.refusals import Refusal
from pb.rounds.values import SelectionBy

HIGHEST_POINTS = 5
"""Jurors give 1 (not at all) to 5 (completely) points per criterion."""


class Standing(StrEnum):
    """How far a plan has come before the vote; its words are `standing.<value>`."""

    DRAFT = "draft"
    WITHDRAWN = "withdrawn"
    SUBMITTED = "submitted"
    COLLECTING_LIKES = "collecting_likes"
    TOO_FEW_LIKES = "too_few_likes"
    BEING_ASSESSED = "being_assessed"
    NOT_FEASIBLE = "not_feasible"
    FEASIBLE = "feasible"
    ON_SHORTLIST = "on_shortlist"
    NOT_SELECTED = "not_selected"

    @property
    def fell_out(self) -> bool:
        """Whether the plan's way has ended before the ballot."""
        return self in FALLEN


FALLEN = (Standing.TOO_FEW_LIKES, Standing.NOT_FEASIBLE, Standing.NOT_SELECTED, Standing.WITHDRAWN)
"""The ways in which a plan falls out, in the order in which they come."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What the round has decided about its plans, by number. `selected` is empty until a shortlist is published."""

    feasible: frozenset[int] = frozenset()
    not_feasible: frozenset[int] = frozenset()
    selected: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Verdict:
    """The feasibility test of a plan: an answer per criterion code, the outcome and the reason that everybody reads."""

    plan_id: int
    answers: Mapping[str, bool]
    feasible: bool
    reason: str
    judged_at: datetime
    version: int = 1


@dataclass(frozen=True, slots=True)
class Funnel:
    """How many plans are left after each step; `None` until that is known. The vote's winners are another room's."""

    submitted: int
    over_threshold: int | None = None
    feasible: int | None = None
    on_ballot: int | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """The points, 1 to `HIGHEST_POINTS`, of one juror for one criterion of one plan."""

    juror_id: int
    plan_id: int
    criterion: str
    points: int


@dataclass(frozen=True, slots=True)
class Average:
    """What the jury as a whole gave a plan: per criterion and together; `None` where nobody scored."""

    plan_id: int
    per_criterion: Mapping[str, Fraction | None]
    total: Fraction | None
    jurors: int
    recused: int


@dataclass(frozen=True, slots=True)
class JurorProgress:
    """How far one juror is: plans scored on every criterion, of the plans that this juror scores."""

    juror_id: int
    scored: int
    expected: int
    submitted_at: datetime | None


@dataclass(frozen=True, slots=True)
class OwnScores:
    """What one juror filled in: points by (plan, criterion), plans left to others, and when it became final."""

    points: Mapping[tuple[int, str], int]
    recused: frozenset[int]
    submitted_at: datetime | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """What choosing by likes looks at; `cost` is in cents."""

    plan_id: int
    code: str
    likes: int
    cost: int


@dataclass(frozen=True, slots=True)
class Tie:
    """Plans with equally many likes around the last place: who is tied, and how many of them find a place.

    `by_lot` holds those whom the rule cannot tell apart without a lot.
    """

    likes: int
    tied: tuple[int, ...]
    places: int
    by_lot: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranking:
    """The choice by likes: plans in, and the tie around the last place where there was one."""

    chosen: tuple[int, ...]
    tie: Tie | None = None


class ChosenBy(StrEnum):
    """Who or what made the shortlist."""

    ALL = "all"
    JURY = SelectionBy.JURY.value
    COMMITTEE = SelectionBy.COMMITTEE.value
    MOST_LIKES = SelectionBy.MOST_LIKES.value


@dataclass(frozen=True, slots=True)
class SelectionRecord:
    """A published shortlist: motivation per plan, plans that were withdrawn since, the tie and the lot's seed (hex)."""

    round_id: int
    chosen_by: ChosenBy
    published_at: datetime
    motivations: Mapping[int, str]
    withdrawn: frozenset[int] = frozenset()
    tie: Tie | None = None
    lot_seed: str | None = None


@dataclass(frozen=True, slots=True)
class PlanGroups:
    """Plans by code that were named before the vote: groups of which one can win, and the plans of parts with a ceiling."""

    conflicts: tuple[tuple[str, ...], ...] = ()
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class GroupRefusal(Refusal):
    """Why plans cannot be named together."""

    NOT_IN_FRAME = "groups.not_in_frame"
    NO_SHORTLIST = "groups.no_shortlist"
    VOTE_HAS_BEGUN = "groups.vote_has_begun"
    UNKNOWN = "groups.unknown"
    TOO_FEW = "groups.too_few"
    TWO_POTS = "groups.two_pots"


class SelectionRefusal(Refusal):
    """Why a verdict, a score or a shortlist is not taken."""

    LIKES_STILL_OPEN = "selection.likes_still_open"
    TOO_FEW_LIKES = "selection.too_few_likes"
    OWN_PLAN = "selection.own_plan"
    ANSWER_MISSING = "selection.answer_missing"
    FEASIBLE_DESPITE_NO = "selection.feasible_despite_no"
    NOT_FEASIBLE_WITHOUT_NO = "selection.not_feasible_without_no"
    REASON_MISSING = "selection.reason_missing"
    NO_JURY_NEEDED = "selection.no_jury_needed"
    NOT_A_CANDIDATE = "selection.not_a_candidate"
    INVOLVED = "selection.involved"
    POINTS_OUT_OF_RANGE = "selection.points_out_of_range"
    ALREADY_SUBMITTED = "selection.already_submitted"
    SCORES_MISSING = "selection.scores_missing"
    TOO_EARLY = "selection.too_early"
    VOTE_HAS_BEGUN = "selection.vote_has_begun"
    ALREADY_PUBLISHED = "selection.already_published"
    NOTHING_FEASIBLE = "selection.nothing_feasible"
    PLANS_UNJUDGED = "selection.plans_unjudged"
    JURY_NOT_DONE = "selection.jury_not_done"
    WRONG_NUMBER = "selection.wrong_number"
    RULE_DECIDES = "selection.rule_decides"
    MOTIVATION_MISSING = "selection.motivation_missing"
