"""Queries about the vote; they return frozen records and never write."""

from datetime import datetime, timedelta

from sqlalchemy import select, type_coerce
from sqlalchemy.orm import Session

from pb.base.clock import clock_column
from pb.extensions import UtcDateTime, db
from pb.rounds.reads import clock_offset, round_by_id
from pb.voting.models import (
    BallotBox,
    IdempotencyTag,
    ManifestRow,
    OpenedBallotRow,
    SealedBallot,
    SpentRow,
    SpentTokenRow,
)
from pb.voting.opening import Piles, shuffled
from pb.voting.protocol import manifest_from_bytes, read_choices, seal_sizes
from pb.voting.values import Box, Manifest, Opened, OpenedBallot, SealedManifest, SpentToken, Standing, Turnout

_parsed: dict[bytes, SealedManifest] = {}
"""Manifests by their digest: a sealed one never changes, and every page of the vote needs it."""


def sealed_manifest(round_id: int, session: Session | None = None) -> SealedManifest | None:
    """The manifest that holds for a round's vote, or `None` while nobody sealed one; usually one small statement."""
    session = session or db.session()
    digest = session.scalar(select(BallotBox.digest).where(BallotBox.round_id == round_id))
    if digest is not None and digest not in _parsed:
        row = session.execute(select(ManifestRow.number, ManifestRow.content).filter_by(digest=digest)).one()
        content = manifest_from_bytes(row.content)
        _parsed[digest] = SealedManifest(row.number, digest, content, seal_sizes(content))
    return _parsed[digest] if digest else None


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
    row = (session or db.session).get(BallotBox, round_id, populate_existing=True)
    return _box(row) if row else None


def standing_of(session: Session, round_id: int, idem: bytes) -> Standing:
    """The moment of the round's clock, its box and the tag of a vote, in one statement."""
    tag = select(IdempotencyTag.same).where(IdempotencyTag.round_id == round_id, IdempotencyTag.tag == idem)
    row = session.execute(
        select(
            type_coerce(clock_column(session), UtcDateTime).label("now"),
            clock_offset(round_id).label("offset"),
            tag.scalar_subquery().label("same"),
            BallotBox,
        ).where(BallotBox.round_id == round_id)
    ).one()
    return Standing(row.now + timedelta(seconds=row.offset), _box(row.BallotBox), row.same)


def due_to_close(host: datetime) -> list[int]:
    """The rounds whose closing has passed on their own clock and that nobody settled; `host` is the moment in UTC."""
    open_boxes = db.session.scalars(select(BallotBox).where(BallotBox.closed_at.is_(None))).all()
    rounds = ((box, round_by_id(box.round_id)) for box in open_boxes)
    return [box.round_id for box, round_ in rounds if round_ and round_.now(host) >= box.closes]


def opened(round_id: int) -> Opened | None:
    """The opened piles of a round, or `None` before they are opened."""
    box = box_of(round_id)
    if box is None or box.opened_at is None:
        return None
    ballots = db.session.execute(
        select(
            OpenedBallotRow.style,
            OpenedBallotRow.channel,
            OpenedBallotRow.choices,
            OpenedBallotRow.nonce,
            OpenedBallotRow.commitment,
        )
        .where(OpenedBallotRow.round_id == round_id)
        .order_by(OpenedBallotRow.position)
    )
    spent = db.session.execute(
        select(SpentTokenRow.kind, SpentTokenRow.token, SpentTokenRow.style, SpentTokenRow.area)
        .where(SpentTokenRow.round_id == round_id)
        .order_by(SpentTokenRow.position)
    )
    return Opened(
        ballots=tuple(
            OpenedBallot(b.style, b.channel, read_choices(b.choices), b.nonce, b.commitment) for b in ballots
        ),
        spent=tuple(SpentToken(*row) for row in spent),
        withdrawn=box.withdrawn,
        seed=box.seed,
    )


def turnout(round_id: int) -> Turnout | None:
    """How many took part, or `None` while people vote: counts of a running vote are never shown.

    Per area from the opening of the piles on.
    """
    sealed, box = sealed_manifest(round_id), box_of(round_id)
    if sealed is None or box is None or box.closed_at is None:
        return None
    eligible = sealed.manifest.areas
    found = opened(round_id)
    per_area = found.by_area() if found else {}
    areas = {area: (per_area.get(area, 0), people) for area, people in eligible.items()} if found else {}
    return Turnout(box.ballots, sum(eligible.values()), areas)


def sealed_piles(round_id: int, sealed: SealedManifest, session: Session | None = None) -> Piles:
    """The sealed ballots and spent rows of a round, each newly shuffled and without their names."""
    session = session or db.session()
    ballots = session.scalars(select(SealedBallot.sealed).where(SealedBallot.round_id == round_id)).all()
    spent = session.scalars(select(SpentRow.sealed).where(SpentRow.round_id == round_id)).all()
    return Piles(sealed.manifest.round, sealed.digest.hex(), shuffled(ballots), shuffled(spent))


def _box(row: BallotBox) -> Box:
    return Box(
        round_id=row.round_id,
        number=row.number,
        digest=row.digest,
        opens=row.opens,
        closes=row.closes,
        withdrawn=tuple(row.withdrawn),
        closed_at=row.closed_at,
        ballots=row.ballots,
        spent=row.spent,
        seed=row.seed,
        exported_at=row.exported_at,
        opened_at=row.opened_at,
    )
