"""What the pages that show all rooms together are made of."""

from dataclasses import dataclass
from enum import StrEnum


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
