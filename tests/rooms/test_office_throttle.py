"""Waits grow with failures, are counted under pseudonyms that change daily, and are forgotten after a day."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select

from pb.base.clock import host_now
from pb.extensions import db
from pb.office.models import FailedAttempt
from pb.office.throttle import FREE, LONGEST, address_bucket, forget_old, note_failure, wait_seconds

Clock = Callable[[datetime], None]


def fail(bucket: bytes, times: int) -> None:
    for _ in range(times):
        note_failure(bucket)


def test_some_failures_are_free_and_then_waits_double(app: Flask) -> None:
    bucket = address_bucket("vote", "192.0.2.1")
    assert wait_seconds(bucket) == 0
    fail(bucket, FREE)
    waits = [wait_seconds(bucket)]
    for _ in range(12):
        note_failure(bucket)
        waits.append(wait_seconds(bucket))
    assert waits == [0, 2, 4, 8, 16, 32, 64, 128, 256, 512, LONGEST, LONGEST, LONGEST]


def test_a_wait_passes(app: Flask, standing_clock: Clock) -> None:
    bucket = address_bucket("vote", "192.0.2.1")
    fail(bucket, FREE + 3)
    standing_clock(host_now() + timedelta(seconds=3))
    assert wait_seconds(bucket) == 5
    standing_clock(host_now() + timedelta(seconds=5))
    assert wait_seconds(bucket) == 0


def test_never_a_hard_lock(app: Flask, standing_clock: Clock) -> None:
    bucket = address_bucket("vote", "192.0.2.1")
    fail(bucket, 60)
    assert wait_seconds(bucket) == LONGEST
    standing_clock(host_now() + timedelta(seconds=LONGEST))
    assert wait_seconds(bucket) == 0


def test_a_day_later_it_is_forgotten(app: Flask, standing_clock: Clock) -> None:
    bucket = address_bucket("vote", "192.0.2.1")
    fail(bucket, 20)
    forget_old()
    assert db.session.scalar(select(func.count()).select_from(FailedAttempt)) == 1
    standing_clock(host_now() + timedelta(days=1, seconds=1))
    note_failure(bucket)
    assert wait_seconds(bucket) == 0
    standing_clock(host_now() + timedelta(days=2))
    forget_old()
    assert db.session.scalar(select(func.count()).select_from(FailedAttempt)) == 0


def test_failures_at_once_are_all_counted(app: Flask) -> None:
    bucket = address_bucket("vote", "192.0.2.1")
    barrier = Barrier(8)

    def one(_number: int) -> None:
        with app.app_context():
            barrier.wait()
            note_failure(bucket)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(one, range(8)))
    assert db.session.scalar(select(FailedAttempt.failures)) == 8


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8:1:2::3", "2001:db8:1:2:ffff::4", True),
        ("2001:db8:1:2::3", "2001:db8:1:3::3", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
        ("fe80::1%eth0", "fe80::2%eth1", True),
        ("no address", "other", False),
    ],
)
def test_who_counts_as_one(app: Flask, one: str, other: str, same: bool) -> None:
    assert (address_bucket("vote", one) == address_bucket("vote", other)) is same


def test_an_address_missing_is_no_error(app: Flask) -> None:
    assert address_bucket("vote", None) == address_bucket("vote", "")


def test_a_bucket_says_nothing_and_changes(app: Flask, standing_clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    today = address_bucket("vote", "192.0.2.1")
    assert len(today) == 32 and b"192" not in today
    assert address_bucket("sign_in", "192.0.2.1") != today
    standing_clock(datetime(2020, 6, 11, 0, 0, tzinfo=UTC))
    assert address_bucket("vote", "192.0.2.1") != today
    standing_clock(datetime(2020, 6, 10, 23, 59, tzinfo=UTC))
    assert address_bucket("vote", "192.0.2.1") == today
    monkeypatch.setitem(app.config, "THROTTLE_KEY", "ab" * 32)
    assert address_bucket("vote", "192.0.2.1") != today
