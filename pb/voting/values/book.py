"""What the site tells of the public log: how far it is and where a ballot stands in it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pb.voting.values.log import Head


class Found(StrEnum):
    """Where a ballot is, as its tracking code tells. The last two are told once the result is public."""

    IN_LOG = "in_log"
    NOT_YET = "not_yet"
    UNKNOWN = "unknown"
    COUNTED = "counted"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class Signed:
    """A head of the log as it is kept: `ballots` of its leaves are ballots, and `closes` is the closing that held then."""

    head: Head
    ballots: int
    closes: datetime


@dataclass(frozen=True, slots=True)
class CodeCount:
    """How many voting codes were issued, how many wait in reserve, and what the log says of them since."""

    issued: int
    spare: int
    activated: int
    revoked: int


@dataclass(frozen=True, slots=True)
class LogRecord:
    """The public log of a round: its name, the key that signs it, its newest heads first and how many there are.

    `last_batch` is when ballots were added last; `None` before the first.
    """

    origin: str
    key: str
    heads: tuple[Signed, ...]
    count: int
    last_batch: datetime | None
    codes: CodeCount
    closed: bool

    @property
    def ballots(self) -> int:
        """How many ballots the log holds."""
        return self.heads[0].ballots
