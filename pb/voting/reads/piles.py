"""The two piles: sealed until they are exported, opened afterwards, and the turnout that follows from them."""

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from pb.extensions import db
from pb.voting.models import OpenedBallotRow, SealedBallot, SpentRow, SpentTokenRow
from pb.voting.opening import Piles, shuffled
from pb.voting.protocol import MARK_BYTES, read_choices
from pb.voting.reads.log import notes_of
from pb.voting.reads.sealed import box_of, sealed_of
from pb.voting.rules import lot_drawn, people_per_area
from pb.voting.values import Opened, OpenedBallot, SealedManifest, SpentToken, Turnout


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
    drawn = lot_drawn(notes_of(round_id, box.number))
    return Opened(
        ballots=tuple(
            OpenedBallot(b.style, b.channel, read_choices(b.choices), b.nonce, b.commitment) for b in ballots
        ),
        spent=tuple(SpentToken(*row) for row in spent),
        withdrawn=tuple(sorted(box.withdrawn)),
        seed=box.seed,
        drawn=drawn.order if drawn else (),
    )


def turnout(round_id: int) -> Turnout | None:
    """How many took part, or `None` while people vote: counts of a running vote are never shown.

    Per area from the opening of the piles on.
    """
    box = box_of(round_id)
    if box is None or box.closed_at is None:
        return None
    eligible = people_per_area(sealed_of(box).manifest, notes_of(round_id, box.number))
    if box.opened_at is None:
        return Turnout(box.ballots, sum(eligible.values()), {})
    voted = _counts(SpentTokenRow.area, SpentTokenRow.round_id == round_id)
    areas = {area: (voted.get(area, 0), people) for area, people in eligible.items()}
    styles = _counts(OpenedBallotRow.style, OpenedBallotRow.round_id == round_id)
    channels = _counts(OpenedBallotRow.channel, OpenedBallotRow.round_id == round_id)
    return Turnout(box.ballots, sum(eligible.values()), areas, styles, channels)


def _counts(column: InstrumentedAttribute[str], condition: ColumnElement[bool]) -> dict[str, int]:
    """How many rows there are of each value."""
    rows = db.session.execute(select(column, func.count()).where(condition).group_by(column))
    return {row[0]: row[1] for row in rows}


def sealed_piles(round_id: int, sealed: SealedManifest, session: Session | None = None) -> Piles:
    """The sealed ballots and spent rows of a round, each newly shuffled and without their names."""
    session = session or db.session()
    ballots = session.scalars(select(SealedBallot.sealed).where(SealedBallot.round_id == round_id)).all()
    spent = session.scalars(select(SpentRow.sealed).where(SpentRow.round_id == round_id)).all()
    unmarked = [row[MARK_BYTES:] for row in spent]
    return Piles(sealed.manifest.round, sealed.digest.hex(), shuffled(ballots), shuffled(unmarked))
