"""Which plans a visitor sees, and in which order: nothing that happens between two pages repeats or loses a plan.

A list is read as of a moment: plans handed in later are not in it, one withdrawn later keeps its place, and likes are
counted up to then. So the order of a visit stands still while somebody pages through it.
"""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any

from pb.plans.values import PlanRecord

PAGE_SIZE = 24
LONGEST_VISIT = timedelta(hours=6)
"""After so long a list begins anew: its moment is not a way to look into the past."""


class Sort(StrEnum):
    """The orders of a list; their words are `plans.sort.<name>`. By lot is first, as it favours nobody."""

    RANDOM = "willekeurig"
    NEWEST = "nieuwste"
    LIKES = "steun"
    COST = "goedkoopste"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a visitor asks of the list. `seed` makes the lot, `at` is the moment that the visit began."""

    words: str = ""
    theme: str = ""
    standing: str = ""
    sort: Sort = Sort.RANDOM
    seed: int = 0
    at: datetime | None = None
    page: int = 1

    @property
    def narrows(self) -> bool:
        """Whether it leaves plans out."""
        return bool(self.words or self.theme or self.standing)


@dataclass(frozen=True, slots=True)
class Shown:
    """One page of a list: its plans, how many there are in all, and how many pages."""

    plans: tuple[PlanRecord, ...]
    count: int
    page: int
    pages: int


def moment_of_visit(asked: datetime | None, now: datetime) -> datetime:
    """The moment as of which the list is read: the one that the visit began with, unless that is odd or long ago."""
    return asked if asked and now - LONGEST_VISIT <= asked <= now else now


def shown(plans: Iterable[PlanRecord], wish: Wish, standings: Mapping[int, str]) -> Shown:
    """The page that was asked for. `standings` names how far each plan has come, for the filter."""
    chosen = sorted((plan for plan in plans if _fits(plan, wish, standings)), key=_order(wish))
    pages = max(1, -(-len(chosen) // PAGE_SIZE))
    page = min(max(1, wish.page), pages)
    return Shown(tuple(chosen[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]), len(chosen), page, pages)


def folded(text: str) -> str:
    """A text as searching compares it: without capitals and accents.

    >>> folded("Café Één")
    'cafe een'
    """
    return "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))


def _fits(plan: PlanRecord, wish: Wish, standings: Mapping[int, str]) -> bool:
    if wish.theme and plan.draft.theme != wish.theme:
        return False
    if wish.standing and standings.get(plan.id) != wish.standing:
        return False
    words = folded(wish.words).split()
    if not words:
        return True
    text = folded(f"{plan.title} {plan.draft.summary} {plan.draft.text} {plan.draft.place}")
    return all(word in text for word in words)


def _order(wish: Wish) -> Callable[[PlanRecord], tuple[Any, ...]]:
    """The place of a plan depends on the plan alone, so that no other plan moves it."""
    orders: dict[Sort, Callable[[PlanRecord], tuple[Any, ...]]] = {
        Sort.RANDOM: lambda plan: (sha256(f"{wish.seed}:{plan.id}".encode()).digest(),),
        Sort.NEWEST: lambda plan: (-_seconds(plan.submitted_at), -plan.id),
        Sort.LIKES: lambda plan: (-plan.likes, plan.id),
        Sort.COST: lambda plan: (plan.asked, plan.id),
    }
    return orders[wish.sort]


def _seconds(moment: datetime | None) -> float:
    return moment.timestamp() if moment else 0.0
