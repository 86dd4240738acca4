"""When people may report what seems wrong, what a report and its answer need, and what waits for one."""

from datetime import UTC, datetime, timedelta

from pb.base.refusals import Reason
from pb.rounds.rules import closing_to_local
from pb.rounds.values import Frame
from pb.voting.values import Box, ReportRefusal

LONGEST = 2_000
LONGEST_SUBJECT = 120


def reports_until(box: Box | None, frame: Frame) -> datetime | None:
    """Until when reports are taken, whole days on the municipality's clock; nothing before the votes are opened."""
    if box is None or box.opened_at is None:
        return None
    return (frame.local(box.opened_at) + timedelta(days=frame.report_days)).astimezone(UTC)


def reporting_reasons(box: Box | None, frame: Frame, now: datetime) -> list[Reason]:
    """Why no report is taken now."""
    until = reports_until(box, frame)
    if until is None:
        return [ReportRefusal.NOT_YET()]
    return [ReportRefusal.OVER(moment=closing_to_local(until, frame.zone))] if now >= until else []


def awaiting_reasons(box: Box | None, frame: Frame, now: datetime) -> list[Reason]:
    """Why a result is not adopted while people may still report what seems wrong."""
    until = reports_until(box, frame)
    return [ReportRefusal.STILL_OPEN(moment=until)] if until and now < until else []


def report_reasons(text: str) -> list[Reason]:
    """What is wrong with a report's text."""
    if not text:
        return [ReportRefusal.TEXT_MISSING(about="text")]
    return [ReportRefusal.TEXT_LONG(about="text", most=LONGEST)] if len(text) > LONGEST else []


def answering_reasons(answered: bool, subject: str, answer: str) -> list[Reason]:
    """Why a report is not answered in this way."""
    if answered:
        return [ReportRefusal.ANSWERED()]
    wrong = (
        (not subject, ReportRefusal.SUBJECT_MISSING(about="subject")),
        (len(subject) > LONGEST_SUBJECT, ReportRefusal.TEXT_LONG(about="subject", most=LONGEST_SUBJECT)),
        (not answer, ReportRefusal.ANSWER_MISSING(about="answer")),
        (len(answer) > LONGEST, ReportRefusal.TEXT_LONG(about="answer", most=LONGEST)),
    )
    return [reason for holds, reason in wrong if holds]


def unanswered_reasons(waiting: int) -> list[Reason]:
    """Why a result is not adopted and keys are not destroyed while reports wait for an answer."""
    return [ReportRefusal.UNANSWERED(number=waiting)] if waiting else []
