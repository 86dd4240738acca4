"""The frame: drafted by organisers, and adopted by a governing body whose decision two people record."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pb.base.refusals import Refused, refuse_if_any
from pb.base.transaction import transaction
from pb.office.acts import audit
from pb.rounds.acts.two_people import request_second_person
from pb.rounds.codec import decision_from_json, decision_to_json, frame_from_json, frame_to_json
from pb.rounds.models import DecisionRow, FrameVersion
from pb.rounds.reads import moment_of, newest_draft
from pb.rounds.rules import adoption_reasons, draft_reasons
from pb.rounds.values import (
    Decision,
    DecisionKind,
    Frame,
    FrameState,
    RequestRecord,
    RoundRecord,
    RoundRefusal,
    TwoPersonDeed,
)


def save_frame(round_id: int, frame: Frame, by: int | None) -> None:
    """Keep a draft, whole or not yet: it is judged when it is to be adopted. Raises `Refused` once the frame is frozen."""
    _save(round_id, by, lambda _: frame)


def change_frame(round_id: int, by: int, changes: Mapping[str, Any]) -> None:
    """Keep some fields of the draft and leave the others as they are now, also when someone else is writing them."""
    _save(round_id, by, lambda frame: replace(frame, **changes))


def _save(round_id: int, by: int | None, changed: Callable[[Frame], Frame]) -> None:
    with transaction() as session:
        round_, now = moment_of(session, round_id)
        refuse_if_any(draft_reasons(round_), status=409)
        draft = newest_draft(round_id, session)
        frame = changed(draft.frame if draft else round_.frame)
        number = _keep_draft(session, round_, frame, by, now)
        audit(session, "save_frame", f"round:{round_id}", at=now, actor=by, scope=round_id, version=number)


def _keep_draft(session: Session, round_: RoundRecord, frame: Frame, by: int | None, now: datetime) -> int:
    """Write over the newest draft; beside an adopted version a new one begins."""
    row = _draft_row(session, round_.id)
    if row is None:
        row = FrameVersion(round_id=round_.id, number=_next_number(session, round_.id), state=FrameState.DRAFT)
        session.add(row)
    row.content, row.saved_at, row.saved_by = frame_to_json(frame), now, by
    return row.number


def ask_adoption(round_id: int, decision: Decision, by: int) -> int:
    """Enter the decision by which a governing body adopted the draft; a second person confirms it. Gives the request.

    Raises `Refused` with every reason: a frame that cannot be, a decision that is not complete, no draft, frozen.
    """
    with transaction() as session:
        round_, now = moment_of(session, round_id)
        refuse_if_any(draft_reasons(round_), status=409)
        draft = newest_draft(round_id, session)
        if draft is None:
            raise Refused(RoundRefusal.NO_DRAFT(), status=409)
        refuse_if_any(adoption_reasons(draft.frame, decision, now))
        payload = {"version": draft.number, "frame": frame_to_json(draft.frame), "decision": decision_to_json(decision)}
        request_id = request_second_person(session, round_, TwoPersonDeed.ADOPT_FRAME, payload, by, now)
        audit(session, "ask_adoption", f"round:{round_id}", at=now, actor=by, scope=round_id, version=draft.number)
    return request_id


def adopt_frame(session: Session, round_: RoundRecord, request: RequestRecord, now: datetime) -> None:
    """The second person confirmed the decision: the draft holds. Raises `Refused` when it changed after the question."""
    refuse_if_any(draft_reasons(round_), status=409)
    row = _draft_row(session, round_.id)
    if row is None or (row.number, row.content) != (request.payload["version"], request.payload["frame"]):
        raise Refused(RoundRefusal.DRAFT_CHANGED(), status=409)
    decision = decision_from_json(request.payload["decision"])
    refuse_if_any(adoption_reasons(frame_from_json(row.content), decision, now))
    row.state, row.adopted_at = FrameState.ADOPTED, now
    record_decision(session, round_, DecisionKind.ADOPT_FRAME, decision, request, now, row.number)


def record_decision(
    session: Session,
    round_: RoundRecord,
    kind: DecisionKind,
    decision: Decision,
    request: RequestRecord,
    now: datetime,
    frame_version: int | None = None,
) -> int:
    """Keep a decision of a governing body and give its number; the confirmed `request` says which two people stand for it."""
    row = DecisionRow(
        round_id=round_.id,
        kind=kind,
        body=decision.body,
        taken_on=decision.date,
        number=decision.number,
        link=decision.link,
        entered_by=request.asked_by,
        confirmed_by=request.decided_by,
        recorded_at=now,
        frame_version=frame_version,
    )
    session.add(row)
    session.flush()
    audit(
        session, "record_decision", f"round:{round_.id}", at=now, actor=request.decided_by, scope=round_.id, kind=kind
    )
    return row.id


def _draft_row(session: Session, round_id: int) -> FrameVersion | None:
    newest = select(FrameVersion).where(FrameVersion.round_id == round_id).order_by(FrameVersion.number.desc()).limit(1)
    row = session.scalar(newest)
    return row if row is not None and row.state == FrameState.DRAFT else None


def _next_number(session: Session, round_id: int) -> int:
    return (session.scalar(select(func.max(FrameVersion.number)).where(FrameVersion.round_id == round_id)) or 0) + 1
