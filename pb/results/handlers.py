"""What this room does when two people confirmed a deed."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from pb.results.acts import adopt_result
from pb.results.corrections.acts import correct_result
from pb.rounds.events import deed_confirmed
from pb.rounds.values import RequestRecord, RoundRecord, TwoPersonDeed


def connect() -> None:
    """Listen; listening twice does no harm."""
    deed_confirmed.connect(_adopt, sender=TwoPersonDeed.ADOPT_RESULT)
    deed_confirmed.connect(_correct, sender=TwoPersonDeed.CORRECT_RESULT)


def _adopt(
    _sender: TwoPersonDeed, session: Session, round: RoundRecord, request: RequestRecord, now: datetime, **_: Any
) -> None:
    adopt_result(session, round, request, now)


def _correct(
    _sender: TwoPersonDeed, session: Session, round: RoundRecord, request: RequestRecord, now: datetime, **_: Any
) -> None:
    correct_result(session, round, request, now)
