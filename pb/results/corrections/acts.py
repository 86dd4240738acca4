"""Correcting a public result: one person enters it with the new decision, another confirms, and it is public at once."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from pb.base.refusals import Refused, refuse_if_any
from pb.base.text import clean_text
from pb.base.transaction import transaction
from pb.office.acts import audit
from pb.results.bundle import OUTCOME
from pb.results.corrections.letters import tell_changed
from pb.results.corrections.models import CorrectionRow
from pb.results.corrections.record import CORRECTIONS, corrections_file
from pb.results.corrections.rules import correcting_reasons, open_reasons
from pb.results.corrections.values import CorrectionRefusal, Wish
from pb.results.events import result_corrected
from pb.results.models import PublicFile
from pb.results.reads import outcome
from pb.results.values import Outcome
from pb.rounds.acts import mark_corrected, record_decision, request_second_person
from pb.rounds.codec import decision_from_json, decision_to_json
from pb.rounds.reads import moment_of
from pb.rounds.rules import decision_reasons
from pb.rounds.values import DecisionKind, RequestRecord, RoundRecord, TwoPersonDeed


def ask_correction(round_id: int, wish: Wish, by: int) -> int:
    """Enter a corrected list of winners with its reason and its decision; a second person confirms it. Gives the request.

    Raises `Refused` before the publication (409), and with everything that is wrong with the list, reason or decision.
    """
    wish = replace(wish, reason=clean_text(wish.reason).rstrip("."))
    with transaction() as session:
        round_, now = moment_of(session, round_id)
        found = _public(outcome(round_id, session))
        wrong = correcting_reasons(found, wish, round_.frame.all_pots())
        refuse_if_any([*wrong, *decision_reasons(wish.decision, round_.frame.local(now).date())])
        request_id = request_second_person(
            session, round_, TwoPersonDeed.CORRECT_RESULT, _payload(found, wish), by, now
        )
        audit(session, "ask_correction", f"round:{round_id}", at=now, actor=by, scope=round_id, version=found.version)
    return request_id


def _public(found: Outcome | None) -> Outcome:
    refuse_if_any(open_reasons(found), status=409)
    if found is None:
        raise Refused(CorrectionRefusal.NOT_PUBLISHED(), status=409)
    return found


def _payload(found: Outcome, wish: Wish) -> dict[str, object]:
    """All that the second person confirms; titles of what changes, for whoever reads it."""
    after = set(wish.winners)
    return {
        "result": found.version,
        "added": _titles(one.title for one in found.lost if one.plan.code in after),
        "dropped": _titles(one.title for one in found.won if one.plan.code not in after),
        "reason": wish.reason,
        "winners": [one.plan.code for one in found.results if one.plan.code in after],
        "decision": decision_to_json(wish.decision),
    }


def _titles(titles: Iterable[str]) -> str:
    return ", ".join(f"‘{title}’" for title in titles)


def correct_result(session: Session, round_: RoundRecord, request: RequestRecord, now: datetime) -> None:
    """The second person confirmed the correction: its version is public. Part of the confirming transaction.

    Raises `Refused` for what is no longer right, as when it was asked.
    """
    asked = request.payload
    before = _public(outcome(round_.id, session))
    wish = Wish(tuple(asked["winners"]), asked["reason"], decision_from_json(asked["decision"]))
    refuse_if_any(correcting_reasons(before, wish, round_.frame.all_pots()), status=409)
    decision_id = record_decision(session, round_, DecisionKind.CORRECT_RESULT, wish.decision, request, now)
    session.add(_row(round_, before.version + 1, wish, decision_id, now))
    session.flush()
    mark_corrected(session, round_, now)
    _tell_all(session, round_, before, now)
    facts = {"version": before.version + 1, "winners": list(wish.winners)}
    audit(session, "correct_result", f"round:{round_.id}", at=now, actor=request.decided_by, scope=round_.id, **facts)


def _row(round_: RoundRecord, version: int, wish: Wish, decision_id: int, now: datetime) -> CorrectionRow:
    kept = {"winners": list(wish.winners), "reason": wish.reason, "decision_id": decision_id, "corrected_at": now}
    return CorrectionRow(round_id=round_.id, version=version, **kept)


def _tell_all(session: Session, round_: RoundRecord, before: Outcome, now: datetime) -> None:
    """The public file, later rooms and the proposers of plans that changed follow the new version."""
    after = outcome(round_.id, session) or before
    count = select(PublicFile.content).where(PublicFile.round_id == round_.id, PublicFile.name == OUTCOME)
    content = corrections_file(round_.public_id, session.scalars(count).one(), after.corrections)
    session.merge(PublicFile(round_id=round_.id, name=CORRECTIONS, content=content))
    winners, reason = tuple(plan.id for plan in after.winners), after.corrections[-1].reason
    result_corrected.send(None, session=session, round=round_, winners=winners, reason=reason, now=now)
    tell_changed(session, round_, before, after)
