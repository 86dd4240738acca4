"""What other rooms see of the office: the municipality, deeds done, mails, jobs and stored files."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from pb.base.refusals import Refusal

NOBODYS = "@nobody.example.org"
"""Ends the addresses of invented people who do deeds in an imported rehearsal: no mail is written to them."""
MOST_TRIES = 8
"""So often a mail is tried, over about four hours; after that only a person can help."""


class OfficeRefusal(Refusal):
    """Why the office says no."""

    NOT_A_PICTURE = "picture.not_a_picture"
    MOVING_PICTURE = "picture.moving"
    PICTURE_TOO_LARGE = "picture.too_large"
    TOO_MANY_TRIES = "throttle.too_many_tries"


class MailTrouble(StrEnum):
    """Why a mail did not leave; the value is its message key."""

    UNREACHABLE = "mail.trouble.unreachable"
    NOT_NOW = "mail.trouble.not_now"
    REFUSED = "mail.trouble.refused"
    NOT_A_MAIL = "mail.trouble.not_a_mail"


class JobTrouble(StrEnum):
    """Why a job did not end well; the value is its message key."""

    FAILED = "job.trouble.failed"
    REFUSED = "job.trouble.refused"
    WORKER_DIED = "job.trouble.worker_died"


@dataclass(frozen=True, slots=True)
class MunicipalityRecord:
    """Who runs this site and how people reach them."""

    site_name: str
    name: str
    telephone: str
    opening_hours: str
    address: str
    mail: str


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One deed. `actor` is a person's number, `None` for the software itself; `facts` may be shown to everyone."""

    id: int
    at: datetime
    act: str
    actor: int | None
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class MailRecord:
    """A mail in the outbox, or one that left. `trouble` says why the last try failed."""

    id: int
    recipient: str
    locale: str
    subject: str
    body: str
    queued_at: datetime
    sent_at: datetime | None
    tries: int
    trouble: MailTrouble | None


@dataclass(frozen=True, slots=True)
class JobRecord:
    """Work for the worker: `done` of `total` steps; `trouble` where it ended badly."""

    id: int
    kind: str
    payload: Mapping[str, Any]
    queued_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    done: int
    total: int
    trouble: JobTrouble | None

    @property
    def ended(self) -> bool:
        """Whether it is over, well or badly."""
        return self.ended_at is not None


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A stored file's bytes as they are served; width and height in pixels of the large one."""

    name: str
    media_type: str
    content: bytes
    width: int
    height: int
