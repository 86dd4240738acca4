"""What people did in the recorded round: one type a deed, each played through the act of the same meaning. Pure.

Plans are named by their key in `plans.toml`, people by their address, voters by the number of their letter.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pb.base.money import Cents
from pb.delivery.values import Milestone
from pb.plans.values import Side


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that was done at a moment, in UTC."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Propose(Deed):
    """`by` hands in a plan."""

    by: str
    plan: str


@dataclass(frozen=True, slots=True)
class Support(Deed):
    """`by` likes a plan."""

    by: str
    plan: str


@dataclass(frozen=True, slots=True)
class Argue(Deed):
    """`by` gives an argument under the name `name`."""

    by: str
    plan: str
    side: Side
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Judge(Deed):
    """An assessor gives a verdict: an answer per criterion code, and a reason that everybody reads."""

    by: str
    plan: str
    answers: Mapping[str, bool]
    feasible: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Recuse(Deed):
    """A juror does not judge a plan in which they have a part."""

    by: str
    plan: str


@dataclass(frozen=True, slots=True)
class Score(Deed):
    """A juror gives 1 to 5 points, by (plan, criterion code)."""

    by: str
    points: Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class SubmitScores(Deed):
    """A juror's points become final."""

    by: str


@dataclass(frozen=True, slots=True)
class PublishShortlist(Deed):
    """The chosen plans with the jury's motivation for each."""

    by: str
    motivations: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Vote(Deed):
    """Who got letter `letter` casts a ballot; `choices` are plan keys, none for blank."""

    letter: int
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reach(Deed):
    """A winner comes to its next stop."""

    by: str
    plan: str
    milestone: Milestone


@dataclass(frozen=True, slots=True)
class Tell(Deed):
    """News about a winner; `scene` is what its picture shows, empty without one."""

    by: str
    plan: str
    text: str
    scene: tuple[str, ...]
    alt: str


@dataclass(frozen=True, slots=True)
class Spend(Deed):
    """The total that a winner has cost so far, in cents."""

    by: str
    plan: str
    spent: Cents
