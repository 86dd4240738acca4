"""The draw by hand of a round, and what waits for it."""

from sqlalchemy.orm import Session

from pb.base.refusals import Reason
from pb.voting.reads.log import notes_of
from pb.voting.reads.sealed import box_of, sealed_of
from pb.voting.rules import lot_drawn, waiting_draw_reasons
from pb.voting.values import LotDrawn


def hand_drawn(round_id: int, session: Session | None = None) -> LotDrawn | None:
    """The draw as it stands in the log; `None` before it, and in a round that has none."""
    box = box_of(round_id, session)
    return lot_drawn(notes_of(round_id, box.number, session)) if box else None


def missing_draw(round_id: int, session: Session | None = None) -> list[Reason]:
    """Why nothing is opened and counted once the vote is over: the frame asks for a draw that nobody entered yet."""
    box = box_of(round_id, session)
    if box is None or box.swept_at is None:
        return []
    return waiting_draw_reasons(sealed_of(box, session).manifest, hand_drawn(round_id, session))
