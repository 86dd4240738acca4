"""Queries about the office's own tables; they return frozen records and never write."""

import time

from flask import current_app
from sqlalchemy import ColumnElement, ScalarSelect, func, select
from sqlalchemy.orm import Session

from pb.extensions import db
from pb.office.models import AuditEntry, Job, Municipality, OutgoingMail, StoredFile
from pb.office.values import (
    MOST_TRIES,
    FileRecord,
    HistoryEntry,
    JobRecord,
    JobTrouble,
    MailRecord,
    MailTrouble,
    MunicipalityRecord,
)

_REMEMBERED = "pb.municipality"


def municipality() -> MunicipalityRecord | None:
    """Who runs this site, or `None` before it is set. Remembered for `REMEMBER_SECONDS`, so pages pay no statement for it."""
    kept: tuple[float, MunicipalityRecord] | None = current_app.extensions.get(_REMEMBERED)
    if kept and time.monotonic() < kept[0]:
        return kept[1]
    row = db.session.scalar(select(Municipality))
    if row is None:
        return None
    found = MunicipalityRecord(row.site_name, row.name, row.telephone, row.opening_hours, row.address, row.mail)
    current_app.extensions[_REMEMBERED] = (time.monotonic() + current_app.config["REMEMBER_SECONDS"], found)
    return found


def forget_municipality() -> None:
    """Let the next `municipality()` ask the database again."""
    current_app.extensions.pop(_REMEMBERED, None)


def history(subject: str, session: Session | None = None) -> tuple[HistoryEntry, ...]:
    """Every deed done to `subject` (`plan:12`), oldest first."""
    rows = (session or db.session).scalars(
        select(AuditEntry).where(AuditEntry.subject == subject).order_by(AuditEntry.at, AuditEntry.id)
    )
    return tuple(HistoryEntry(row.id, row.at, row.act, row.actor, row.facts) for row in rows)


def version_of(scope: int) -> int:
    """The version of everything that a round shows: it grows with every deed committed in that round.

    Deeds are counted; the newest number would not do, as PostgreSQL may commit a lower number after a higher one.
    """
    return db.session.scalar(select(version_column(scope))) or 0


def version_column(scope: int) -> ScalarSelect[int]:
    """`version_of` as a column, for a statement that reads what it is the version of."""
    return select(func.count()).where(AuditEntry.scope == scope).scalar_subquery()


def waiting_mail(limit: int = 100) -> tuple[MailRecord, ...]:
    """Mails that have not left, oldest first, also those that will not be tried again."""
    return _mails(OutgoingMail.sent_at.is_(None), OutgoingMail.id.asc(), limit)


def stuck_mail(limit: int = 100) -> tuple[MailRecord, ...]:
    """Mails that did not leave and will not be tried again, newest first; `trouble` says why."""
    return _mails(OutgoingMail.sent_at.is_(None) & (OutgoingMail.tries >= MOST_TRIES), OutgoingMail.id.desc(), limit)


def sent_mail(limit: int = 100) -> tuple[MailRecord, ...]:
    """Mails that left, newest first; what they said is kept in the mailbox of a demo only."""
    return _mails(OutgoingMail.sent_at.is_not(None), OutgoingMail.id.desc(), limit)


def job(job_id: int) -> JobRecord | None:
    """The job with this number."""
    row = db.session.get(Job, job_id, populate_existing=True)
    return job_record(row) if row else None


def job_under_way(key: str) -> JobRecord | None:
    """The job with this key that waits or runs; once it has ended it has no key any more."""
    row = db.session.scalar(select(Job).where(Job.key == key).execution_options(populate_existing=True))
    return job_record(row) if row else None


def job_record(row: Job) -> JobRecord:
    """A job as others see it."""
    trouble = JobTrouble(row.error) if row.error else None
    return JobRecord(
        row.id, row.kind, row.payload, row.queued_at, row.started_at, row.ended_at, row.done, row.total, trouble
    )


def stored_file(name: str, small: bool = False) -> FileRecord | None:
    """A stored file; `small` asks for its thumbnail and gives the whole where there is none."""
    content = func.coalesce(StoredFile.thumbnail, StoredFile.content) if small else StoredFile.content
    row = db.session.execute(
        select(StoredFile.name, StoredFile.media_type, content, StoredFile.width, StoredFile.height).where(
            StoredFile.name == name
        )
    ).one_or_none()
    return FileRecord(*row) if row else None


def _mails(condition: ColumnElement[bool], order: ColumnElement[int], limit: int) -> tuple[MailRecord, ...]:
    rows = db.session.scalars(select(OutgoingMail).where(condition).order_by(order).limit(limit))
    return tuple(mail_record(row) for row in rows)


def mail_record(row: OutgoingMail) -> MailRecord:
    """A mail as others see it."""
    trouble = MailTrouble(row.last_error) if row.last_error else None
    return MailRecord(
        row.id, row.recipient, row.locale, row.subject, row.body, row.queued_at, row.sent_at, row.tries, trouble
    )
