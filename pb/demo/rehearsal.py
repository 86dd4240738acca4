"""The worker's part of the demo: it plays everything up to the step that was asked for.

What was done already, by a try that was broken off or by a visitor who is an organiser for once, stays done.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pb.demo.player import Scene
from pb.demo.reads import state, steps_ahead, the_demo_round
from pb.demo.steps import PLAYS, length
from pb.demo.values import KIND, Step
from pb.office.jobs import handles, set_progress
from pb.office.values import JobRecord

EVERY = 20
"""Deeds between two reports of progress."""


@dataclass(slots=True)
class Tally:
    """How much of a job is done, told now and then."""

    job_id: int
    total: int
    done: int = 0

    def tick(self) -> None:
        """One deed more."""
        self.done += 1
        if self.done % EVERY == 0 or self.done == self.total:
            set_progress(self.job_id, self.done, self.total)


@handles(KIND)
def rehearse(job: JobRecord) -> None:
    """Play every step that is ahead, up to the one of the job. Raises `Refused` when a step cannot be finished."""
    ahead = _up_to(Step(job.payload["step"]), steps_ahead())
    tally = Tally(job.id, sum(length(step) for step in ahead))
    scene = Scene(the_demo_round().id, state().seed)
    for step in ahead:
        PLAYS[step](scene, tally.tick)


def _up_to(last: Step, ahead: Sequence[Step]) -> list[Step]:
    order = list(Step)
    return [step for step in ahead if order.index(step) <= order.index(last)]
