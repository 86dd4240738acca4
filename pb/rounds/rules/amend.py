"""What may still change once a frame is adopted: before the first plan a new decision, after it only later moments."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time

from pb.base.refusals import Reason
from pb.rounds.rules.calendar import calendar_reasons
from pb.rounds.values import AmendmentRefusal, Calendar, PhaseKind, RoundRecord, RoundRefusal

OPEN_AFTER_SEAL = frozenset({f"{PhaseKind.VOTE}.closes", "result", "delivered_by"})
"""The moments that the sealed manifest lets people move: the vote may close later, and what follows it with it."""


def draft_reasons(round_: RoundRecord) -> list[Reason]:
    """Why the frame can no longer be drafted anew: the first plan was submitted under it."""
    return [RoundRefusal.FROZEN()] if round_.frozen_at else []


def amendment_reasons(round_: RoundRecord, calendar: Calendar, reason: str, now: datetime) -> list[Reason]:
    """Why this calendar cannot replace the round's at its own moment `now`; only moments to come move, and only later."""
    if round_.frozen_at is None:
        return [AmendmentRefusal.NOT_YET()]
    found = [] if reason else [AmendmentRefusal.REASON_MISSING(about="reason")]
    if calendar == round_.frame.calendar:
        return [*found, AmendmentRefusal.NOTHING_CHANGED()]
    return [*found, *_moved_reasons(round_, calendar, now), *calendar_reasons(replace(round_.frame, calendar=calendar))]


def moments_of(calendar: Calendar) -> dict[str, datetime | date]:
    """Every moment of a calendar by the name of its field: `vote.closes`, `result`, `delivered_by`."""
    found: dict[str, datetime | date] = {}
    for phase in calendar.phases:
        found |= {f"{phase.kind}.opens": phase.opens, f"{phase.kind}.closes": phase.closes}
    return found | {"result": calendar.result, "delivered_by": calendar.delivered_by}


def _moved_reasons(round_: RoundRecord, calendar: Calendar, now: datetime) -> Iterator[Reason]:
    old, new = moments_of(round_.frame.calendar), moments_of(calendar)
    if old.keys() != new.keys():
        yield AmendmentRefusal.ONLY_CLOSING()
        return
    here = round_.frame.local(now)
    for name in (name for name in old if old[name] != new[name]):
        if round_.sealed_at and name not in OPEN_AFTER_SEAL:
            yield AmendmentRefusal.ONLY_CLOSING(about=name)
        elif _moment(old[name], here) <= now:
            yield AmendmentRefusal.PAST(about=name)
        elif _moment(new[name], here) < _moment(old[name], here):
            yield AmendmentRefusal.ONLY_LATER(about=name)


def _moment(value: datetime | date, here: datetime) -> datetime:
    """A day as its last moment where the round is held, so that days and moments compare."""
    return value if isinstance(value, datetime) else datetime.combine(value, time.max, here.tzinfo)
