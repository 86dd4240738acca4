"""Queries about the outcome; they return frozen records and never write."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from pb.counting import Ledger, ledger_from_json
from pb.extensions import db
from pb.plans.reads import submitted_plans
from pb.results.corrections.reads import corrections_of, newest_winners
from pb.results.models import AdoptedCount, CountRow, PublicFile, PublishedCount
from pb.results.rules import explanation_from_json
from pb.results.values import Outcome, PlanResult
from pb.rounds.reads import decisions_of
from pb.rounds.values import RoundRecord
from pb.voting.publication import AUDITORS
from pb.voting.reads import box_of, vote_file, vote_file_names
from pb.voting.values import Turnout


def outcome(round_id: int, session: Session | None = None) -> Outcome | None:
    """The newest count of a round with what was decided about it, or `None` while nothing is counted.

    It holds what nobody outside may see before `published_at` is set.
    """
    session = session or db.session()
    row = session.execute(
        select(CountRow, AdoptedCount.decision_id, PublishedCount.published_at)
        .outerjoin(AdoptedCount, AdoptedCount.round_id == CountRow.round_id)
        .outerjoin(PublishedCount, PublishedCount.round_id == CountRow.round_id)
        .where(CountRow.round_id == round_id)
        .order_by(CountRow.number.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    count, decision_id, published_at = row
    ledger = ledger_from_json(count.ledger)
    decisions = {record.id: record for record in decisions_of(round_id)} if decision_id else {}
    counted = Outcome(
        round_id=round_id,
        number=count.number,
        counted_at=count.counted_at,
        ledger=ledger,
        ledger_text=count.ledger,
        results=_results(round_id, ledger, session),
        turnout=turnout_from_json(count.turnout),
        explanation=explanation_from_json(count.explanation),
        decision=decisions.get(decision_id),
        published_at=published_at,
    )
    corrections = corrections_of(round_id, session) if published_at else ()
    return counted.after(corrections) if corrections else counted


def won_in(round_id: int) -> dict[str, bool]:
    """Whether each plan of the ballot won, by code, in one statement: for lists, and only once that is public."""
    newest = select(CountRow.ledger, newest_winners(round_id)).where(CountRow.round_id == round_id)
    found = db.session.execute(newest.order_by(CountRow.number.desc()).limit(1)).one_or_none()
    if found is None:
        return {}
    ledger, corrected = ledger_from_json(found[0]), found[1]
    winners = ledger.winners if corrected is None else corrected
    return {step.plan: step.plan in winners for step in ledger.steps}


def _results(round_id: int, ledger: Ledger, session: Session) -> tuple[PlanResult, ...]:
    """Each step with its plan; the sealed ballot keeps every plan handed in."""
    plans = {plan.code: plan for plan in submitted_plans(round_id, session)}
    return tuple(PlanResult(plans[step.plan], step, step.won) for step in ledger.steps)


def public_names(round_: RoundRecord) -> tuple[str, ...]:
    """The public files of a round: all of them once the result is public, before that those of the vote."""
    if round_.published_at is None:
        return vote_file_names(box_of(round_.id))
    kept = select(PublicFile.name).where(PublicFile.round_id == round_.id, PublicFile.name != AUDITORS)
    return tuple(db.session.scalars(kept.order_by(PublicFile.name)))


def public_file(round_: RoundRecord, name: str) -> bytes | None:
    """One public file, or `None`. With the result its bytes are those that were signed for."""
    if round_.published_at is None:
        return vote_file(round_.id, name)
    return _kept(round_.id, name) if name in public_names(round_) else None


def auditors_file(round_id: int, session: Session | None = None) -> bytes | None:
    """The ballots that only the auditor sees; `None` before the result is public, and where everyone sees all of them."""
    return _kept(round_id, AUDITORS, session)


def _kept(round_id: int, name: str, session: Session | None = None) -> bytes | None:
    content = select(PublicFile.content).where(PublicFile.round_id == round_id, PublicFile.name == name)
    return (session or db.session()).scalar(content)


def turnout_to_json(turnout: Turnout) -> dict[str, Any]:
    """The figures as a count keeps them."""
    areas = {area: list(pair) for area, pair in turnout.areas.items()}
    return {"voted": turnout.voted, "eligible": turnout.eligible, "areas": areas, "styles": dict(turnout.styles)}


def turnout_from_json(plain: dict[str, Any]) -> Turnout:
    """The figures again."""
    areas = {area: (pair[0], pair[1]) for area, pair in plain["areas"].items()}
    return Turnout(plain["voted"], plain["eligible"], areas, plain["styles"])
