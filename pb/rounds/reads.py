"""Queries about rounds; they return frozen records and never write."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Row,
    ScalarSelect,
    Select,
    Text,
    bindparam,
    case,
    cast,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from pb.base.access import Role
from pb.base.clock import database_now, host_now
from pb.base.transaction import one_row
from pb.extensions import db
from pb.people.reads import person_by_id
from pb.people.values import PersonRecord
from pb.rounds.codec import frame_from_json, frame_from_text
from pb.rounds.models import DecisionRow, FrameVersion, Grant, QuestionRow, Round, TwoPersonRequest
from pb.rounds.values import (
    Decision,
    DecisionKind,
    DecisionRecord,
    FrameState,
    Question,
    RequestRecord,
    RoundRecord,
    TwoPersonDeed,
    VersionRecord,
)


def round_by_slug(slug: str) -> RoundRecord | None:
    """The round at this address, in one statement."""
    return _one(_BY_SLUG, slug)


def round_by_id(round_id: int, session: Session | None = None) -> RoundRecord | None:
    """The round with this number; acts hand their session on."""
    return _one(_BY_NUMBER, round_id, session)


def all_rounds() -> tuple[RoundRecord, ...]:
    """Every round, newest first, in one statement."""
    rows = db.session.execute(_newest_frames().order_by(Round.created_at.desc(), Round.id.desc())).all()
    return tuple(record_of(row) for row in rows)


def moment_of(session: Session, round_id: int) -> tuple[RoundRecord, datetime]:
    """The round and its own moment in UTC, for an act. Raises `NoResultFound` for a number that is no round's.

    Locks the round's row first, so that deeds in one round follow each other (on SQLite all writers do): what was
    sealed, frozen or amended a moment ago is seen. Foreign keys to the round do not wait. Casting a vote never comes
    here: a lock on a row in the clear would leave a trace beside the ballot.
    """
    session.execute(select(Round.id).where(Round.id == round_id).with_for_update(key_share=True)).one()
    round_ = record_of(session.execute(_newest_frames().where(Round.id == round_id)).one())
    return round_, round_.now(database_now(session))


def now_of(round_: RoundRecord) -> datetime:
    """The round's own moment in UTC for a page: by the host's clock, which costs no statement."""
    return round_.now(host_now())


def roles_of(person_id: int, round_id: int) -> frozenset[Role]:
    """The roles of a person in a round."""
    found = db.session.scalars(select(Grant.role).where(Grant.person_id == person_id, Grant.round_id == round_id))
    return frozenset(Role(role) for role in found)


def rounds_of(person_id: int) -> dict[int, frozenset[Role]]:
    """The roles that a person has, by round."""
    rows = db.session.execute(select(Grant.round_id, Grant.role).where(Grant.person_id == person_id))
    found: dict[int, frozenset[Role]] = {}
    for round_id, role in rows:
        found[round_id] = found.get(round_id, frozenset()) | {Role(role)}
    return found


def people_with(round_id: int, role: Role, session: Session | None = None) -> tuple[PersonRecord, ...]:
    """Everyone who has this role in the round, in the order in which they got it."""
    wanted = select(Grant.person_id).where(Grant.round_id == round_id, Grant.role == role).order_by(Grant.id)
    ids = (session or db.session).scalars(wanted).all()
    return tuple(person for number in ids if (person := person_by_id(number, session)))


def clock_offset(round_id: int | BindParameter[int]) -> ScalarSelect[int]:
    """The seconds that a round's clock is ahead of the database's, as a column for a statement that reads more."""
    return select(Round.clock_offset).where(Round.id == round_id).scalar_subquery()


def decisions_of(round_id: int) -> tuple[DecisionRecord, ...]:
    """What governing bodies decided about this round, oldest first."""
    rows = db.session.scalars(select(DecisionRow).where(DecisionRow.round_id == round_id).order_by(DecisionRow.id))
    return tuple(_decision(row) for row in rows)


def open_requests(round_id: int, session: Session | None = None) -> tuple[RequestRecord, ...]:
    """The deeds that wait for a second person, oldest first."""
    return tuple(one for one in all_requests(round_id, session) if one.open)


def all_requests(round_id: int, session: Session | None = None) -> tuple[RequestRecord, ...]:
    """Every deed that a second person was asked for in this round, oldest first; there are a handful."""
    wanted = select(TwoPersonRequest).where(TwoPersonRequest.round_id == round_id).order_by(TwoPersonRequest.id)
    return tuple(request_record(row) for row in (session or db.session).scalars(wanted))


def frame_history(round_id: int) -> tuple[VersionRecord, ...]:
    """Every adopted version of the frame, oldest first."""
    return _versions(FrameVersion.round_id == round_id, FrameVersion.state == FrameState.ADOPTED)


def frame_version(round_id: int, number: int, session: Session | None = None) -> VersionRecord | None:
    """One version of the frame."""
    found = _versions(FrameVersion.round_id == round_id, FrameVersion.number == number, session=session)
    return found[0] if found else None


def newest_draft(round_id: int, session: Session | None = None) -> VersionRecord | None:
    """The draft that is being written, or `None` when the newest version is adopted."""
    versions = _versions(FrameVersion.round_id == round_id, session=session)
    return versions[-1] if versions and versions[-1].state is FrameState.DRAFT else None


def questions(round_id: int, locale: str) -> dict[str, Question]:
    """The municipality's own words on *Vragen en hulp* in this language, by the question's code."""
    rows = db.session.scalars(select(QuestionRow).where(QuestionRow.round_id == round_id, QuestionRow.locale == locale))
    return {row.code: Question(row.question, row.answer) for row in rows}


def request_record(row: TwoPersonRequest) -> RequestRecord:
    """A request as others see it."""
    return RequestRecord(
        row.id,
        row.round_id,
        TwoPersonDeed(row.deed),
        row.payload,
        row.asked_by,
        row.asked_at,
        row.decided_by,
        row.decided_at,
        row.confirmed,
    )


def round_beside(round_id: InstrumentedAttribute[int], columns: Sequence[ColumnElement[Any]]) -> Select[Any]:
    """The round at the address `name` with columns of another room's table, all empty where it has no row for the round.

    `round_id` is the column that points to the round. Made once by who needs it; `record_of` reads the round in a row.
    """
    by_slug = _newest_frames(*columns).where(Round.slug == bindparam("name"))
    return by_slug.outerjoin(round_id.class_, round_id == Round.id)


def _one(asked: Select[Any], name: str | int, session: Session | None = None) -> RoundRecord | None:
    row = one_row(session or db.session(), asked, name=name)
    return record_of(row) if row else None


def _newest_frames(*beside: ColumnElement[Any]) -> Select[Any]:
    """Each round with the frame version that counts: the newest adopted one, or the newest draft while there is none."""
    other = aliased(FrameVersion)
    adopted_first = case((other.state == FrameState.ADOPTED, 1), else_=0)
    newest = (
        select(other.id)
        .where(other.round_id == Round.id)
        .order_by(adopted_first.desc(), other.number.desc())
        .limit(1)
        .correlate(Round)
        .scalar_subquery()
    )
    columns: tuple[Any, ...] = (
        Round.id,
        Round.public_id,
        Round.slug,
        Round.rehearsal,
        Round.clock_offset,
        Round.frozen_at,
        Round.sealed_at,
        Round.published_at,
        Round.corrected_at,
        FrameVersion.number,
        FrameVersion.state,
        cast(FrameVersion.content, Text).label("content"),
    )
    return select(*columns, *beside).select_from(Round).join(FrameVersion, FrameVersion.id == newest)


_BY_SLUG = _newest_frames().where(Round.slug == bindparam("name"))
_BY_NUMBER = _newest_frames().where(Round.id == bindparam("name"))
"""Made once: every page of a round asks, and making a statement costs more than sending it."""


def record_of(row: Row[Any]) -> RoundRecord:
    """The round in a row of `round_beside`."""
    frame = frame_from_text(row.content)
    return RoundRecord(
        id=row.id,
        public_id=row.public_id,
        slug=row.slug,
        name=frame.name,
        rehearsal=row.rehearsal,
        offset=timedelta(seconds=row.clock_offset),
        frame=frame,
        frame_version=row.number,
        adopted=row.state == FrameState.ADOPTED,
        frozen_at=row.frozen_at,
        sealed_at=row.sealed_at,
        published_at=row.published_at,
        corrected_at=row.corrected_at,
    )


def _versions(*conditions: ColumnElement[bool], session: Session | None = None) -> tuple[VersionRecord, ...]:
    rows = (session or db.session).scalars(select(FrameVersion).where(*conditions).order_by(FrameVersion.number))
    return tuple(
        VersionRecord(
            row.number, FrameState(row.state), frame_from_json(row.content), row.reason, row.saved_at, row.adopted_at
        )
        for row in rows
    )


def _decision(row: DecisionRow) -> DecisionRecord:
    decision = Decision(row.body, row.taken_on, row.number, row.link)
    return DecisionRecord(row.id, DecisionKind(row.kind), decision, row.frame_version, row.recorded_at)
