"""The worker: each job once, its progress and its end in words, taken up again when its worker died."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier, Event, Thread

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from pb.base.clock import host_now
from pb.base.refusals import Refused
from pb.base.transaction import transaction
from pb.extensions import db
from pb.office import jobs, worker
from pb.office.acts import queue_job, queue_mail
from pb.office.jobs import LEASE, Periodic, set_progress
from pb.office.reads import job, sent_mail
from pb.office.values import JobRecord, JobTrouble, OfficeRefusal


@pytest.fixture(autouse=True)
def no_other_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Registries of this test's own."""
    monkeypatch.setattr(worker, "HANDLERS", handlers := {})
    monkeypatch.setattr(jobs, "HANDLERS", handlers)
    monkeypatch.setattr(worker, "PERIODIC", [])


def queue(kind: str = "count", key: str | None = None) -> int:
    with transaction() as session:
        return queue_job(session, kind, {"round": 7}, key)


def the(job_id: int) -> JobRecord:
    found = job(job_id)
    assert found is not None
    return found


def test_a_job_is_carried_out_with_progress(app: Flask) -> None:
    seen: list[JobRecord] = []

    @jobs.handles("count")
    def count(work: JobRecord) -> None:
        seen.append(work)
        set_progress(work.id, 20, 40)

    number = queue()
    assert not the(number).ended and the(number).started_at is None
    assert worker.work_once() and not worker.work_once()
    done = the(number)
    assert (done.done, done.total, done.ended, done.trouble) == (20, 40, True, None)
    assert [dict(work.payload) for work in seen] == [{"round": 7}] and done.started_at == host_now()


def test_a_kind_has_one_function(app: Flask) -> None:
    jobs.handles("count")(set_progress)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="count"):
        jobs.handles("count")(the)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("raised", "trouble"),
    [(Refused(OfficeRefusal.NOT_A_PICTURE()), JobTrouble.REFUSED), (ZeroDivisionError(), JobTrouble.FAILED)],
)
def test_a_failure_is_recorded_in_words_and_the_worker_goes_on(
    app: Flask, caplog: pytest.LogCaptureFixture, raised: Exception, trouble: JobTrouble
) -> None:
    @jobs.handles("count")
    def fail(_work: JobRecord) -> None:
        raise raised

    @jobs.handles("other")
    def succeed(_work: JobRecord) -> None:
        pass

    first, second = queue(), queue("other")
    worker.work_once()
    worker.work_once()
    assert the(first).trouble is trouble and the(second).ended and the(second).trouble is None
    assert f"job {first} (count)" in caplog.text


def test_a_kind_that_nobody_handles_fails(app: Flask) -> None:
    number = queue("unknown")
    worker.work_once()
    assert the(number).trouble is JobTrouble.FAILED


def test_a_failure_inside_a_transaction_leaves_nothing_half(app: Flask) -> None:
    @jobs.handles("count")
    def fail(_work: JobRecord) -> None:
        with transaction() as session:
            queue_mail(session, "half@example.org", "", "")
            session.flush()
            raise LookupError

    queue()
    worker.work_once()
    worker.work_once()
    assert sent_mail() == ()


def test_the_same_work_is_not_queued_twice_at_once(app: Flask) -> None:
    jobs.handles("count")(lambda _work: None)
    queue(key="count:7")
    with pytest.raises(IntegrityError):
        queue(key="count:7")
    worker.work_once()
    assert the(queue(key="count:7")).started_at is None


def test_a_job_is_taken_by_one_worker(app: Flask) -> None:
    numbers = {queue() for _ in range(3)}
    barrier = Barrier(6)

    def take(_number: int) -> int | None:
        with app.app_context():
            barrier.wait()
            taken = worker.take_job()
            return taken.id if taken else None

    with ThreadPoolExecutor(6) as pool:
        taken = [number for number in pool.map(take, range(6)) if number is not None]
    assert len(taken) == len(set(taken)) and set(taken) <= numbers and taken


def test_a_job_whose_worker_died_is_taken_up_again(app: Flask, standing_clock: Callable[[datetime], None]) -> None:
    number = queue()
    assert worker.take_job() and worker.take_job() is None
    set_progress(number, 1, 9)
    standing_clock(host_now() + LEASE)
    assert worker.take_job() is None  # its progress said that it lives
    for _ in range(worker.MOST_TAKES - 1):
        standing_clock(host_now() + LEASE * 1.01)
        again = worker.take_job()
        assert again and again.id == number
    standing_clock(host_now() + LEASE * 1.01)
    assert worker.take_job() is None
    assert the(number).trouble is JobTrouble.WORKER_DIED


def test_what_is_due_runs_again_after_its_time(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    runs: list[str] = []

    def broken() -> None:
        raise LookupError

    worker.PERIODIC.extend([Periodic(60, broken), Periodic(60, lambda: runs.append("minute"))])
    last: dict[Periodic, float] = {}
    for now in (0.0, 59.0, 60.0, 61.0):
        worker.run_due(last, now)
    assert runs == ["minute", "minute"] and "broken" in caplog.text


def test_a_registered_function_is_known(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "PERIODIC", known := [])

    @jobs.every(60)
    def settle() -> None:
        pass

    assert known == [Periodic(60, settle)]


def test_the_worker_works_until_it_is_stopped(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    """Also when the database was away for a moment."""
    stop, worked, broke = Event(), Event(), Event()

    @jobs.handles("count")
    def count(_work: JobRecord) -> None:
        worked.set()

    def away() -> None:
        if not broke.is_set():
            broke.set()
            raise ConnectionError

    worker.PERIODIC.append(Periodic(0, away))
    queue()
    caplog.set_level(logging.CRITICAL)
    thread = Thread(target=worker.run_worker, args=(app, stop))
    thread.start()
    assert worked.wait(10) and broke.wait(10)
    stop.set()
    thread.join(10)
    db.session.rollback()
    assert not thread.is_alive()
