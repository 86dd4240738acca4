"""When ballots go into the log: a grid, clock changes, and promises that hold in every history that hypothesis thinks of."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from pb.voting.rules import deadline_of, expected_by, is_batch_due
from pb.voting.rules.log import FEW, LEAD, MANY

ZONE = "Europe/Amsterdam"
OPENS, CLOSES = datetime(2020, 5, 27, 8, tzinfo=UTC), datetime(2020, 6, 28, 22, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NOON = datetime(2020, 6, 10, 10, tzinfo=UTC)
SEVEN = datetime(2020, 6, 10, 5, tzinfo=UTC)
"""Seven o'clock in Amsterdam."""
OWED = deadline_of(CLOSES)


@pytest.mark.parametrize(
    ("waiting", "now", "last", "owed", "due"),
    [
        (20, NOON, NOON - 10 * MINUTE, OWED, True),
        (20, NOON, NOON - 10 * MINUTE + timedelta(seconds=1), OWED, False),
        (19, NOON, NOON - DAY, OWED, False),
        (5, SEVEN, NOON - DAY, OWED, True),
        (4, SEVEN, NOON - DAY, OWED, False),
        (5, SEVEN - MINUTE, NOON - DAY, OWED, False),
        (5, SEVEN + HOUR - MINUTE, NOON - DAY, OWED, True),
        (5, SEVEN + HOUR, NOON - DAY, OWED, False),
        (19, SEVEN + MINUTE, SEVEN, OWED, False),
        (1, NOON, NOON - MINUTE, NOON + LEAD, True),
        (1, NOON, NOON - MINUTE, NOON + LEAD + MINUTE, False),
        (1, NOON, NOON - MINUTE, NOON - HOUR, True),
        (0, NOON, NOON - DAY, NOON, False),
    ],
)
def test_when_a_batch_is_due(waiting: int, now: datetime, last: datetime, owed: datetime, due: bool) -> None:
    assert is_batch_due(waiting, now, last, owed, ZONE) is due


@pytest.mark.parametrize(
    ("night", "seven"),
    [
        (datetime(2020, 3, 28, 12, tzinfo=UTC), datetime(2020, 3, 29, 5, tzinfo=UTC)),
        (datetime(2020, 10, 24, 12, tzinfo=UTC), datetime(2020, 10, 25, 6, tzinfo=UTC)),
    ],
    ids=["an hour is skipped", "an hour comes twice"],
)
def test_the_fixed_hour_in_the_night_of_a_clock_change(night: datetime, seven: datetime) -> None:
    closes = night + 30 * DAY
    assert expected_by(night, closes, ZONE) == seven
    assert not is_batch_due(FEW, seven - MINUTE, night, deadline_of(closes), ZONE)
    assert is_batch_due(FEW, seven, night, deadline_of(closes), ZONE)
    struck = [seven + minutes * MINUTE for minutes in range(-300, 300)]
    assert sum(is_batch_due(FEW, now, night, deadline_of(closes), ZONE) for now in struck) == 60, "one hour of that day"


@pytest.mark.parametrize(
    ("now", "closes", "expected"),
    [
        (NOON, CLOSES, SEVEN + DAY),
        (SEVEN - MINUTE, CLOSES, SEVEN),
        (SEVEN, CLOSES, SEVEN + DAY),
        (NOON, NOON + HOUR, NOON + HOUR),
    ],
)
def test_what_a_receipt_expects(now: datetime, closes: datetime, expected: datetime) -> None:
    assert expected_by(now, closes, ZONE) == expected


@dataclass
class Book:
    """A log as the worker keeps it: what waits with its promise, and what the last batch was made under."""

    last: datetime = OPENS
    under: datetime = CLOSES
    closes: datetime = CLOSES
    waiting: list[datetime] = field(default_factory=list)
    broken: list[tuple[datetime, datetime]] = field(default_factory=list)
    batches: list[tuple[datetime, int, datetime]] = field(default_factory=list)

    def cast(self, number: int) -> None:
        """So many people vote: each is promised the deadline of the closing that holds."""
        self.waiting += [deadline_of(self.closes)] * number

    def work(self, now: datetime) -> None:
        """The worker looks; from the close on, closing takes everything along."""
        owed = deadline_of(self.under)
        if now >= self.closes or is_batch_due(len(self.waiting), now, self.last, owed, ZONE):
            self.broken += [(promise, now) for promise in self.waiting if promise < now]
            if now < self.closes:
                self.batches.append((now, len(self.waiting), owed))
            self.waiting, self.last, self.under = [], now, self.closes


DEEDS = some.lists(
    some.tuples(
        some.integers(0, 40),  # votes
        some.integers(0, 3 * 24 * 60),  # minutes until the next
        some.sampled_from([0, 0, 0, 60, 24 * 60]),  # how much later two people let the vote close
        some.integers(1, 28),  # minutes between two looks of the worker
    ),
    max_size=40,
)


@given(deeds=DEEDS)
@settings(max_examples=100)
def test_no_promise_is_broken_and_no_batch_is_small_without_need(deeds: list[tuple[int, int, int, int]]) -> None:
    book, now = Book(), OPENS
    for cast, minutes, longer, pause in [*deeds, (1, 60 * 24 * 60, 0, 28)]:
        if now < book.closes:
            book.cast(cast)
            book.closes += timedelta(minutes=longer)
        until = now + timedelta(minutes=minutes)
        while now < until:
            now = min(until, now + timedelta(minutes=pause))
            book.work(now)
    assert now > book.closes and not book.waiting and not book.broken
    for moment, number, owed in book.batches:
        assert number >= MANY or number >= FEW or moment >= owed - LEAD, (moment, number)
