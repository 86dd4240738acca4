"""The worker's settling of a vote, while it waits or goes on."""

from pb.office.reads import job_under_way
from pb.office.values import JobRecord
from pb.voting.rules import settling_key


def settling_of(round_id: int) -> JobRecord | None:
    """The job that settles a round's vote, or `None` where none waits or runs."""
    return job_under_way(settling_key(round_id))
