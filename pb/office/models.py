"""Tables that every round needs and that know nothing of rounds: audit, mail, jobs, files, throttle, the municipality."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from pb.extensions import Model


class AuditEntry(Model):
    """One deed. `scope` is the round's id where there is one: its newest entry is the version of all that the round shows."""

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    act: Mapped[str]
    actor: Mapped[int | None]
    scope: Mapped[int | None] = mapped_column(index=True)
    subject: Mapped[str] = mapped_column(index=True)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)


class OutgoingMail(Model):
    """A mail written in the transaction of a deed; the worker sends it after the commit."""

    __tablename__ = "outgoing_mail"

    id: Mapped[int] = mapped_column(primary_key=True)
    recipient: Mapped[str]
    locale: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    queued_at: Mapped[datetime]
    next_try_at: Mapped[datetime] = mapped_column(index=True)
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None] = mapped_column(index=True)
    last_error: Mapped[str] = mapped_column(default="")


class Job(Model):
    """Work for the worker. `key` is unique while the job waits or runs: the same work is never queued twice at once."""

    __tablename__ = "job"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str | None] = mapped_column(unique=True)
    kind: Mapped[str]
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    queued_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]
    """Until then it belongs to the worker that took it; afterwards that worker is taken to be dead."""
    tries: Mapped[int] = mapped_column(default=0)
    ended_at: Mapped[datetime | None] = mapped_column(index=True)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(default="")


class StoredFile(Model):
    """A file's bytes under its own random name; never under the name that somebody gave it."""

    __tablename__ = "stored_file"

    name: Mapped[str] = mapped_column(primary_key=True)
    media_type: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    thumbnail: Mapped[bytes | None] = mapped_column(LargeBinary)
    width: Mapped[int]
    height: Mapped[int]
    stored_at: Mapped[datetime]


class FailedAttempt(Model):
    """Failures counted under a keyed pseudonym of an address, never the address itself."""

    __tablename__ = "failed_attempt"

    bucket: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    failures: Mapped[int]
    last_at: Mapped[datetime]


class Municipality(Model):
    """The only row: who runs this site and how people reach them."""

    __tablename__ = "municipality"

    id: Mapped[int] = mapped_column(primary_key=True)
    site_name: Mapped[str]
    name: Mapped[str]
    telephone: Mapped[str]
    opening_hours: Mapped[str]
    address: Mapped[str]
    mail: Mapped[str]
