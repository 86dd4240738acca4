"""Reports about the vote: when and by whom, answered in public before adoption, and the address forgotten."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from pb.base.access import Role
from pb.base.transaction import transaction
from pb.extensions import db
from pb.office.reads import history, waiting_mail
from pb.people.models import Person
from pb.people.reads import person_by_id
from pb.results.acts import ask_result_adoption, count_round
from pb.rounds.models import Round
from pb.voting.acts import answer_report, send_report
from pb.voting.custody.rules import destroying_reasons
from pb.voting.models import VoteReport
from pb.voting.reads import all_reports, waiting_reports
from tests.factories import a_person, a_role, at
from tests.results import CLOSES, DECISION, Move, Over, over
from tests.voting import a_vote, confirm, refused

TEXT = "Mijn controlenummer staat niet in het logboek."
DAY = timedelta(days=1)


@pytest.fixture
def opened_vote(app: Flask, standing_clock: Move) -> Over:
    """A round whose votes were opened at its close."""
    return over(standing_clock, [("bank",)] * 2)


def report(done: Over, text: str = TEXT, email: str = "") -> int:
    return send_report(done.id, text, email, "nl")


@pytest.mark.parametrize(
    ("moment", "reasons"),
    [(CLOSES, []), (CLOSES + 7 * DAY - timedelta(seconds=1), []), (CLOSES + 7 * DAY, ["report.over"])],
)
def test_reports_are_taken_for_the_frames_days(
    opened_vote: Over, standing_clock: Move, moment: datetime, reasons: list[str]
) -> None:
    standing_clock(moment)
    if reasons:
        assert refused(report, opened_vote) == reasons and waiting_reports(opened_vote.id) == 0
    else:
        assert report(opened_vote) and waiting_reports(opened_vote.id) == 1


def test_no_report_before_the_opening(app: Flask) -> None:
    vote = a_vote()
    assert refused(send_report, vote.id, TEXT, "", "nl") == ["report.not_yet"]


@pytest.mark.parametrize(
    ("text", "email", "reasons"),
    [
        ("", "", ["report.text_missing"]),
        (" \n\t\u200b ", "", ["report.text_missing"]),
        ("a" * 2_001, "", ["report.text_long"]),
        (TEXT, "geen adres", ["sign_in.not_an_address"]),
        (TEXT, "sam@example.org\r\nBcc: all@example.org", ["sign_in.not_an_address"]),
        ("", "geen adres", ["report.text_missing", "sign_in.not_an_address"]),
    ],
)
def test_what_a_report_cannot_be(opened_vote: Over, text: str, email: str, reasons: list[str]) -> None:
    assert refused(report, opened_vote, text, email) == reasons and waiting_reports(opened_vote.id) == 0


def test_an_answer_is_public_and_the_report_is_not(opened_vote: Over, client: FlaskClient) -> None:
    page = f"/rondes/{opened_vote.slug}/meldingen"
    number = report(opened_vote)
    assert "Eén melding wacht nog op antwoord." in client.get(page).text and TEXT not in client.get(page).text
    answer_report(
        opened_vote.id, number, "Een controlenummer", "Er was een teken verkeerd overgenomen.", opened_vote.organiser
    )
    text = client.get(page).text
    assert "Een controlenummer" in text and "verkeerd overgenomen" in text and TEXT not in text
    assert "Alle meldingen hebben een antwoord." in text
    assert [entry.act for entry in history(f"report:{number}")] == ["send_report", "answer_report"]


def test_the_answer_goes_by_mail_and_the_address_is_forgotten(opened_vote: Over) -> None:
    number = report(opened_vote, email=" Sam@Example.com ")
    assert all_reports(opened_vote.id)[0].by_mail
    before = len(waiting_mail())
    answer_report(opened_vote.id, number, "Een controlenummer", "Er was een teken verkeerd.", opened_vote.organiser)
    mail = waiting_mail()[-1]
    assert len(waiting_mail()) == before + 1 and mail.recipient == "sam@example.com"
    assert "Er was een teken verkeerd." in mail.body and TEXT not in mail.body
    db.session.rollback()
    assert db.session.get_one(VoteReport, number).email is None


def test_organisers_hear_by_mail_that_a_report_came(opened_vote: Over) -> None:
    olga, piet = (person_by_id(one) for one in (opened_vote.organiser, opened_vote.second))
    assert olga and piet
    with transaction() as session:
        session.get_one(Person, piet.id).locale = "en"
    a_role(a_person("ada@example.org"), opened_vote.id, Role.AUDITOR)
    report(opened_vote, email="sam@example.com")
    mails = {mail.recipient: mail for mail in waiting_mail()}
    assert mails.keys() == {olga.email, piet.email}
    assert mails[olga.email].subject == "Nieuwe melding over de stemming van Alphen Centrum Begroot 2020"
    assert mails[piet.email].subject == "New report about the vote of Alphen Centrum Begroot 2020"
    link = f"/beheer/rondes/{opened_vote.slug}/meldingen"
    assert link in mails[olga.email].body and f"/en{link}" in mails[piet.email].body
    for mail in mails.values():
        assert TEXT not in mail.body and "sam@example.com" not in mail.body, "what was reported stays on the page"


def test_a_report_that_is_refused_calls_nobody(opened_vote: Over, standing_clock: Move) -> None:
    assert refused(report, opened_vote, "") and refused(report, opened_vote, TEXT, "geen adres")
    standing_clock(CLOSES + 8 * DAY)
    assert refused(report, opened_vote) == ["report.over"] and not waiting_mail()


@pytest.mark.parametrize(
    ("subject", "answer", "reasons"),
    [
        ("", "Ja.", ["report.subject_missing"]),
        ("Iets", "", ["report.answer_missing"]),
        ("a" * 121, "Ja.", ["report.text_long"]),
        ("Iets", "a" * 2_001, ["report.text_long"]),
    ],
)
def test_what_an_answer_cannot_be(opened_vote: Over, subject: str, answer: str, reasons: list[str]) -> None:
    number = report(opened_vote)
    assert refused(answer_report, opened_vote.id, number, subject, answer, opened_vote.organiser) == reasons
    assert waiting_reports(opened_vote.id) == 1


def test_a_report_is_answered_once_and_in_its_own_round(opened_vote: Over, app: Flask) -> None:
    number = report(opened_vote)
    other = a_vote(slug="andere-ronde")
    assert refused(answer_report, other.id, number, "Iets", "Ja.", opened_vote.organiser) == ["report.unknown"]
    answer_report(opened_vote.id, number, "Iets", "Ja.", opened_vote.organiser)
    assert refused(answer_report, opened_vote.id, number, "Iets", "Nee.", opened_vote.organiser) == ["report.answered"]
    assert all_reports(opened_vote.id)[0].answer == "Ja."


def test_nothing_is_adopted_while_a_report_waits(opened_vote: Over, standing_clock: Move) -> None:
    standing_clock(at(7, 1))
    count_round(opened_vote.id, opened_vote.organiser)
    first = report(opened_vote)
    ask = partial(ask_result_adoption, opened_vote.id, DECISION, opened_vote.organiser)
    assert refused(ask) == ["report.unanswered"]
    answer_report(opened_vote.id, first, "Iets", "Ja.", opened_vote.organiser)
    assert ask()
    second = report(opened_vote)
    assert refused(confirm, opened_vote.id, opened_vote.second) == ["report.unanswered"], "it came in between"
    answer_report(opened_vote.id, second, "Nog iets", "Ja.", opened_vote.organiser)
    confirm(opened_vote.id, opened_vote.second)


def test_nothing_is_adopted_while_reports_may_come(opened_vote: Over, standing_clock: Move) -> None:
    """Seven whole days after the opening; a rehearsal waits for nobody."""
    ask = partial(ask_result_adoption, opened_vote.id, DECISION, opened_vote.organiser)
    with transaction() as session:
        session.execute(update(Round).where(Round.id == opened_vote.id).values(rehearsal=False))
    count_round(opened_vote.id, opened_vote.organiser)
    for moment in (CLOSES, CLOSES + 7 * DAY - timedelta(seconds=1)):
        standing_clock(moment)
        assert refused(ask) == ["report.still_open"]
    standing_clock(CLOSES + 7 * DAY)
    assert ask()


def test_keys_stay_while_a_report_waits(opened_vote: Over) -> None:
    published, later = at(7, 3), at(8, 3)
    assert destroying_reasons(published, waiting_reports(opened_vote.id), False, later) == []
    report(opened_vote)
    (reason,) = destroying_reasons(published, waiting_reports(opened_vote.id), False, later)
    assert (reason.refusal.value, reason.facts["number"]) == ("report.unanswered", 1)


# Pages


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_public_page_in_both_languages(opened_vote: Over, client: FlaskClient, prefix: str) -> None:
    page = f"{prefix}/rondes/{opened_vote.slug}/meldingen"
    assert client.get(page).text.count("<h1>") == 1 and "report." not in client.get(page).text
    sent = client.post(page, data={"text": TEXT, "email": ""}, follow_redirects=True)
    assert sent.status_code == 200 and waiting_reports(opened_vote.id) == 1


def test_a_page_before_and_after_the_period(app: Flask, client: FlaskClient, standing_clock: Move) -> None:
    page = "/rondes/alphen-centrum-2020/meldingen"
    done = over(standing_clock, [("bank",)])
    standing_clock(at(7, 10))
    text = client.get(page).text
    assert "Melden kon tot en met" in text and "<textarea" not in text
    assert client.post(page, data={"text": TEXT}).status_code == 409 and waiting_reports(done.id) == 0


def test_a_refused_report_keeps_what_was_typed(opened_vote: Over, client: FlaskClient) -> None:
    answer = client.post(f"/rondes/{opened_vote.slug}/meldingen", data={"text": TEXT, "email": "fout"})
    assert answer.status_code == 422 and TEXT in answer.text and waiting_reports(opened_vote.id) == 0


def test_a_flood_of_reports_is_asked_to_wait(opened_vote: Over, client: FlaskClient) -> None:
    page = f"/rondes/{opened_vote.slug}/meldingen"
    answers = [client.post(page, data={"text": TEXT}).status_code for _ in range(8)]
    assert answers[:6] == [303] * 6 and answers[6:] == [429] * 2 and waiting_reports(opened_vote.id) == 6


@pytest.mark.parametrize("role", [None, *Role])
def test_who_reads_and_answers(opened_vote: Over, sign_in: Callable[[int], FlaskClient], role: Role | None) -> None:
    page, number, person = f"/beheer/rondes/{opened_vote.slug}/meldingen", report(opened_vote), a_person()
    if role:
        a_role(person, opened_vote.id, role)
    browser = sign_in(person)
    reads = role in {Role.ORGANISER, Role.COUNCIL, Role.AUDITOR}
    shown = browser.get(page)
    assert shown.status_code == (200 if reads else 403) and (TEXT in shown.text) == reads
    told = browser.post(page, data={"number": number, "subject": "Iets", "answer": "Ja."})
    assert told.status_code == (303 if role is Role.ORGANISER else 403)


def test_a_refused_answer_keeps_what_was_typed(opened_vote: Over, sign_in: Callable[[int], FlaskClient]) -> None:
    page, number = f"/beheer/rondes/{opened_vote.slug}/meldingen", report(opened_vote)
    answer = sign_in(opened_vote.organiser).post(page, data={"number": number, "subject": "", "answer": "Het klopt."})
    assert answer.status_code == 422 and "Het klopt." in answer.text
    assert sign_in(opened_vote.organiser).post(page, data={"number": "x"}).status_code == 404
