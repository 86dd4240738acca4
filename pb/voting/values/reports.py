"""Reports about the vote: what somebody thinks is wrong, and what the organiser answers."""

from dataclasses import dataclass
from datetime import datetime

from pb.base.refusals import Refusal


@dataclass(frozen=True, slots=True)
class ReportRecord:
    """A report. Its text is for the organiser only; `subject` and `answer` are public once it is answered."""

    number: int
    text: str
    sent_at: datetime
    by_mail: bool
    subject: str
    answer: str
    answered_at: datetime | None


class ReportRefusal(Refusal):
    """Why a report is not taken or answered, and what waits for an answer."""

    NOT_YET = "report.not_yet"
    OVER = "report.over"
    TEXT_MISSING = "report.text_missing"
    TEXT_LONG = "report.text_long"
    TOO_MANY = "report.too_many"
    UNKNOWN = "report.unknown"
    ANSWERED = "report.answered"
    SUBJECT_MISSING = "report.subject_missing"
    ANSWER_MISSING = "report.answer_missing"
    UNANSWERED = "report.unanswered"
    STILL_OPEN = "report.still_open"
