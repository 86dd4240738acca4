"""The worker: sends mail, carries out queued jobs and does what is due every so many seconds. One process beside the web."""

import logging
import time
from threading import Event

from flask import Flask
from sqlalchemy import ColumnElement, select, update

from pb.base.clock import host_now
from pb.base.refusals import Refused
from pb.base.transaction import transaction
from pb.extensions import db
from pb.office.jobs import HANDLERS, LEASE, PERIODIC, Periodic
from pb.office.models import Job
from pb.office.outbox import send_due
from pb.office.reads import job_record
from pb.office.values import JobRecord, JobTrouble

LOG = logging.getLogger("pb.worker")
REST = 0.5
"""Seconds between looks while there is nothing to do."""
MOST_TAKES = 3
"""So often a job is taken up; one that kills its worker must not do so for ever."""


def run_worker(app: Flask, stop: Event) -> None:
    """Work until `stop` is set; what is under way then is finished first."""
    last: dict[Periodic, float] = {}
    while not stop.is_set():
        with app.app_context():
            try:
                busy = work_once()
                run_due(last, time.monotonic())
            except Exception:  # the database may be away for a while: the worker outlives that
                LOG.exception("worker")
                busy = False
        if not busy:
            stop.wait(REST)


def work_once() -> bool:
    """Send due mail and carry out at most one job; say whether there was any work."""
    mails = send_due()
    job = take_job()
    if job is not None:
        carry_out(job)
    return bool(mails or job)


def run_due(last: dict[Periodic, float], now: float) -> None:
    """Run what is due every so many seconds; one failure does not keep the others from their turn."""
    for task in PERIODIC:
        if now - last.get(task, float("-inf")) < task.seconds:
            continue
        last[task] = now
        try:
            task.run()
        except Exception:
            LOG.exception("every %d seconds: %s", task.seconds, task.run.__name__)


def take_job() -> JobRecord | None:
    """The oldest job that waits, or whose worker died; it is this worker's until its lease ends."""
    if db.session.scalar(select(Job.id).where(_takeable()).limit(1)) is None:
        return None
    with transaction() as session:
        waiting = select(Job).where(_takeable()).order_by(Job.id).limit(1)
        row = session.scalar(waiting.with_for_update(skip_locked=True))
        if row is None:
            return None
        if row.tries >= MOST_TAKES:
            row.ended_at, row.key, row.error = host_now(), None, JobTrouble.WORKER_DIED
            return None
        row.tries += 1
        row.started_at = row.started_at or host_now()
        row.lease_until = host_now() + LEASE
        return job_record(row)


def _takeable() -> ColumnElement[bool]:
    return Job.ended_at.is_(None) & (Job.lease_until.is_(None) | (Job.lease_until < host_now()))


def carry_out(job: JobRecord) -> None:
    """Hand the job to its function and record how it ended; an exception is logged and recorded in words."""
    try:
        HANDLERS[job.kind](job)
    except Refused as refused:
        LOG.warning("job %d (%s): %s", job.id, job.kind, refused)
        _end(job, JobTrouble.REFUSED)
    except Exception:
        LOG.exception("job %d (%s)", job.id, job.kind)
        _end(job, JobTrouble.FAILED)
    else:
        _end(job, None)


def _end(job: JobRecord, trouble: JobTrouble | None) -> None:
    """The key becomes free, so that the same work may be queued again."""
    with transaction() as session:
        session.execute(update(Job).where(Job.id == job.id).values(ended_at=host_now(), key=None, error=trouble or ""))
