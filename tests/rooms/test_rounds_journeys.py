"""Through the editor to an adopted frame, and an amendment after the first plan: in the browser, by two people."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pb.base.access import Role
from pb.base.transaction import transaction
from pb.rounds.acts import confirm_request, create_round, freeze
from pb.rounds.reads import decisions_of, newest_draft, open_requests, round_by_slug
from tests.editor import CALENDAR_FIELDS, MONEY, PLACE, VOTE, phase_fields
from tests.factories import CALENDAR, a_frame, a_person, a_role, a_round, at
from tests.pages import page

SignIn = Callable[[int], FlaskClient]
EDIT = "/beheer/rondes/alphen-centrum-2020/kader"
STEPS = ("plaats", "plannen", "geld", "stemming", "stemrecht", "punten", "kalender")


@pytest.fixture(autouse=True)
def before_the_first_plan(standing_clock: Callable[[datetime], None]) -> None:
    """A week before plans can be handed in."""
    standing_clock(at(1, 25))


@pytest.fixture
def editor(app: Flask, client: FlaskClient, sign_in: SignIn) -> FlaskClient:
    """An organiser signed in, and a new round with the draft that every round begins with."""
    organiser = a_person("anna@example.org")
    create_round("Alphen", "alphen-centrum-2020", organiser)
    return sign_in(organiser)


DECISION = {"body": "De gemeenteraad", "date": "2020-01-20", "number": "17", "link": "https://raad.example.org/17"}


def test_from_a_draft_to_an_adopted_frame_in_the_browser(editor: FlaskClient, sign_in: SignIn) -> None:
    round_id = round_by_slug("alphen-centrum-2020").id  # type: ignore[union-attr]
    for step, fields in (("plaats", PLACE), ("geld", MONEY), ("stemming", VOTE), ("kalender", CALENDAR_FIELDS)):
        editor.post(f"{EDIT}/{step}", data=fields)
    editor.post(f"{EDIT}/punten", data={"jury_criteria-0-name": "Mooi"})
    assert "2405 en 2406 AB" in page(editor.get(f"{EDIT}/voorbeeld"))
    assert 'name="body"' in page(editor.get(EDIT))
    wrong = page(editor.post(EDIT, data=DECISION | {"link": "17", "date": "2020-01-26"}), 422)
    assert "Geef het hele adres van het besluit" in wrong and "Deze dag komt nog" in wrong
    assert editor.post(EDIT, data=DECISION).location.endswith("/bevestigen")
    assert "wacht op een tweede persoon" in page(editor.get(EDIT))
    second = a_person()
    a_role(second, round_id, Role.ORGANISER)
    (request,) = open_requests(round_id)
    sign_in(second).post(f"/beheer/rondes/alphen-centrum-2020/bevestigen/{request.id}", data={"answer": "yes"})
    assert decisions_of(round_id)[0].decision.number == "17"
    assert "Versie 1 is vastgesteld" in page(editor.get(EDIT))


def test_a_decision_without_a_day_is_asked_again(editor: FlaskClient) -> None:
    text = page(editor.post(EDIT, data=DECISION | {"date": ""}), 422)
    assert "Schrijf hoeveel geld er is" in text


def test_a_frozen_frame_has_no_editor(app: Flask, client: FlaskClient, sign_in: SignIn) -> None:
    round_, person = a_round(), a_person()
    a_role(person, round_.id, Role.ORGANISER)
    with transaction() as session:
        freeze(session, round_.id, at(2, 3))
    sign_in(person)
    for step in STEPS:
        assert client.get(f"{EDIT}/{step}").location == EDIT
        assert client.post(f"{EDIT}/{step}", data=MONEY).location == EDIT
    text = page(client.get(EDIT))
    assert "Het kader staat vast" in text and "/wijziging" in text
    assert newest_draft(round_.id) is None


def test_an_amendment_in_the_browser(
    app: Flask, client: FlaskClient, sign_in: SignIn, standing_clock: Callable[[datetime], None]
) -> None:
    standing_clock(at(6, 10))
    round_, person, second = a_round(frozen_at=at(2, 3)), a_person(), a_person()
    for one in (person, second):
        a_role(one, round_.id, Role.ORGANISER)
    address = "/beheer/rondes/alphen-centrum-2020/wijziging"
    shown = page(sign_in(person).get(address))
    assert 'value="2020-06-28"' in shown and 'value="23:59"' in shown
    fields = _local_fields() | {"vote-closes_day": "2020-07-01", "reason": "De brieven waren te laat."}
    assert "Schrijf waarom dit nodig is" in page(client.post(address, data=fields | {"reason": ""}), 422)
    earlier = page(client.post(address, data=fields | {"vote-closes_day": "2020-06-20"}), 422)
    assert "alleen later worden" in earlier and 'value="2020-06-20"' in earlier
    assert "02:30 komt op deze dag twee keer" in page(
        client.post(address, data=fields | {"vote-closes_day": "2020-10-25", "vote-closes_hour": "02:30"}), 422
    )
    assert client.post(address, data=fields).location.endswith("/bevestigen")
    confirm_request(open_requests(round_.id)[0].id, second)
    closes = round_by_slug("alphen-centrum-2020").frame.calendar.phases[-1].closes  # type: ignore[union-attr]
    assert closes == datetime(2020, 7, 1, 22, tzinfo=UTC)


def _local_fields() -> dict[str, str]:
    """The calendar of the tests as its form shows it."""
    from pb.rounds.rules import closing_to_local

    frame = a_frame()
    fields = {"result": "2020-07-03", "result_hour": "12:00", "delivered_by": "2021-07-03"}
    for phase in CALENDAR.phases:
        opens, closes = frame.local(phase.opens), closing_to_local(phase.closes, frame.zone)
        fields |= phase_fields(
            phase.kind, (f"{opens:%Y-%m-%d}", f"{opens:%H:%M}"), (f"{closes:%Y-%m-%d}", f"{closes:%H:%M}")
        )
    return fields


def test_before_the_first_plan_there_is_nothing_to_amend(editor: FlaskClient) -> None:
    text = page(editor.get("/beheer/rondes/alphen-centrum-2020/wijziging"))
    assert "nog geen plan ingediend" in text and "<form method" not in text.split("<main")[1]
