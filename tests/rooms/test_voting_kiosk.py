"""A kiosk: a device that begins empty, goes back to its start by itself, and keeps no receipt, choice or sign-in."""

from collections.abc import Callable
from http.cookies import SimpleCookie

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from pb.base.access import Role
from pb.office.reads import history
from pb.voting.kiosk.device import COOKIE, SCRIPT
from pb.voting.kiosk.rules import SECONDS, kiosk_reasons
from tests.booth import Booth, fields_of, ticked
from tests.factories import CALENDAR, a_person, a_role, a_round, at
from tests.pages import page, words_of
from tests.rooms.test_voting_paper import Move
from tests.unit.test_voting_rules import a_box
from tests.voting import Voting, a_vote, rows

SignIn = Callable[[int], FlaskClient]
SETUP = "/beheer/rondes/alphen-centrum-2020/kiosk"
START = "/rondes/alphen-centrum-2020/kiosk"
BALLOT = "/rondes/alphen-centrum-2020/stemmen"


@pytest.fixture
def vote(app: Flask) -> Voting:
    return a_vote()


@pytest.fixture
def kiosk(vote: Voting, sign_in: SignIn) -> FlaskClient:
    """A device that a clerk made a kiosk."""
    clerk = a_person()
    a_role(clerk, vote.id, Role.CLERK)
    client = sign_in(clerk)
    assert client.post(SETUP, data={"deed": "begin"}).location == START
    return client


def cookies(client: FlaskClient) -> set[str]:
    """The names of what the device keeps."""
    return {cookie.key for cookie in client._cookies.values()}  # type: ignore[union-attr]


@pytest.mark.parametrize("role", [*Role, None])
def test_who_makes_a_kiosk(vote: Voting, sign_in: SignIn, role: Role | None) -> None:
    person = a_person()
    a_role(person, a_round(slug="elders").id, Role.CLERK)
    if role:
        a_role(person, vote.id, role)
    client, may = sign_in(person), role in {Role.CLERK, Role.ORGANISER}
    assert client.get(SETUP).status_code == (200 if may else 403)
    assert client.post(SETUP, data={"deed": "begin"}).status_code == (303 if may else 403)
    assert (COOKIE in cookies(client)) is may


def test_who_makes_a_kiosk_is_signed_out_on_it(kiosk: FlaskClient, vote: Voting) -> None:
    assert cookies(kiosk) == {COOKIE}
    assert kiosk.get(SETUP).status_code == 302, "somebody has to sign in again"
    assert [entry.act for entry in history(f"desk:{vote.id}")] == ["open_kiosk"]


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_kiosk_begins_empty_and_goes_back_by_itself(kiosk: FlaskClient, prefix: str) -> None:
    for path in (START, BALLOT, "/rondes/alphen-centrum-2020", "/nergens"):
        answer = kiosk.get(prefix + path)
        assert answer.headers["Refresh"] == f"{SECONDS}; url={START}"
        assert answer.headers["Cache-Control"] == "private, no-store" and "ETag" not in answer.headers
        page(answer, answer.status_code)


def test_a_script_that_is_alive_watches_instead(kiosk: FlaskClient) -> None:
    kiosk.set_cookie(SCRIPT, "1")
    assert "Refresh" not in kiosk.get(BALLOT).headers
    assert "Refresh" in kiosk.get(f"{START}/gelukt").headers, "nobody has to stay on the last page"


def test_the_start_takes_away_what_somebody_left(kiosk: FlaskClient) -> None:
    Booth(kiosk).choose("bank", "kas")
    assert "keuze-alphen-centrum-2020" in cookies(kiosk)
    assert ticked(kiosk.get(BALLOT)) == ["bank", "kas"]
    answer = kiosk.get(START)
    assert "Kies mee" in words_of(page(answer)) and "bank" not in answer.text.partition("<main")[2]
    assert cookies(kiosk) == {COOKIE} and answer.headers["Clear-Site-Data"] == '"cache"'
    assert ticked(kiosk.get(BALLOT)) == []


def test_a_vote_is_answered_without_receipt_or_choices(kiosk: FlaskClient, vote: Voting) -> None:
    booth = Booth(kiosk)
    answer = booth.vote(vote.codes[0], "bank", "kas")
    assert answer.status_code == 303 and answer.location == f"{START}/gelukt"
    assert cookies(kiosk) <= {COOKIE} and rows() == (1, 1, 1, 1)
    shown = kiosk.get(answer.location)
    assert "Gelukt" in words_of(page(shown)) and shown.headers["Refresh"].endswith(f"; url={START}")
    for secret in ("Plan bank", "Plan kas", "tracking", vote.codes[0], "4.200"):
        assert secret not in shown.text.partition("<main")[2] and secret not in answer.text


