"""Reports about the vote: those that wait, and the answers."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pb.extensions import db
from pb.voting.models import VoteReport
from pb.voting.values import ReportRecord


def all_reports(round_id: int) -> tuple[ReportRecord, ...]:
    """Every report of a round, the oldest first."""
    of_round = select(VoteReport).where(VoteReport.round_id == round_id).order_by(VoteReport.id)
    return tuple(_record(row) for row in db.session.scalars(of_round))


def waiting_reports(round_id: int, session: Session | None = None) -> int:
    """How many reports wait for an answer."""
    unanswered = (VoteReport.round_id == round_id) & VoteReport.answered_at.is_(None)
    return (session or db.session).scalar(select(func.count()).select_from(VoteReport).where(unanswered)) or 0


def _record(row: VoteReport) -> ReportRecord:
    return ReportRecord(
        row.id, row.text, row.sent_at, bool(row.email), row.subject or "", row.answer or "", row.answered_at
    )
