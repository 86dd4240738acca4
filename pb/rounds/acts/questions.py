"""*Vragen en hulp*: the municipality's own words where the frame's do not suffice."""

from sqlalchemy import delete

from pb.base.refusals import Refused, refuse_if_any
from pb.base.text import clean_line, clean_text
from pb.base.transaction import transaction
from pb.base.upsert import insert_or_update
from pb.office.acts import audit
from pb.rounds.models import QuestionRow
from pb.rounds.reads import moment_of
from pb.rounds.rules import question_reasons
from pb.rounds.values import OWN_QUESTION_CODES, QUESTION_CODES, RoundRefusal


def save_question(round_id: int, code: str, locale: str, question: str, answer: str, by: int | None) -> None:
    """Keep the municipality's own words for a question in one language; both empty gives the frame's words back.

    Raises `Refused` for an unknown code, and when only one of the two is filled in.
    """
    words = {"question": clean_line(question), "answer": clean_text(answer)}
    if code not in QUESTION_CODES + OWN_QUESTION_CODES:
        raise Refused(RoundRefusal.QUESTION_UNKNOWN(), status=404)
    refuse_if_any(question_reasons(**words))
    key = {"round_id": round_id, "code": code, "locale": locale}
    with transaction() as session:
        _, now = moment_of(session, round_id)
        if any(words.values()):
            insert_or_update(session, QuestionRow, key, **words)
        else:
            session.execute(delete(QuestionRow).filter_by(**key))
        subject = f"round:{round_id}"
        audit(session, "save_question", subject, at=now, actor=by, scope=round_id, code=code, locale=locale)
