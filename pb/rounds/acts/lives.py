"""The life of a round: it is made, frozen, sealed and published, and in a practice round its clock goes forward."""

import secrets
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from pb.base.access import Role
from pb.base.clock import database_now
from pb.base.refusals import Refused, refuse_if_any
from pb.base.transaction import transaction
from pb.office.acts import audit
from pb.rounds.codec import frame_to_json
from pb.rounds.models import FrameVersion, Grant, Round
from pb.rounds.presets import first_frame
from pb.rounds.reads import moment_of
from pb.rounds.rules import naming_reasons
from pb.rounds.values import Frame, FrameState, RoundRecord, RoundRefusal


def create_round(
    name: str,
    slug: str,
    by: int | None,
    *,
    frame: Frame | None = None,
    rehearsal: bool = False,
    starts: datetime | None = None,
) -> int:
    """Make a round with a first draft of its frame, and give its number; `by` becomes its organiser.

    `frame` is the draft where there is one already. A practice round's clock may start at any moment `starts` (UTC).
    Raises `Refused` for an address that is taken or cannot be one.
    """
    refuse_if_any(naming_reasons(name, slug))
    with transaction() as session:
        now = database_now(session)
        row = _new_row(session, slug, now, rehearsal, starts)
        drafted = frame or first_frame(name, now)
        _add_draft(session, row.id, drafted, by, now)
        if by is not None:
            session.add(Grant(round_id=row.id, person_id=by, role=Role.ORGANISER, granted_at=now))
        audit(session, "create_round", f"round:{row.id}", at=now, actor=by, scope=row.id, slug=slug)
    return row.id


def _new_row(session: Session, slug: str, now: datetime, rehearsal: bool, starts: datetime | None) -> Round:
    offset = ceil((starts - now).total_seconds()) if rehearsal and starts else 0
    row = Round(public_id=secrets.token_hex(16), slug=slug, rehearsal=rehearsal, clock_offset=offset, created_at=now)
    session.add(row)
    try:
        session.flush()
    except IntegrityError:
        raise Refused(RoundRefusal.SLUG_TAKEN(about="slug"), status=409) from None
    return row


def _add_draft(session: Session, round_id: int, frame: Frame, by: int | None, now: datetime) -> None:
    content = frame_to_json(frame)
    session.add(
        FrameVersion(round_id=round_id, number=1, state=FrameState.DRAFT, content=content, saved_at=now, saved_by=by)
    )


def freeze(session: Session, round_id: int, now: datetime) -> None:
    """The first plan was submitted: from now on the frame holds, and only amendments change it. Later calls do nothing."""
    fresh = update(Round).where(Round.id == round_id, Round.frozen_at.is_(None)).values(frozen_at=now)
    if session.execute(fresh).rowcount:  # type: ignore[attr-defined]  # an UPDATE answers with a CursorResult
        audit(session, "freeze", f"round:{round_id}", at=now, scope=round_id)


def mark_sealed(session: Session, round_: RoundRecord, now: datetime) -> None:
    """The manifest is sealed: costs, texts, rule and roll are fixed. A manifest that is sealed anew moves the mark."""
    session.execute(update(Round).where(Round.id == round_.id).values(sealed_at=now))
    audit(session, "mark_sealed", f"round:{round_.id}", at=now, scope=round_.id)


def mark_published(session: Session, round_: RoundRecord, now: datetime) -> None:
    """The result is public. What is published later, in its place, does not move the first moment."""
    fresh = update(Round).where(Round.id == round_.id, Round.published_at.is_(None)).values(published_at=now)
    session.execute(fresh)
    audit(session, "mark_published", f"round:{round_.id}", at=now, scope=round_.id)


def mark_corrected(session: Session, round_: RoundRecord, now: datetime) -> None:
    """The public result has a newer version: what pages remember of an older one is no longer asked for."""
    session.execute(update(Round).where(Round.id == round_.id).values(corrected_at=now))
    audit(session, "mark_corrected", f"round:{round_.id}", at=now, scope=round_.id)


def advance_clock(round_id: int, to: datetime) -> None:
    """Let a practice round's clock jump forward to the moment `to` (UTC).

    Raises `Refused` in a real round (403) and for a moment that is past on the round's own clock (409).
    """
    with transaction() as session:
        round_, now = moment_of(session, round_id)
        if not round_.rehearsal:
            raise Refused(RoundRefusal.REHEARSAL_ONLY(), status=403)
        if to < now:
            raise Refused(RoundRefusal.CLOCK_BACK(), status=409)
        # Whole seconds, rounded up: a phase that opens at `to` is open afterwards.
        offset = round_.offset + timedelta(seconds=ceil((to - now).total_seconds()))
        session.execute(update(Round).where(Round.id == round_id).values(clock_offset=int(offset.total_seconds())))
        audit(session, "advance_clock", f"round:{round_id}", at=to, scope=round_id)
