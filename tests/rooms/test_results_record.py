"""The record of the count: every number of the round on paper, nothing of a voter, and for whom it is."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pb.base.access import Role
from pb.results.record.printing import printed_record
from pb.results.record.reads import count_record
from pb.results.record.values import CountRecord
from pb.voting.acts import answer_report, send_report
from pb.voting.paper.values import BatchCount, BatchRecord, Outcome
from pb.voting.values import LotDrawn
from tests.factories import a_person, a_role, at
from tests.results import CLOSES, Move, Over, adopted, over
from tests.rooms.test_voting_paper_pages import text_of

Enter = Callable[[int], FlaskClient]


@pytest.fixture
def over_(app: Flask, standing_clock: Move) -> Over:
    """Fourteen votes: nine for the bench, four for it and the trees, one blank."""
    return over(standing_clock, [("bank",)] * 9 + [("bank", "bomen")] * 4 + [()])


def address(over_: Over, prefix: str = "") -> str:
    return f"{prefix}/beheer/rondes/{over_.slug}/uitslag/proces-verbaal"


def test_the_record_has_every_number(over_: Over, sign_in: Enter, standing_clock: Move) -> None:
    number = send_report(over_.id, "Mijn brief kwam te laat.", "", "nl")
    answer_report(over_.id, number, "Een late brief", "De post was laat.", over_.organiser)
    adopted(over_, standing_clock)
    answer = sign_in(over_.organiser).get(address(over_))
    assert answer.mimetype == "application/pdf" and "attachment" in answer.headers["Content-Disposition"]
    text = " ".join(text_of(answer.data).split())
    for said in (
        "Proces-verbaal van de telling", over_.vote.round.name, "Mensen die mochten stemmen 15", "Mensen die stemden 14",
        "Waarvan blanco 1", "Stemmen via de website 14", "1. Plan bank", "13 stemmen, € 4.200", "2. Plan bomen",
        "4 stemmen, € 9.500",
        "€ 13.700 voor de winnaars, € 16.300 over", "Gemeenteraad, besluit 2020-114", "Brieven teruggekomen 0",
        "Een late brief: De post was laat.", "Olga, Piet", "Handtekeningen",
    ):  # fmt: skip
        assert said in text, (said, text)
    assert "Mijn brief kwam te laat" not in text, "the report itself is for the organiser only"
    assert not any(code in text for code in over_.vote.codes)
    english = text_of(sign_in(over_.organiser).get(address(over_, "/en")).data)
    assert "Record of the count" in english and "Proces" not in english


def test_who_may_read_it_and_when(app: Flask, over_: Over, sign_in: Enter, standing_clock: Move) -> None:
    assert sign_in(over_.organiser).get(address(over_)).status_code == 404, "nothing is counted"
    adopted(over_, standing_clock)
    assert app.test_client().get(address(over_)).status_code == 302
    for role in (None, *Role):
        person = a_person()
        if role:
            a_role(person, over_.id, role)
        may = role in {Role.ORGANISER, Role.COUNCIL, Role.AUDITOR}
        assert sign_in(person).get(address(over_)).status_code == (200 if may else 403), role


def record_of(over_: Over) -> CountRecord:
    found = count_record(over_.vote.round, datetime(2020, 7, 2, 10, tzinfo=UTC))
    assert found is not None
    return found


def said_in(record: CountRecord, app: Flask) -> str:
    with app.test_request_context("/"):
        return " ".join(text_of(printed_record(record)).split())


def test_paper_draws_and_plans_that_left_are_told(over_: Over, app: Flask, standing_clock: Move) -> None:
    adopted(over_, standing_clock)
    record, refused = record_of(over_), {Outcome.UNREADABLE: 2, Outcome.NO_CODE: 0, Outcome.WRONG_CODE: 1}
    plain = said_in(record, app)
    assert "geen meldingen" in plain and str(record.box.seed) in plain.replace(" ", "")
    assert "Stemmen op papier" not in plain
    more = replace(
        record,
        batches=(BatchCount(BatchRecord(3, 20, CLOSES), 17, refused),),
        drawn=LotDrawn(at(6, 30), ("bank", "bomen"), "In de raadszaal, door een kind."),
        box=replace(record.box, withdrawn={"bomen": "Er ligt een leiding."}),
    )
    text = said_in(more, app)
    assert "20 formulieren binnen, 17 ingevoerd, 3 geweigerd, 0 nog te lezen." in text
    assert "In de raadszaal, door een kind." in text and "Plan bomen: Er ligt een leiding." in text
    assert str(record.box.seed) not in text.replace(" ", "") and "geen meldingen" not in text


def test_a_channel_with_few_ballots_is_not_told(app: Flask, standing_clock: Move) -> None:
    few = over(standing_clock, [("bank",)] * 3)
    adopted(few, standing_clock)
    assert "via de website" not in said_in(record_of(few), app)
