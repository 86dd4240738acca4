"""Counting, adopting and publishing: what an organiser does after the piles are opened."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pb.base.refusals import Reason, Refused, refuse_if_any
from pb.base.transaction import transaction
from pb.counting import Ledger, ledger_to_json
from pb.counting.rules import count
from pb.office.acts import audit
from pb.results.events import result_published
from pb.results.explaining import explain
from pb.results.letters import tell_proposers
from pb.results.models import AdoptedCount, CountRow, PublishedCount
from pb.results.publishing import keep_files
from pb.results.reads import auditors_file, outcome, turnout_to_json
from pb.results.rules import (
    adopting_reasons,
    counting_reasons,
    election_from,
    explanation_to_json,
    publishing_reasons,
    rule_of,
)
from pb.results.values import CountingRefusal, Explanation, Outcome
from pb.rounds.acts import mark_published, record_decision, request_second_person
from pb.rounds.codec import decision_from_json, decision_to_json
from pb.rounds.reads import moment_of
from pb.rounds.rules import decision_reasons
from pb.rounds.values import Decision, DecisionKind, RequestRecord, RoundRecord, TwoPersonDeed
from pb.voting.reads import box_of, manifest, missing_draw, opened, turnout, waiting_reports
from pb.voting.rules import awaiting_reasons, lot_of, unanswered_reasons
from pb.voting.values import Manifest, Opened


def count_round(round_id: int, by: int | None) -> int:
    """Count the opened ballots and give the count's number. A newer count supersedes an earlier one, and both stay.

    Raises `Refused` before the piles are opened, while a draw by hand is missing, and once a count is adopted.
    """
    with transaction() as session:
        _, now = moment_of(session, round_id)
        sealed, piles = manifest(round_id), opened(round_id)
        waits = missing_draw(round_id, session) or counting_reasons(piles is not None, outcome(round_id, session))
        refuse_if_any(waits, status=409)
        if sealed is None or piles is None:
            raise Refused(CountingRefusal.NOT_OPENED(), status=409)
        number = _keep(session, round_id, *_count(sealed, piles), by, now)
        audit(session, "count_round", f"round:{round_id}", at=now, actor=by, scope=round_id, number=number)
    return number


def _count(sealed: Manifest, piles: Opened) -> tuple[Ledger, Explanation]:
    """The count under the sealed frame and what explains it."""
    election, rule = election_from(sealed, piles), rule_of(sealed.frame, sealed.conflicts, sealed.ceilings)
    ledger = count(election, rule, lot_of(sealed, piles))
    return ledger, explain(election, rule, ledger, sealed.frame.counting.show_others)


def _keep(
    session: Session, round_id: int, ledger: Ledger, explanation: Explanation, by: int | None, now: datetime
) -> int:
    last = session.scalar(select(func.max(CountRow.number)).where(CountRow.round_id == round_id)) or 0
    took_part = turnout(round_id)
    session.add(
        CountRow(
            round_id=round_id,
            number=last + 1,
            ledger=ledger_to_json(ledger),
            explanation=explanation_to_json(explanation),
            turnout=turnout_to_json(took_part) if took_part else {},
            counted_at=now,
            counted_by=by,
        )
    )
    return last + 1


def ask_result_adoption(round_id: int, decision: Decision, by: int) -> int:
    """Enter the decision by which a governing body adopted the outcome; a second person confirms it. Gives the request.

    Raises `Refused` without a count, once adopted, while reports may come or wait for an answer, and for a decision that
    is not complete.
    """
    with transaction() as session:
        round_, now = moment_of(session, round_id)
        found = outcome(round_id, session)
        refuse_if_any([*adopting_reasons(found), *_waiting(round_, session, now)], status=409)
        refuse_if_any(decision_reasons(decision, round_.frame.local(now).date()))
        if found is None:
            raise Refused(CountingRefusal.NOT_COUNTED(), status=409)
        number, payload = found.number, _to_confirm(found) | {"decision": decision_to_json(decision)}
        request_id = request_second_person(session, round_, TwoPersonDeed.ADOPT_RESULT, payload, by, now)
        audit(session, "ask_result_adoption", f"round:{round_id}", at=now, actor=by, scope=round_id, count=number)
    return request_id


def _to_confirm(found: Outcome) -> dict[str, Any]:
    """What the second person reads before they say yes: which count, who wins, for how much, and how many voted."""
    return {
        "count": found.number,
        "winners": [plan.title for plan in found.winners],
        "cost": found.cost,
        "voted": found.turnout.voted,
        "eligible": found.turnout.eligible,
    }


def adopt_result(session: Session, round_: RoundRecord, request: RequestRecord, now: datetime) -> None:
    """The second person confirmed the decision: this count stands. Part of the confirming transaction.

    Raises `Refused` when the votes were counted anew after the question.
    """
    number = request.payload["count"]
    refuse_if_any([*adopting_reasons(outcome(round_.id, session), number), *_waiting(round_, session, now)], status=409)
    decision = decision_from_json(request.payload["decision"])
    decision_id = record_decision(session, round_, DecisionKind.ADOPT_RESULT, decision, request, now)
    count = session.scalars(select(CountRow).where(CountRow.round_id == round_.id, CountRow.number == number)).one()
    session.add(AdoptedCount(round_id=round_.id, count_id=count.id, decision_id=decision_id, adopted_at=now))
    audit(
        session, "adopt_result", f"round:{round_.id}", at=now, actor=request.decided_by, scope=round_.id, count=number
    )


def _waiting(round_: RoundRecord, session: Session, now: datetime) -> list[Reason]:
    """Why nothing is adopted while reports about the vote may come, or wait for an answer. A rehearsal waits for nobody."""
    still = [] if round_.rehearsal else awaiting_reasons(box_of(round_.id, session), round_.frame, now)
    return [*still, *unanswered_reasons(waiting_reports(round_.id, session))]


def publish_result(round_id: int, by: int | None) -> None:
    """Make the adopted outcome public with every file of the vote, once; proposers hear by mail what became of their plan.

    Raises `Refused` before the adoption, for a second time, and where this process does not hold the key that signs.
    """
    with transaction() as session:
        round_, now = moment_of(session, round_id)
        found = outcome(round_id, session)
        refuse_if_any(publishing_reasons(found), status=409)
        if found is None:
            raise Refused(CountingRefusal.NOT_COUNTED(), status=409)
        session.add(PublishedCount(round_id=round_id, published_at=now, published_by=by))
        keep_files(session, found, now)
        mark_published(session, round_, now)
        winners = tuple(plan.id for plan in found.winners)
        result_published.send(None, session=session, round=round_, winners=winners, now=now)
        tell_proposers(session, round_, found)
        audit(session, "publish_result", f"round:{round_id}", at=now, actor=by, scope=round_id, winners=list(winners))


def take_auditors_file(round_id: int, by: int) -> bytes:
    """Hand out the ballots that only the auditor sees; the trail keeps who took them.

    Raises `Refused` before the publication, and where everyone sees every ballot.
    """
    with transaction() as session:
        _, now = moment_of(session, round_id)
        content = auditors_file(round_id, session)
        if content is None:
            raise Refused(CountingRefusal.NOTHING_FOR_AUDITOR(), status=409)
        audit(session, "take_auditors_file", f"round:{round_id}", at=now, actor=by, scope=round_id)
    return content
