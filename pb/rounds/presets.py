"""The draft that a new round begins with: pure; an organiser changes everything in it."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pb.rounds.values import Calendar, Criterion, Frame, Phase, PhaseKind

ZONE = "Europe/Amsterdam"
WEEKS = (
    (PhaseKind.PROPOSE, 6, 6),
    (PhaseKind.SUPPORT, 12, 3),
    (PhaseKind.ASSESS, 15, 4),
    (PhaseKind.SELECT, 19, 2),
    (PhaseKind.VOTE, 23, 4),
)
"""Kind, weeks until it opens, weeks that it lasts: the pace of the round that the demo plays."""
RESULT_WEEK = 28
PAPER_DAYS = 3
"""How long paper forms are entered after the close, in a week in which that leaves time to count."""
FEASIBILITY = ("year", "money", "upkeep", "policy", "permit")
JURY = ("place", "reach")
"""Codes of the criteria that many rounds use; their names come from the catalogue (`preset.criterion.…`)."""


def first_frame(name: str, now: datetime, named: Mapping[str, str] | None = None) -> Frame:
    """A frame without money or area, with a calendar that leaves six weeks to prepare.

    `named` holds the usual criteria's names by code; without it the lists of criteria begin empty.
    """
    monday = _next_monday(now.astimezone(ZoneInfo(ZONE)).date())
    phases = tuple(
        Phase(kind, _morning(monday, start), _morning(monday, start + length)) for kind, start, length in WEEKS
    )
    result = _morning(monday, RESULT_WEEK)
    return Frame(
        name=name,
        area="",
        total=0,
        calendar=Calendar(phases, result, (result + timedelta(days=365)).date()),
        reference_date=monday,
        paper_days=PAPER_DAYS,
        feasibility_criteria=_criteria(FEASIBILITY, named),
        jury_criteria=_criteria(JURY, named),
    )


def _criteria(codes: tuple[str, ...], named: Mapping[str, str] | None) -> tuple[Criterion, ...]:
    return tuple(Criterion(code, named[code]) for code in codes) if named else ()


def _next_monday(day: date) -> date:
    return day + timedelta(days=7 - day.weekday())


def _morning(monday: date, weeks: int) -> datetime:
    """Ten o'clock on a Monday: an hour that exists once on every day."""
    return datetime.combine(monday + timedelta(weeks=weeks), time(10), ZoneInfo(ZONE)).astimezone(UTC)
