"""A Pabulib file as a round of ours: its frame, its plans and the ballots that its voters cast. Pure.

Plans that cost more than there is money are left out and named in the report: the collection writes 999999999 for a plan
that was withdrawn.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from pb.base.refusals import Refused
from pb.base.text import clean_line
from pb.counting.pabulib import PabulibFile, Project
from pb.demo.foreign_rules import ImportRefusal, ballot_of, choices_of, counting_of, parts_of
from pb.plans.values import LONGEST, CostLine, PlanDraft
from pb.rounds.values import (
    WHOLE,
    Calendar,
    Frame,
    Phase,
    PhaseKind,
    Selection,
    SelectionWhen,
)
from pb.voting.values import Choices

LONGEST_NAME = 100
DAY, MONTH = timedelta(days=1), timedelta(days=30)


@dataclass(frozen=True, slots=True)
class ForeignPlan:
    """A project of the file and the code that its plan gets here."""

    code: str
    draft: PlanDraft


@dataclass(frozen=True, slots=True)
class ForeignRound:
    """All that the file gives. `ballots` are choices per voter; `official` the winners' codes, `None` where unknown.

    `parts` has the plans of each ceiling, by its code, `conflicts` those that cannot win together. `styles` is each voter's
    ballot style; empty where there is one ballot for all.
    """

    frame: Frame
    plans: tuple[ForeignPlan, ...]
    ballots: tuple[Choices, ...]
    official: tuple[str, ...] | None
    left_out: tuple[str, ...]
    projects: Mapping[str, str]
    parts: Mapping[str, tuple[str, ...]]
    conflicts: tuple[tuple[str, ...], ...] = ()
    styles: tuple[str, ...] = ()

    def names_of(self, codes: tuple[str, ...]) -> list[str]:
        """The ids that the file knows these plans by."""
        return [self.projects[code] for code in codes]


def foreign_round(file: PabulibFile, with_caps: bool = False) -> ForeignRound:
    """The round of a file, with its caps per theme and neighbourhood or without. Raises `Refused` where no frame holds it."""
    held = [project for project in file.projects if project.cost <= file.budget]
    if not held:
        raise Refused(ImportRefusal.NO_PLAN())
    codes = dict(zip((project.id for project in held), _codes(held), strict=True))
    frame = _frame(file, held, with_caps)
    return ForeignRound(
        frame=frame,
        plans=tuple(ForeignPlan(codes[project.id], _draft(project)) for project in held),
        ballots=tuple(choices_of(frame.ballot, vote, codes) for vote in file.votes),
        official=None if file.official is None else tuple(codes[one] for one in file.official if one in codes),
        left_out=tuple(project.id for project in file.projects if project.id not in codes),
        projects={code: project for project, code in codes.items()},
        parts=parts_of(file, codes) if with_caps else {},
    )


def _codes(projects: list[Project]) -> Iterator[str]:
    """Short ASCII names, each once: `BAD/0001` becomes `bad-0001`."""
    taken: set[str] = set()
    for project in projects:
        bare = re.sub(r"[^a-z0-9]+", "-", project.id.lower()).strip("-")[:24] or "plan"
        code, number = bare, 2
        while code in taken:
            code, number = f"{bare}-{number}", number + 1
        taken.add(code)
        yield code


def _draft(project: Project) -> PlanDraft:
    name = clean_line(project.name) or project.id
    return PlanDraft(
        title=_cut(name, LONGEST["title"]),
        summary=_cut(name, LONGEST["summary"]),
        text=_cut(name, LONGEST["text"]),
        pot=WHOLE,
        lines=(CostLine(_cut(name, LONGEST["what"]), project.cost, vat_percent=0),),
        public_name=_cut(clean_line(project.more.get("proposer", "")) or project.id, LONGEST["public_name"]),
    )


def _cut(words: str, longest: int) -> str:
    return words if len(words) <= longest else f"{words[: longest - 1]}…"


def _frame(file: PabulibFile, held: list[Project], with_caps: bool) -> Frame:
    opens, closes = _vote(file)
    costs = [project.cost for project in held]
    return Frame(
        name=_cut(_named(file), LONGEST_NAME),
        area=_cut(clean_line(file.meta["unit"]) or file.meta["instance"], LONGEST_NAME),
        total=file.budget,
        calendar=Calendar(
            phases=(Phase(PhaseKind.PROPOSE, opens - MONTH, opens - DAY), Phase(PhaseKind.VOTE, opens, closes)),
            result=closes,
            delivered_by=(closes + timedelta(days=366)).date(),
        ),
        minimum_cost=min(costs),
        maximum_cost=max(costs),
        minimum_age=0,
        reference_date=opens.date(),
        likes_needed=0,
        selection=Selection(when=SelectionWhen.NEVER),
        ballot=ballot_of(file),
        counting=counting_of(file, with_caps),
    )


def _named(file: PabulibFile) -> str:
    """What the file is about and when; pages write every amount with €, so another currency stands in the name."""
    currency = file.meta.get("currency", "")
    other = f", {currency}" if currency not in {"", "EUR"} else ""
    rest = f" ({file.meta['instance']}{other})"
    return clean_line(_cut(file.meta["description"], LONGEST_NAME - len(rest)) + rest)


def _vote(file: PabulibFile) -> tuple[datetime, datetime]:
    """From the first day to the end of the last, in UTC; a month where the file gives no days."""
    first, last = _day(file.meta["date_begin"]), _day(file.meta["date_end"])
    opens = datetime(first.year, first.month, first.day, tzinfo=UTC)
    closes = datetime(last.year, last.month, last.day, tzinfo=UTC) + DAY
    return opens, closes if last > first else opens + MONTH


def _day(written: str) -> date:
    """`07.10.2022`, `2022-10-07` or the year alone; what is none of these is the collection's first year."""
    parts = [int(part) for part in re.findall(r"[0-9]+", written)[:3]]
    year = next((part for part in parts if part > 1900), 2000)
    rest = [part for part in parts if part != year]
    month, day = (rest[0], rest[1]) if parts[:1] == [year] and len(rest) == 2 else (*rest[::-1], 1, 1)[:2]
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, 1, 1)
