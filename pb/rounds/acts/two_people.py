"""Two people for what cannot be undone: one asks, with everything that the other confirms, and the other decides."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from pb.base.refusals import Refused, refuse_if_any
from pb.base.transaction import transaction
from pb.office.acts import audit
from pb.rounds.events import deed_confirmed
from pb.rounds.models import TwoPersonRequest
from pb.rounds.reads import moment_of, open_requests, request_record, roles_of
from pb.rounds.rules import asking_reasons, confirming_reasons, refusing_reasons
from pb.rounds.values import RequestRecord, RoundRecord, RoundRefusal, TwoPersonDeed


def request_second_person(
    session: Session, round_: RoundRecord, deed: TwoPersonDeed, payload: dict[str, Any], by: int, now: datetime
) -> int:
    """Ask a second person to confirm a deed, and give the request's number.

    Part of a deed that locked the round by `moment_of`. `payload` is plain JSON and all that is confirmed. Raises
    `Refused` when `by` is no organiser of the round (403), or when the same deed waits already (409).
    """
    reasons = asking_reasons(deed, payload, roles_of(by, round_.id), open_requests(round_.id, session))
    refuse_if_any(reasons, status=409 if RoundRefusal.ALREADY_ASKED() in reasons else 403)
    row = TwoPersonRequest(round_id=round_.id, deed=deed, payload=payload, asked_by=by, asked_at=now)
    session.add(row)
    session.flush()
    audit(session, "request_second_person", f"request:{row.id}", at=now, actor=by, scope=round_.id, deed=deed)
    return row.id


def confirm_request(request_id: int, by: int, entered: Mapping[str, Any] | None = None) -> None:
    """The second person says yes, and the deed is done in the same transaction by the room that it belongs to.

    At the desk a yes is not enough: `entered` is what they entered by themselves, and must equal what was asked.

    Of two who decide at once the first holds. Raises `Refused`: an unknown request (404), your own request or not
    your role (403), decided already (409), or whatever the deed itself refuses; then the request stays open.
    """
    with transaction() as session:
        round_, request, now = _locked(session, request_id)
        _refuse(confirming_reasons(request, by, roles_of(by, round_.id), entered))
        decided = _decide(session, request_id, by, now, confirmed=True)
        deed_confirmed.send(decided.deed, session=session, round=round_, request=decided, now=now)
        audit(session, "confirm_request", f"request:{request_id}", at=now, actor=by, scope=round_.id, deed=decided.deed)


def refuse_request(request_id: int, by: int) -> None:
    """Someone says no, or who asked takes the question back: nothing is done. Raises `Refused` as `confirm_request`."""
    with transaction() as session:
        round_, request, now = _locked(session, request_id)
        _refuse(refusing_reasons(request, roles_of(by, round_.id)))
        _decide(session, request_id, by, now, confirmed=False)
        audit(session, "refuse_request", f"request:{request_id}", at=now, actor=by, scope=round_.id, deed=request.deed)


def _locked(session: Session, request_id: int) -> tuple[RoundRecord, RequestRecord, datetime]:
    row = session.get(TwoPersonRequest, request_id)
    if row is None:
        raise Refused(RoundRefusal.UNKNOWN(), status=404)
    round_, now = moment_of(session, row.round_id)
    session.refresh(row)
    return round_, request_record(row), now


def _refuse(reasons: list[Any]) -> None:
    status = {RoundRefusal.ALREADY_DECIDED: 409, RoundRefusal.NOT_THE_SAME: 422}
    refuse_if_any(reasons, status=next((status[one.refusal] for one in reasons if one.refusal in status), 403))


def _decide(session: Session, request_id: int, by: int, now: datetime, *, confirmed: bool) -> RequestRecord:
    """Write the decision where there is none yet: the row is the judge of who was first."""
    undecided = (TwoPersonRequest.id == request_id) & TwoPersonRequest.decided_at.is_(None)
    written = session.execute(
        update(TwoPersonRequest).where(undecided).values(decided_by=by, decided_at=now, confirmed=confirmed)
    )
    if written.rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE answers with a CursorResult
        raise Refused(RoundRefusal.ALREADY_DECIDED(), status=409)
    return request_record(session.get_one(TwoPersonRequest, request_id, populate_existing=True))
