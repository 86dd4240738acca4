"""Queries about rounds; they return frozen records and never write."""

from datetime import timedelta

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, case, func, select
from sqlalchemy.orm import Session

from pb.base.access import Role
from pb.extensions import db
from pb.rounds.codec import frame_from_json
from pb.rounds.models import FrameVersion, Grant, Round
from pb.rounds.values import FrameState, RoundRecord


def round_by_slug(slug: str) -> RoundRecord | None:
    """The round at this address, in one statement."""
    return _one(Round.slug == slug)


def round_by_id(round_id: int, session: Session | None = None) -> RoundRecord | None:
    """The round with this number; acts hand their session on."""
    return _one(Round.id == round_id, session)


def all_rounds() -> tuple[RoundRecord, ...]:
    """Every round, newest first, in one statement."""
    rows = db.session.execute(_newest_frames().order_by(Round.created_at.desc(), Round.id.desc())).all()
    return tuple(_record(round_, version) for round_, version in rows)


def roles_of(person_id: int, round_id: int) -> frozenset[Role]:
    """The roles of a person in a round."""
    found = db.session.scalars(select(Grant.role).where(Grant.person_id == person_id, Grant.round_id == round_id))
    return frozenset(Role(role) for role in found)


def clock_offset(round_id: int) -> ScalarSelect[int]:
    """The seconds that a round's clock is ahead of the database's, as a column for a statement that reads more."""
    return select(Round.clock_offset).where(Round.id == round_id).scalar_subquery()


def _one(condition: ColumnElement[bool], session: Session | None = None) -> RoundRecord | None:
    row = (session or db.session).execute(_newest_frames().where(condition)).one_or_none()
    return _record(*row) if row else None


def _newest_frames() -> Select[Round, FrameVersion]:
    """Each round with the frame version that counts: the newest adopted one, or the newest draft while there is none."""
    adopted_first = case((FrameVersion.state == FrameState.ADOPTED, 1), else_=0)
    ranked = select(
        FrameVersion.id,
        func.row_number()
        .over(partition_by=FrameVersion.round_id, order_by=(adopted_first.desc(), FrameVersion.number.desc()))
        .label("place"),
    ).subquery()
    return (
        select(Round, FrameVersion)
        .join(FrameVersion, FrameVersion.round_id == Round.id)
        .join(ranked, and_(ranked.c.id == FrameVersion.id, ranked.c.place == 1))
    )


def _record(row: Round, version: FrameVersion) -> RoundRecord:
    frame = frame_from_json(version.content)
    return RoundRecord(
        id=row.id,
        public_id=row.public_id,
        slug=row.slug,
        name=frame.name,
        rehearsal=row.rehearsal,
        offset=timedelta(seconds=row.clock_offset),
        frame=frame,
        frame_version=version.number,
        adopted=version.state == FrameState.ADOPTED,
        frozen_at=row.frozen_at,
        sealed_at=row.sealed_at,
        published_at=row.published_at,
    )
