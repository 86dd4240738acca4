"""What every act uses: the audit trail, the outbox, jobs and stored files; and the municipality's own settings."""

import secrets
from dataclasses import asdict
from datetime import datetime
from typing import IO, Any

from sqlalchemy.orm import Session

from pb.base.clock import host_now
from pb.base.transaction import transaction
from pb.office.models import AuditEntry, Job, Municipality, OutgoingMail, StoredFile
from pb.office.pictures import Picture, read_drawing, read_picture
from pb.office.reads import forget_municipality
from pb.office.values import NOBODYS, MunicipalityRecord


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
    """Put a mail in the outbox; it leaves after the commit. Subject and body are finished words (see `pb.office.mail`).

    Nothing is written to the invented people of `NOBODYS`.
    """
    if recipient.endswith(NOBODYS):
        return
    now = host_now()
    session.add(
        OutgoingMail(recipient=recipient, locale=locale, subject=subject, body=body, queued_at=now, next_try_at=now)
    )


def queue_job(session: Session, kind: str, payload: dict[str, Any], key: str | None = None) -> int:
    """Queue work for the worker and give its number.

    Raises `IntegrityError` while work with the same `key` waits or runs; once that has ended the key is free again.
    """
    job = Job(kind=kind, payload=payload, key=key, queued_at=host_now())
    session.add(job)
    session.flush()
    return job.id


def store_picture(stream: IO[bytes]) -> str:
    """Keep a picture that somebody sent, made safe, and give its name. Raises `Refused` with the reason about `picture`.

    A transaction of its own: decoding takes up to a second, which no deed should hold its lock for.
    """
    picture = read_picture(stream)
    name = secrets.token_hex(16)
    with transaction() as session:
        now = host_now()
        session.add(_file(name, picture, now))
        audit(session, "store_picture", f"file:{name}", at=now)
    return name


def store_drawing(session: Session, name: str, svg: str) -> None:
    """Keep a drawing of our own (never one that somebody sent) under `name`, in the place of an earlier one."""
    session.merge(_file(name, read_drawing(svg), host_now()))


def _file(name: str, picture: Picture, now: datetime) -> StoredFile:
    return StoredFile(
        name=name,
        media_type=picture.media_type,
        content=picture.content,
        thumbnail=picture.thumbnail,
        width=picture.width,
        height=picture.height,
        stored_at=now,
    )


def set_municipality(settings: MunicipalityRecord, by: int | None = None) -> None:
    """Say who runs this site. `by` is the administrator's number, `None` for a command."""
    with transaction() as session:
        session.merge(Municipality(id=1, **asdict(settings)))
        audit(session, "set_municipality", "municipality", at=host_now(), actor=by)
    forget_municipality()