def test_the_way_back_shows_nothing(kiosk: FlaskClient, vote: Voting) -> None:
    booth = Booth(kiosk)
    booth.choose("bank", "kas")
    form = fields_of(booth.code_page().text)
    booth.send(form, vote.codes[0])
    assert booth.code_page().location == BALLOT, "there is nothing to vote on any more"
    assert ticked(booth.start()) == []
    again = booth.send(form, vote.codes[0])
    assert again.status_code == 409 and vote.codes[0] not in again.text and ticked(again) == []
    assert rows() == (1, 1, 1, 1)


def test_a_vote_that_is_not_taken_is_mended_on_the_kiosk(kiosk: FlaskClient, vote: Voting) -> None:
    booth = Booth(kiosk)
    booth.choose("bank")
    answer = booth.cast(vote.spare)
    assert answer.status_code == 422 and "Plan bank" in answer.text and answer.headers["Refresh"]
    assert booth.cast(vote.codes[0]).location == f"{START}/gelukt"


def test_other_devices_have_their_receipt(vote: Voting, client: FlaskClient) -> None:
    answer = Booth(client).vote(vote.codes[0], "bank")
    assert answer.status_code == 200 and "Refresh" not in answer.headers
    assert "geen stemzuil" in words_of(page(client.get(START)))
    assert client.get(f"{START}/gelukt").location == START


@pytest.mark.parametrize("forged", ["", "1", "alphen-centrum-2020", "x" * 4000, "..%00"])
def test_nobody_forges_a_kiosk(vote: Voting, client: FlaskClient, forged: str) -> None:
    client.set_cookie(COOKIE, forged)
    assert "geen stemzuil" in words_of(page(client.get(START)))
    assert "Refresh" not in client.get(BALLOT).headers


def test_a_choice_is_no_kiosk(vote: Voting, client: FlaskClient) -> None:
    """A seal of another purpose opens nothing here."""
    answer: TestResponse = Booth(client).choose("bank")
    sealed = SimpleCookie(answer.headers["Set-Cookie"])["keuze-alphen-centrum-2020"].value
    client.set_cookie(COOKIE, sealed)
    assert "geen stemzuil" in words_of(page(client.get(START)))


def test_a_kiosk_of_another_round_keeps_nothing_either(app: Flask, vote: Voting, sign_in: SignIn) -> None:
    other, clerk = a_vote_elsewhere(), a_person()
    a_role(clerk, other, Role.CLERK)
    client = sign_in(clerk)
    client.post("/beheer/rondes/elders/kiosk", data={"deed": "begin"})
    answer = Booth(client).vote(vote.codes[0], "bank")
    assert answer.status_code == 303 and answer.location == "/rondes/elders/kiosk/gelukt"
    assert cookies(client) == {COOKIE}


def a_vote_elsewhere() -> int:
    """Another round whose ballot is sealed."""
    from tests.voting import a_code, seal

    round_ = a_round(slug="elders", rehearsal=True)
    a_code(round_)
    seal(round_)
    return round_.id


def test_a_kiosk_is_stopped_by_who_may(kiosk: FlaskClient, vote: Voting, sign_in: SignIn) -> None:
    assert kiosk.post(SETUP, data={"deed": "stop"}).status_code == 302 and COOKIE in cookies(kiosk)
    person = a_person()
    a_role(person, vote.id, Role.ORGANISER)
    client = sign_in(person)
    assert "is een stemzuil" in words_of(page(client.get(SETUP)))
    assert client.post(SETUP, data={"deed": "stop"}).location == SETUP and COOKIE not in cookies(client)


@pytest.mark.parametrize("moment", ["before the sealing", "after the close"])
def test_when_there_is_no_kiosk(app: Flask, standing_clock: Move, sign_in: SignIn, moment: str) -> None:
    round_id = a_round().id if moment == "before the sealing" else a_vote().id
    if moment == "after the close":
        standing_clock(CALENDAR.phases[-1].closes)
    person = a_person()
    a_role(person, round_id, Role.CLERK)
    client = sign_in(person)
    assert 'value="begin"' not in page(client.get(SETUP))
    assert client.post(SETUP, data={"deed": "begin"}).status_code == 409 and COOKIE not in cookies(client)


def test_a_kiosk_says_when_the_vote_is_over(kiosk: FlaskClient, standing_clock: Move) -> None:
    standing_clock(CALENDAR.phases[-1].closes)
    shown = page(kiosk.get(START))
    assert "Stemmen kon tot en met" in words_of(shown) and f'href="{BALLOT}"' not in shown.partition("<main")[2]


def test_rules() -> None:
    assert [one.refusal.value for one in kiosk_reasons(None, at(6, 10))] == ["kiosk.not_sealed"]
    assert kiosk_reasons(a_box(), at(5, 1)) == kiosk_reasons(a_box(), at(6, 28, 21)) == []
    assert [one.refusal.value for one in kiosk_reasons(a_box(), at(6, 28, 22))] == ["kiosk.closed"]
