"""What this room does when a result is published or corrected: its winners become projects."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from pb.delivery.acts import begin_projects, follow_correction
from pb.results.events import result_corrected, result_published
from pb.rounds.values import RoundRecord


@result_published.connect
def _result_published(
    _sender: Any, session: Session, round: RoundRecord, winners: Sequence[int], now: datetime, **_facts: Any
) -> None:
    begin_projects(session, round, winners, now)


@result_corrected.connect
def _result_corrected(
    _sender: Any,
    session: Session,
    round: RoundRecord,
    winners: Sequence[int],
    reason: str,
    now: datetime,
    **_facts: Any,
) -> None:
    follow_correction(session, round, winners, reason, now)
