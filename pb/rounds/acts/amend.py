"""Amendments: what changes under an adopted frame, with a reason, by two people, in public."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from pb.base.refusals import Refused, refuse_if_any
from pb.base.text import clean_text
from pb.base.transaction import transaction
from pb.office.acts import audit
from pb.rounds.acts.two_people import request_second_person
from pb.rounds.codec import frame_from_json, frame_to_json
from pb.rounds.events import frame_amended
from pb.rounds.models import FrameVersion
from pb.rounds.reads import moment_of, round_by_id
from pb.rounds.rules import amendment_reasons
from pb.rounds.values import Calendar, FrameState, RequestRecord, RoundRecord, RoundRefusal, TwoPersonDeed


def ask_amendment(round_id: int, calendar: Calendar, reason: str, by: int) -> int:
    """Ask a second person to let moments of the calendar move; gives the request. Raises `Refused` with every reason."""
    written = clean_text(reason)
    with transaction() as session:
        round_, now = moment_of(session, round_id)
        refuse_if_any(amendment_reasons(round_, calendar, written, now))
        frame = replace(round_.frame, calendar=calendar)
        payload = {"version": round_.frame_version, "frame": frame_to_json(frame), "reason": written}
        request_id = request_second_person(session, round_, TwoPersonDeed.AMEND_FRAME, payload, by, now)
        audit(session, "ask_amendment", f"round:{round_id}", at=now, actor=by, scope=round_id)
    return request_id


def amend_frame(session: Session, round_: RoundRecord, request: RequestRecord, now: datetime) -> None:
    """The second person confirmed: the newer version holds from now on, and the other rooms are told.

    Raises `Refused` when another version came in between, or when a moment that would move has passed meanwhile.
    """
    frame, reason = frame_from_json(dict(request.payload["frame"])), str(request.payload["reason"])
    if request.payload["version"] != round_.frame_version:
        raise Refused(RoundRefusal.DRAFT_CHANGED(), status=409)
    refuse_if_any(amendment_reasons(round_, frame.calendar, reason, now), status=409)
    session.add(
        FrameVersion(
            round_id=round_.id,
            number=round_.frame_version + 1,
            state=FrameState.ADOPTED,
            content=frame_to_json(frame),
            reason=reason,
            saved_at=now,
            saved_by=request.asked_by,
            adopted_at=now,
        )
    )
    session.flush()
    audit(
        session, "amend_frame", f"round:{round_.id}", at=now, actor=request.decided_by, scope=round_.id, reason=reason
    )
    frame_amended.send(None, session=session, round=round_by_id(round_.id, session), reason=reason, now=now)
