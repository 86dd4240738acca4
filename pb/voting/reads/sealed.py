"""What was sealed and how far the vote is; what a cast finds under its locks."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import datetime, timedelta
from functools import cache
from operator import attrgetter
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session

from pb.base.clock import host_now, tells_time
from pb.base.refusals import Refused
from pb.base.transaction import one_row
from pb.extensions import UtcDateTime, db
from pb.plans.reads import submitted_plans
from pb.plans.values import PlanRecord
from pb.roll.reads import still_alive
from pb.rounds.reads import clock_offset, record_of, round_beside, round_by_id
from pb.rounds.values import RoundRecord
from pb.voting.models import (
    BallotBox,
    IdempotencyTag,
    ManifestRow,
)
from pb.voting.protocol import manifest_from_bytes, seal_sizes
from pb.voting.values import Box, Entitlement, Manifest, SealedManifest, SpentKind, Standing, VoteRefusal

_NAMES = tuple(field.name for field in fields(Box))
_COLUMNS = tuple(getattr(BallotBox, name).label(f"box_{name}") for name in _NAMES)
_values: Callable[[Any], tuple[Any, ...]] = attrgetter(*(column.name for column in _COLUMNS))
_BOX = select(*_COLUMNS).where(BallotBox.round_id == bindparam("round"))
_BESIDE = round_beside(BallotBox.round_id, _COLUMNS)
_DIGEST = select(BallotBox.digest).where(BallotBox.round_id == bindparam("round"))
_parsed: dict[bytes, SealedManifest] = {}
"""Manifests by their digest: a sealed one never changes, and every page of the vote needs it."""
_words: dict[bytes, Mapping[str, PlanRecord]] = {}
"""The plans of a sealed ballot by the manifest's digest: sealing fixes their words, so each process reads them once."""


def sealed_manifest(round_id: int, session: Session | None = None) -> SealedManifest | None:
    """The manifest that holds for a round's vote, or `None` while nobody sealed one; usually one small statement."""
    session = session or db.session()
    digest = session.connection().scalar(_DIGEST, {"round": round_id})
    return _manifest(digest, session) if digest else None


def sealed_of(box: Box, session: Session | None = None) -> SealedManifest:
    """The manifest that a box stands on; usually without a statement."""
    return _manifest(box.digest, session or db.session())


def _manifest(digest: bytes, session: Session) -> SealedManifest:
    if digest not in _parsed:
        row = session.execute(select(ManifestRow.number, ManifestRow.content).filter_by(digest=digest)).one()
        content = manifest_from_bytes(row.content)
        _parsed[digest] = SealedManifest(row.number, digest, content, seal_sizes(content))
    return _parsed[digest]


def ballot_words(box: Box) -> Mapping[str, PlanRecord]:
    """The plans of a sealed ballot with their words and pictures, by code; those fixed by the manifest never change."""
    if box.digest not in _words:
        sealed = {plan.code for plan in sealed_of(box).manifest.plans}
        plans = submitted_plans(box.round_id)
        _words[box.digest] = {plan.code: plan for plan in plans if plan.code in sealed}
    return _words[box.digest]


def manifest(round_id: int) -> Manifest | None:
    """What two people sealed for a round's vote, or `None`."""
    sealed = sealed_manifest(round_id)
    return sealed.manifest if sealed else None


def manifest_content(round_id: int) -> bytes | None:
    """The exact bytes of the manifest that holds, or `None`."""
    holds = select(BallotBox.digest).where(BallotBox.round_id == round_id).scalar_subquery()
    return db.session.scalar(select(ManifestRow.content).where(ManifestRow.digest == holds))


def box_of(round_id: int, session: Session | None = None) -> Box | None:
    """How far a round's vote is, or `None` while its manifest is not sealed."""
    row = one_row(session or db.session(), _BOX, round=round_id)
    return Box(*_values(row)) if row else None


def round_and_box(slug: str) -> tuple[RoundRecord, Box | None] | None:
    """The round at this address with how far its vote is, in one statement; `None` when there is none."""
    row = one_row(db.session(), _BESIDE, name=slug)
    return (record_of(row), Box(*_values(row)) if row.box_digest else None) if row else None


def the_box(round_id: int, session: Session | None = None) -> Box:
    """How far a sealed round's vote is. Raises `Refused` while its manifest is not sealed."""
    box = box_of(round_id, session)
    if box is None:
        raise Refused(VoteRefusal.NOT_SEALED(), status=409)
    return box


def standing_of(session: Session, round_id: int, idem: bytes, right: Entitlement) -> Standing:
    """The moment of the round's clock, its box, the tag of a vote and whether its right still counts, in one statement."""
    whole_entry = right.kind is not SpentKind.CODE
    asked: dict[str, Any] = {
        "round": round_id,
        "idem": idem,
        "h": right.credential,
        "slot": right.slot,
        "entry": whole_entry,
    }
    database_tells = tells_time(session)
    if not database_tells:
        asked["now"] = host_now()
    row = session.connection().execute(_standing(database_tells), asked).one()
    alive = right.alive and (row.alive or not right.credential)
    return Standing(row.now + timedelta(seconds=row.offset), Box(*_values(row)), row.same, alive)


@cache
def _standing(database_tells: bool) -> Select[Any]:
    """Made once, like every statement of a cast: making it costs more than sending it."""
    now = func.clock_timestamp(type_=UtcDateTime) if database_tells else bindparam("now", type_=UtcDateTime)
    tag = select(IdempotencyTag.same).where(
        IdempotencyTag.round_id == bindparam("round"), IdempotencyTag.tag == bindparam("idem")
    )
    offset = clock_offset(bindparam("round"))
    return _BOX.add_columns(
        now.label("now"), offset.label("offset"), tag.scalar_subquery().label("same"), still_alive().label("alive")
    )


def due_to_close(host: datetime) -> list[int]:
    """The rounds whose closing has passed on their own clock and that nobody settled; `host` is the moment in UTC."""
    open_boxes = db.session.scalars(select(BallotBox).where(BallotBox.closed_at.is_(None))).all()
    rounds = ((box, round_by_id(box.round_id)) for box in open_boxes)
    return [box.round_id for box, round_ in rounds if round_ and round_.now(host) >= box.closes]
