"""What the vote does when two people confirmed a deed, a frame was amended or time has passed."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import Any

from flask import current_app
from sqlalchemy.orm import Session

from pb.base.clock import host_now
from pb.base.refusals import Refused
from pb.extensions import db
from pb.office.jobs import every, handles, set_progress
from pb.office.values import JobRecord
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
    settle_soon,
    withdraw_from_ballot,
)
from pb.voting.custody.acts import destroy_keys
from pb.voting.log.progress import through_parts
from pb.voting.reads import due_for_a_batch, due_to_close
from pb.voting.rules import SETTLING

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
    """Have every vote settled whose closing has passed."""
    _for_each(due_to_close(host_now()), settle_soon)


@handles(SETTLING)
def settle(job: JobRecord) -> None:
    """Settle a vote, and say how far that is."""
    close_vote(job.payload["round"], progress=through_parts(partial(_say, job.id)))


def _say(job_id: int, done: int, total: int) -> None:
    """In a transaction beside the settling's. On SQLite only one can write, so nothing is said there."""
    if db.engine.dialect.name == "postgresql":
        with current_app.app_context():
            set_progress(job_id, done, total)


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
