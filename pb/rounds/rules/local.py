"""Hours on the municipality's clock as moments in UTC, and back."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pb.base.refusals import Reason
from pb.rounds.values import TimeRefusal

LAST_MINUTE = time(23, 59)
MIDNIGHT = time(0, 0)


def from_local(day: date, hour: time, zone: str) -> datetime | Reason:
    """The moment in UTC, or why it is none: the clock skips this hour in spring and shows it twice in autumn."""
    wall = datetime.combine(day, hour, ZoneInfo(zone))
    first, second = (wall.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    if first == second:
        return first
    if first.astimezone(wall.tzinfo).time() != hour:
        return TimeRefusal.DOES_NOT_EXIST(hour=f"{hour:%H:%M}")
    return TimeRefusal.EXISTS_TWICE(hour=f"{hour:%H:%M}")


def closing_from_local(day: date, hour: time, zone: str) -> datetime | Reason:
    """The moment at which a phase closes. 23:59 means the whole last day: people say "up to and including"."""
    if hour == LAST_MINUTE:
        return from_local(day + timedelta(days=1), MIDNIGHT, zone)
    return from_local(day, hour, zone)


def closing_to_local(closes: datetime, zone: str) -> datetime:
    """A closing as people read it, on the municipality's clock: midnight is 23:59 of the day before."""
    local = closes.astimezone(ZoneInfo(zone))
    return local - timedelta(minutes=1) if local.time() == MIDNIGHT else local
