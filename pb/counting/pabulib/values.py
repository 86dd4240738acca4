"""What stands in a Pabulib file, frozen: everything of it, so that writing it again gives the same file.

Money is in whole cents of the file's currency.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pb.base.cents import Cents

OBLIGATORY = (
    "description",
    "country",
    "unit",
    "instance",
    "num_projects",
    "num_votes",
    "budget",
    "vote_type",
    "rule",
    "date_begin",
    "date_end",
)
"""The keys that META must have; a file may have more."""

WON, LOST = 1, 0
"""`selected` of a project; 2 and 3 are plans that were awarded money in another way."""


class VoteType(StrEnum):
    """What a voter filled in."""

    APPROVAL = "approval"
    CHOOSE_1 = "choose-1"
    CUMULATIVE = "cumulative"
    SCORING = "scoring"
    ORDINAL = "ordinal"


@dataclass(frozen=True, slots=True)
class Project:
    """One project. `selected` is `None` where the file names no winners; `more` holds the other columns as they stand."""

    id: str
    cost: Cents
    name: str = ""
    selected: int | None = None
    more: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Vote:
    """One vote: the projects in the order of the file, each once, with their points where the file gives them."""

    voter: str
    choices: tuple[str, ...]
    points: tuple[int, ...] = ()
    more: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PabulibFile:
    """A whole file. `meta` holds every key as it stands."""

    meta: Mapping[str, str]
    budget: Cents
    vote_type: VoteType
    projects: tuple[Project, ...]
    votes: tuple[Vote, ...]

    def number(self, key: str) -> int | None:
        """A whole number of META such as `max_length`, or `None` where the file does not give it."""
        return int(self.meta[key].partition(".")[0]) if self.meta.get(key) else None

    @property
    def official(self) -> tuple[str, ...] | None:
        """The projects that the file says have won by its rule, or `None` where it does not say."""
        if all(project.selected is None for project in self.projects):
            return None
        return tuple(project.id for project in self.projects if project.selected == WON)
