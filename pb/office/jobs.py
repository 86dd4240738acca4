"""What the worker does: registries of functions for queued jobs and of what is done every so many seconds.

    @handles("rehearse")
    def rehearse(job: JobRecord) -> None:
        set_progress(job.id, done=1, total=40)

    @every(60)
    def settle_closed_rounds() -> None: ...

Both run inside the application's context, outside any transaction; what they write goes through acts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import update

from pb.base.clock import host_now
from pb.base.transaction import transaction
from pb.office.models import Job
from pb.office.values import JobRecord

Handler = Callable[[JobRecord], None]
Task = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Periodic:
    """A function and how many seconds lie between two runs of it."""

    seconds: int
    run: Task


LEASE = timedelta(minutes=5)
"""How long a worker may be silent about a job before it is taken to be dead."""
HANDLERS: dict[str, Handler] = {}
PERIODIC: list[Periodic] = []


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Register the function that carries out jobs of this kind; a job that ran half may be handed to it again."""

    def register(function: Handler) -> Handler:
        if HANDLERS.setdefault(kind, function) is not function:
            raise ValueError(f"jobs of kind {kind!r} have a function already")
        return function

    return register


def every(seconds: int) -> Callable[[Task], Task]:
    """Register a function that the worker runs every so many seconds; it must not mind running twice."""

    def register(function: Task) -> Task:
        PERIODIC.append(Periodic(seconds, function))
        return function

    return register


def set_progress(job_id: int, done: int, total: int) -> None:
    """Keep how far a job is. Call it outside a transaction and more often than every `LEASE`: it says "I am alive"."""
    with transaction() as session:
        session.execute(
            update(Job).where(Job.id == job_id).values(done=done, total=total, lease_until=host_now() + LEASE)
        )
