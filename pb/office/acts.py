"""What every act uses: the audit trail and the outbox. Both write in the transaction of the deed."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from pb.base.clock import host_now
from pb.office.models import AuditEntry, Job, OutgoingMail


def audit(
    session: Session,
    act: str,
    subject: str,
    *,
    at: datetime,
    actor: int | None = None,
    scope: int | None = None,
    **facts: Any,
) -> None:
    """Record a deed: `act` is its function's name, `subject` what it was done to (`plan:12`), `scope` the round's id.

    Facts are plain JSON values and may become public with the subject's history: no addresses, no secrets.
    """
    session.add(AuditEntry(at=at, act=act, actor=actor, scope=scope, subject=subject, facts=facts))


def queue_mail(session: Session, recipient: str, subject: str, body: str, locale: str = "nl") -> None:
    """Put a mail in the outbox; it leaves after the commit. Subject and body are finished words (see `pb.office.mail`)."""
    now = host_now()
    session.add(
        OutgoingMail(recipient=recipient, locale=locale, subject=subject, body=body, queued_at=now, next_try_at=now)
    )


def queue_job(session: Session, kind: str, payload: dict[str, Any], key: str | None = None) -> int:
    """Queue work for the worker and give its number. The unique `key` refuses the same work twice (IntegrityError)."""
    job = Job(kind=kind, payload=payload, key=key, queued_at=host_now())
    session.add(job)
    session.flush()
    return job.id
