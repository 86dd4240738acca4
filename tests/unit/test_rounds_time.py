"""Hours on the municipality's clock: each is one moment, or it is refused with the reason."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb.base.refusals import Reason
from pb.rounds.rules import closing_from_local, closing_to_local, from_local
from pb.rounds.values import TimeRefusal as Why

ZONE = "Europe/Amsterdam"
SPRING, AUTUMN = date(2020, 3, 29), date(2020, 10, 25)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("day", "hour", "found"),
    [
        (date(2020, 1, 15), time(10), utc(2020, 1, 15, 9)),
        (date(2020, 6, 15), time(10), utc(2020, 6, 15, 8)),
        (SPRING, time(1, 59), utc(2020, 3, 29, 0, 59)),
        (SPRING, time(2, 0), Why.DOES_NOT_EXIST(hour="02:00")),
        (SPRING, time(2, 30), Why.DOES_NOT_EXIST(hour="02:30")),
        (SPRING, time(2, 59), Why.DOES_NOT_EXIST(hour="02:59")),
        (SPRING, time(3, 0), utc(2020, 3, 29, 1, 0)),
        (AUTUMN, time(1, 59), utc(2020, 10, 24, 23, 59)),
        (AUTUMN, time(2, 0), Why.EXISTS_TWICE(hour="02:00")),
        (AUTUMN, time(2, 30), Why.EXISTS_TWICE(hour="02:30")),
        (AUTUMN, time(2, 59), Why.EXISTS_TWICE(hour="02:59")),
        (AUTUMN, time(3, 0), utc(2020, 10, 25, 2, 0)),
        (date(2020, 2, 29), time(0, 0), utc(2020, 2, 28, 23)),
    ],
)
def test_a_local_hour(day: date, hour: time, found: datetime | Reason) -> None:
    assert from_local(day, hour, ZONE) == found
    assert closing_from_local(day, hour, ZONE) == found


@pytest.mark.parametrize(
    ("day", "midnight"),
    [
        (date(2020, 6, 28), utc(2020, 6, 28, 22)),
        (date(2020, 12, 31), utc(2020, 12, 31, 23)),
        (date(2020, 3, 28), utc(2020, 3, 28, 23)),
        (SPRING, utc(2020, 3, 29, 22)),
        (AUTUMN, utc(2020, 10, 25, 23)),
        (date(2020, 2, 29), utc(2020, 2, 29, 23)),
    ],
)
def test_a_closing_at_2359_is_the_whole_last_day(day: date, midnight: datetime) -> None:
    closes = closing_from_local(day, time(23, 59), ZONE)
    assert closes == midnight
    shown = closing_to_local(midnight, ZONE)
    assert (shown.date(), shown.time()) == (day, time(23, 59))


def test_only_a_closing_means_the_whole_day() -> None:
    assert from_local(date(2020, 6, 28), time(23, 59), ZONE) == utc(2020, 6, 28, 21, 59)


@given(st.dates(date(2019, 1, 1), date(2030, 12, 31)), st.integers(0, 23), st.integers(0, 59))
def test_every_hour_that_is_taken_is_shown_as_it_was_typed(day: date, hour: int, minute: int) -> None:
    closes = closing_from_local(day, time(hour, minute), ZONE)
    if isinstance(closes, Reason):
        assert hour == 2 and day.month in (3, 10)
        return
    shown = closing_to_local(closes, ZONE)
    midnight = (day - timedelta(days=1), time(23, 59))
    assert (shown.date(), shown.time()) == (midnight if (hour, minute) == (0, 0) else (day, time(hour, minute)))


@pytest.mark.parametrize("zone", ["Europe/Brussels", "America/Curacao", "UTC"])
def test_other_zones(zone: str) -> None:
    found = from_local(AUTUMN, time(2, 30), zone)
    assert isinstance(found, datetime) is (zone != "Europe/Brussels")
