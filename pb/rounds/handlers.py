"""The deeds of this room that a second person confirmed."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from pb.rounds.acts import adopt_frame, amend_frame
from pb.rounds.events import deed_confirmed
from pb.rounds.values import RequestRecord, RoundRecord, TwoPersonDeed


def connect() -> None:
    """Listen; listening twice does no harm."""
    deed_confirmed.connect(_adopt, sender=TwoPersonDeed.ADOPT_FRAME)
    deed_confirmed.connect(_amend, sender=TwoPersonDeed.AMEND_FRAME)


def _adopt(_deed: Any, session: Session, round: RoundRecord, request: RequestRecord, now: datetime) -> None:
    adopt_frame(session, round, request, now)


def _amend(_deed: Any, session: Session, round: RoundRecord, request: RequestRecord, now: datetime) -> None:
    amend_frame(session, round, request, now)
