"""What a record of the count is made from: the numbers and deeds of a round's vote, without a word about any voter."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pb.base.access import Role
from pb.results.values import Outcome
from pb.rounds.values import RoundRecord
from pb.voting.desk.values import DeskCount
from pb.voting.paper.values import BatchCount
from pb.voting.values import Box, LogRecord, LotDrawn, ReportRecord


@dataclass(frozen=True, slots=True)
class CountRecord:
    """All of it. `channels` is empty where a channel has so few ballots that its number says something of a person.

    `drawn` is the draw by hand, where the frame asks for one. `people` has the public names of those with a part in the
    count, by role.
    """

    round: RoundRecord
    box: Box
    log: LogRecord
    desk: DeskCount
    batches: tuple[BatchCount, ...]
    channels: Mapping[str, int]
    found: Outcome
    reports: tuple[ReportRecord, ...]
    drawn: LotDrawn | None
    people: Mapping[Role, tuple[str, ...]]
    made_at: datetime
