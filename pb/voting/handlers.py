"""What the vote does when two people confirmed a deed, a frame was amended or time has passed."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy.orm import Session

from pb.base.clock import host_now
from pb.base.refusals import Refused
from pb.office.jobs import every
from pb.rounds.events import deed_confirmed, frame_amended
from pb.rounds.values import RequestRecord, RoundRecord, TwoPersonDeed
from pb.voting.acts import (
    activate_code,
    close_vote,
    enter_draw,
    export_piles,
    log_waiting_ballots,
    move_close,
    reissue_code,
    revoke_code,
    seal_manifest,
    withdraw_from_ballot,
)
from pb.voting.custody.acts import destroy_keys
from pb.voting.reads import due_for_a_batch, due_to_close

_DEEDS: dict[TwoPersonDeed, Callable[[Session, RoundRecord, RequestRecord, datetime], None]] = {
    TwoPersonDeed.SEAL_MANIFEST: seal_manifest,
    TwoPersonDeed.ENTER_DRAW: enter_draw,
    TwoPersonDeed.EXPORT_PILES: export_piles,
    TwoPersonDeed.WITHDRAW_FROM_BALLOT: withdraw_from_ballot,
    TwoPersonDeed.REISSUE_CODE: reissue_code,
    TwoPersonDeed.ACTIVATE_CODE: activate_code,
    TwoPersonDeed.REVOKE_CODE: revoke_code,
    TwoPersonDeed.DESTROY_KEYS: destroy_keys,
}
"""The deeds of this room, once two people agree."""


@deed_confirmed.connect
def carry_out(
    deed: TwoPersonDeed, session: Session, round: RoundRecord, request: RequestRecord, now: datetime, **_: Any
) -> None:
    """Do what was confirmed, where it is a deed of this room."""
    if deed in _DEEDS:
        _DEEDS[deed](session, round, request, now)


@frame_amended.connect
def follow_calendar(_: Any, session: Session, round: RoundRecord, reason: str, now: datetime, **__: Any) -> None:
    """An extended closing holds for the box too."""
    move_close(session, round, reason, now)


@every(60)
def close_due_votes() -> None:
    """Settle every vote whose closing has passed."""
    _for_each(due_to_close(host_now()), close_vote)


@every(60)
def log_due_ballots() -> None:
    """Put ballots into the log of every round in which a batch is due."""
    _for_each(due_for_a_batch(host_now()), log_waiting_ballots)


def _for_each(rounds: Iterable[int], deed: Callable[[int], object]) -> None:
    """Do it for each round; one without its keys does not keep the others waiting."""
    for round_id in rounds:
        try:
            deed(round_id)
        except Refused as refused:
            current_app.logger.error("round %s: %s", round_id, refused)
