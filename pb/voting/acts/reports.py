"""What people do with reports about the vote: somebody sends one, an organiser answers it."""

from sqlalchemy.orm import Session

from pb.base.access import Role
from pb.base.refusals import Reason, Refused, refuse_if_any
from pb.base.text import clean_line, clean_text
from pb.base.transaction import transaction
from pb.office.acts import audit, queue_mail
from pb.office.mail import compose, site_url
from pb.people.rules import normal_address
from pb.rounds.reads import moment_of, people_with
from pb.rounds.values import RoundRecord
from pb.voting.models import VoteReport
from pb.voting.reads import box_of
from pb.voting.rules import answering_reasons, report_reasons, reporting_reasons
from pb.voting.values import ReportRefusal


def send_report(round_id: int, text: str, email: str, locale: str) -> int:
    """Somebody reports what seems wrong with the vote; gives its number. An `email` gets the answer in this language.

    Organisers hear by mail that it came. Raises `Refused` outside the period for reports (409), and for a text or address
    that cannot be.
    """
    written, recipient = clean_text(text), normal_address(email) if email.strip() else None
    refuse_if_any([*report_reasons(written), *([recipient] if isinstance(recipient, Reason) else [])])
    with transaction() as session:
        round_, now = moment_of(session, round_id)
        refuse_if_any(reporting_reasons(box_of(round_id, session), round_.frame, now), status=409)
        row = VoteReport(round_id=round_id, text=written, email=recipient, locale=locale, sent_at=now)
        session.add(row)
        session.flush()
        _call_organisers(session, round_)
        audit(session, "send_report", f"report:{row.id}", at=now, scope=round_id)
    return row.id


def _call_organisers(session: Session, round_: RoundRecord) -> None:
    """Mail every organiser that a report waits. What it says, and who sent it, stays on the site."""
    for person in people_with(round_.id, Role.ORGANISER, session):
        link = site_url("voting.manage_reports", person.locale, slug=round_.slug)
        words = compose("vote_report_sent", person.locale, round=round_, link=link)
        queue_mail(session, person.email, *words, locale=person.locale)


def answer_report(round_id: int, number: int, subject: str, answer: str, by: int) -> None:
    """An organiser answers a report, in public: what it was about, and what is true. Who asked hears it by mail.

    Raises `Refused` for an unknown report (404), one that was answered, and an answer that lacks something.
    """
    about, said = clean_line(subject), clean_text(answer)
    with transaction() as session:
        round_, now = moment_of(session, round_id)
        row = session.get(VoteReport, number)
        if row is None or row.round_id != round_id:
            raise Refused(ReportRefusal.UNKNOWN(), status=404)
        refuse_if_any(answering_reasons(row.answered_at is not None, about, said))
        row.subject, row.answer, row.answered_at, row.answered_by = about, said, now, by
        _tell(session, round_, row)
        audit(session, "answer_report", f"report:{number}", at=now, actor=by, scope=round_id, about=about)


def _tell(session: Session, round_: RoundRecord, row: VoteReport) -> None:
    """Mail the answer to who wants it, and forget the address."""
    if row.email:
        link = site_url("voting.reports", row.locale, slug=round_.slug)
        mail = compose("vote_report_answered", row.locale, round=round_, report=row, link=link)
        queue_mail(session, row.email, *mail, locale=row.locale)
    row.email = None
