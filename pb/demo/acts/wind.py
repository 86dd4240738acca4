"""Winding the round's clock on: the worker does it, since it takes up to a minute."""

from sqlalchemy.exc import IntegrityError

from pb.base.clock import host_now
from pb.base.transaction import transaction
from pb.demo.reads import the_demo_round
from pb.demo.values import KIND, Step
from pb.office.acts import audit, queue_job
from pb.office.reads import job_under_way


def wind(step: Step) -> int:
    """Queue the rehearsal of everything up to `step`, and give the job's number; while one runs that one's.

    Raises `Refused` (404) before the demo is loaded.
    """
    key = f"{KIND}:{the_demo_round().id}"
    try:
        with transaction() as session:
            job_id = queue_job(session, KIND, {"step": step.value}, key)
            audit(session, "wind", f"job:{job_id}", at=host_now(), step=step.value)
    except IntegrityError:
        running = job_under_way(key)
        return running.id if running else wind(step)
    return job_id
