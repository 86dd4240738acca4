"""Queries about corrections; they return frozen records and never write."""

from sqlalchemy import ScalarSelect, select
from sqlalchemy.orm import Session

from pb.results.corrections.models import CorrectionRow
from pb.results.corrections.values import Correction
from pb.rounds.reads import decisions_of


def corrections_of(round_id: int, session: Session) -> tuple[Correction, ...]:
    """The later versions of a round's result, oldest first."""
    rows = session.scalars(
        select(CorrectionRow).where(CorrectionRow.round_id == round_id).order_by(CorrectionRow.version)
    ).all()
    decisions = {record.id: record for record in decisions_of(round_id)} if rows else {}
    return tuple(
        Correction(row.version, tuple(row.winners), row.reason, decisions[row.decision_id], row.corrected_at)
        for row in rows
    )


def newest_winners(round_id: int) -> ScalarSelect[list[str]]:
    """The winners of the newest correction, as a column for a statement that reads more; null where there is none."""
    wanted = select(CorrectionRow.winners).where(CorrectionRow.round_id == round_id)
    return wanted.order_by(CorrectionRow.version.desc()).limit(1).scalar_subquery()
