"""Everything that a record of the count tells, read from the rooms that know it."""

from datetime import datetime

from pb.base.access import Role
from pb.results.reads import outcome
from pb.results.record.values import CountRecord
from pb.rounds.reads import people_with
from pb.rounds.values import RoundRecord
from pb.voting.desk.reads import desk_count
from pb.voting.paper.reads import batch_counts, paper_keys
from pb.voting.reads import all_reports, box_of, hand_drawn, log_record, sealed_of, turnout
from pb.voting.rules import told_channels

PARTS = (Role.ORGANISER, Role.CLERK, Role.AUDITOR)
"""Who has a part in the count."""


def count_record(round_: RoundRecord, now: datetime) -> CountRecord | None:
    """The record as it is at this moment, or `None` while nothing is counted."""
    found, box, log = outcome(round_.id), box_of(round_.id), log_record(round_.id, 1)
    cast = turnout(round_.id)
    if found is None or box is None or log is None or cast is None:
        return None
    return CountRecord(
        round=round_,
        box=box,
        log=log,
        desk=desk_count(round_.id),
        batches=batch_counts(round_.id, paper_keys(box, sealed_of(box).manifest)),
        channels=told_channels(cast.channels),
        found=found,
        reports=all_reports(round_.id),
        drawn=hand_drawn(round_.id),
        people={role: tuple(one.public_name for one in people_with(round_.id, role)) for role in PARTS},
        made_at=now,
    )
