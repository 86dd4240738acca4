"""What the vote does when two people confirmed a deed, a frame was amended or time has passed."""

from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy.orm import Session

from pb.base.clock import host_now
from pb.base.refusals import Refused
from pb.office.jobs import every
from pb.rounds.events import deed_confirmed, frame_amended
from pb.rounds.values import RequestRecord, RoundRecord, TwoPersonDeed
from pb.voting.acts import close_vote, export_piles, move_close, seal_manifest, withdraw_from_ballot
from pb.voting.reads import due_to_close


@deed_confirmed.connect
def carry_out(
    deed: TwoPersonDeed, session: Session, round: RoundRecord, request: RequestRecord, now: datetime, **_: Any
) -> None:
    """Seal the manifest, take a plan off the ballot, or let the piles out."""
    if deed is TwoPersonDeed.SEAL_MANIFEST:
        seal_manifest(session, round, request.payload["digest"], request.decided_by)
    elif deed is TwoPersonDeed.EXPORT_PILES:
        export_piles(session, round, request.decided_by, now)
    elif deed is TwoPersonDeed.WITHDRAW_FROM_BALLOT:
        withdraw_from_ballot(session, round, request, now)


@frame_amended.connect
def follow_calendar(_: Any, session: Session, round: RoundRecord, now: datetime, **__: Any) -> None:
    """An extended closing holds for the box too."""
    move_close(session, round, now)


@every(60)
def close_due_votes() -> None:
    """Settle every vote whose closing has passed; one without its keys does not keep the others waiting."""
    for round_id in due_to_close(host_now()):
        try:
            close_vote(round_id)
        except Refused as refused:
            current_app.logger.error("close of round %s: %s", round_id, refused)
