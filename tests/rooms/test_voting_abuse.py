"""The abuse cases of casting, sent by hand: nothing stored on a refusal, plain words, choices kept, never a 5xx."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from pb.extensions import db
from pb.voting.acts import ask_to_withdraw, cast_ballot
from tests.booth import Booth, fields_of, ticked, tracking_of
from tests.factories import at
from tests.voting import Voting, a_vote, before_the_vote, confirm, lose_keys, rows, sealed

NOTHING = (0, 0, 0, 0)
CRAFTED = {
    "over the money": ["tuin", "kas", "bank"],
    "twice": ["bank", "bank"],
    "unknown": ["bestaat-niet"],
    "unknown beside known": ["bank", "bestaat-niet"],
    "negative": ["-1"],
    "a float": ["4200.5"],
    "an exponent": ["1e3"],
    "not a number": ["NaN"],
    "huge": ["9" * 5000],
    "arabic digits": ["٤٢٠٠"],
    "joined by a comma": ["bank,kas"],
    "another case": ["BANK"],
    "with a space": [" bank"],
    "empty": [""],
    "a script": ["<script>alert(1)</script>"],
    "a template": ["{{7*7}}"],
    "many": [f"p{number}" for number in range(900)],
}


@pytest.fixture
def vote(app: Flask) -> Voting:
    return a_vote()


@pytest.fixture
def booth(vote: Voting, client: FlaskClient) -> Booth:
    return Booth(client)


@pytest.mark.parametrize("what", CRAFTED)
def test_a_crafted_ballot_is_refused_when_it_is_chosen(vote: Voting, booth: Booth, what: str) -> None:
    answer = booth.choose(*CRAFTED[what])
    assert answer.status_code == 422 and 'role="alert"' in answer.text
    assert set(ticked(answer)) <= set(CRAFTED[what]) and "<script>alert" not in answer.text
    assert booth.code_page().status_code == 303, "it was kept"


@pytest.mark.parametrize("what", CRAFTED)
def test_a_crafted_ballot_is_refused_when_it_is_cast(vote: Voting, booth: Booth, what: str) -> None:
    booth.choose("bank")
    answer = booth.cast(vote.codes[0], plan=CRAFTED[what])
    assert answer.status_code == 422 and 'role="alert"' in answer.text and rows() == NOTHING
    assert "<script>alert" not in answer.text
    assert tracking_of(booth.cast(vote.codes[0])), "the choice that was kept still counts"


@pytest.mark.parametrize("what", CRAFTED)
def test_a_refused_vote_leaves_the_earlier_one(vote: Voting, booth: Booth, what: str) -> None:
    booth.vote(vote.codes[0], "bank")
    booth.choose("kas")
    assert booth.cast(vote.codes[0], plan=CRAFTED[what]).status_code == 422
    assert rows() == (1, 1, 1, 1)


def test_a_form_sent_twice_has_one_receipt(vote: Voting, booth: Booth) -> None:
    booth.choose("bank")
    form = fields_of(booth.code_page().text)
    first, second = booth.send(form, vote.codes[0]), booth.send(form, vote.codes[0])
    assert tracking_of(first) == tracking_of(second) and rows() == (1, 1, 1, 1)
    assert "Deze stem was al opgeslagen. Hij telt één keer." in second.text


def test_the_same_page_with_another_choice_is_asked_about(vote: Voting, booth: Booth) -> None:
    booth.choose("bank")
    form = fields_of(booth.code_page().text)
    booth.send(form, vote.codes[0])
    answer = booth.send(form, vote.codes[0], plan=["kas"])
    assert answer.status_code == 409 and rows() == (1, 1, 1, 1)
    again = fields_of(answer.text)
    assert again["plan"] == ["kas"] and again["key"] != form["key"] and "Stuur als mijn nieuwe stem" in answer.text
    assert not again["code"][0], "the code is asked again"
    assert tracking_of(booth.send(again, vote.codes[0])) and rows() == (1, 1, 2, 2)


@pytest.mark.parametrize("key", ["", "00" * 16, "zz" * 16, "٠" * 32, "a" * 100])
def test_a_form_with_another_key_is_stale(vote: Voting, booth: Booth, key: str) -> None:
    booth.choose("bank")
    answer = booth.cast(vote.codes[0], key=key)
    assert answer.status_code == 409 and "Deze pagina was verouderd." in answer.text and rows() == NOTHING
    assert tracking_of(booth.send(fields_of(answer.text), vote.codes[0]))


def test_an_old_tab_keeps_its_own_choice(vote: Voting, booth: Booth) -> None:
    booth.choose("bank")
    old = fields_of(booth.code_page().text)
    booth.choose("kas")
    answer = booth.send(old, vote.codes[0])
    assert answer.status_code == 409 and fields_of(answer.text)["plan"] == ["bank"] and rows() == NOTHING


def test_a_form_without_its_cookie_casts_nothing(vote: Voting, booth: Booth, client: FlaskClient) -> None:
    booth.choose("bank")
    form = fields_of(booth.code_page().text)
    client.delete_cookie(f"keuze-{vote.round.slug}")
    assert booth.send(form, vote.codes[0]).status_code == 409 and rows() == NOTHING


@pytest.mark.parametrize("value", ["", "x", "A" * 4000, "gAAAA", "💐"])
def test_a_cookie_that_was_made_by_hand_is_nothing(vote: Voting, booth: Booth, client: FlaskClient, value: str) -> None:
    client.set_cookie(f"keuze-{vote.round.slug}", value)
    assert ticked(booth.start()) == [] and booth.code_page().status_code == 303
    assert "nog niet uitgebracht" not in client.get("/privacy").text


def test_a_plan_that_left_the_ballot_is_looked_at_again(
    app: Flask, client: FlaskClient, standing_clock: Callable[..., None]
) -> None:
    standing_clock(at(5, 20))
    vote, booth = sealed(before_the_vote()), Booth(client)
    standing_clock(at(6, 1))
    booth.choose("bank", "kas")
    form = fields_of(booth.code_page().text)
    ask_to_withdraw(vote.id, "kas", "Het kan <niet>.", vote.organiser)
    confirm(vote.id, vote.second)
    for answer in (booth.send(form, vote.codes[0]), booth.start(), booth.code_page(), booth.choose("bank", "kas")):
        assert "Een plan dat je koos, doet niet meer mee." in answer.text and ticked(answer) == ["bank"]
        assert "Dit plan doet niet meer mee: Plan kas." in answer.text and "Het kan &lt;niet&gt;." in answer.text
    assert rows() == NOTHING
    booth.choose("bank")
    assert tracking_of(booth.cast(vote.codes[0]))


def test_a_receipt_shows_a_plan_that_left_the_ballot_later(
    app: Flask, client: FlaskClient, standing_clock: Callable[..., None]
) -> None:
    standing_clock(at(5, 20))
    vote, booth = sealed(before_the_vote()), Booth(client)
    standing_clock(at(6, 1))
    booth.choose("bank", "kas")
    form = fields_of(booth.code_page().text)
    first = booth.send(form, vote.codes[0])
    ask_to_withdraw(vote.id, "kas", "Het kan niet.", vote.organiser)
    confirm(vote.id, vote.second)
    second = booth.send(form, vote.codes[0])
    assert tracking_of(first) == tracking_of(second) and "Plan kas" in second.text


TROUBLE = {
    "locked": OperationalError("insert", {"canary": "7K2M"}, Exception("database is locked")),
    "no connection": NoConnection("QueuePool limit"),
}


@pytest.mark.parametrize("what", TROUBLE)
@pytest.mark.parametrize("saved", [False, True])
def test_trouble_with_the_database_is_never_a_false_success(
    vote: Voting,
    booth: Booth,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    what: str,
    saved: bool,
) -> None:
    def fail(*given: object, **named: object) -> None:
        if saved:  # the commit came through, its answer did not
            cast_ballot(*given, **named)  # type: ignore[arg-type]
        raise TROUBLE[what]

    booth.choose("bank")
    form = fields_of(booth.code_page().text)
    with monkeypatch.context() as broken:
        broken.setattr("pb.voting.views.code.cast_ballot", fail)
        answer = booth.send(form, vote.codes[0])
    assert answer.status_code == 503 and answer.headers["Retry-After"] == "5"
    assert "We weten niet zeker of je stem is opgeslagen." in answer.text and "Gelukt" not in answer.text
    assert vote.codes[0] not in caplog.text and "7K2M" not in caplog.text
    again = fields_of(answer.text)
    assert again["key"] == form["key"] and again["plan"] == ["bank"]
    assert tracking_of(booth.send(again, vote.codes[0])) and rows() == (1, 1, 1, 1)


def test_without_the_keys_nothing_is_cast_and_the_choice_stays(vote: Voting, booth: Booth) -> None:
    lose_keys(vote.round)
    answer = booth.vote(vote.codes[0], "bank")
    assert answer.status_code == 503 and "Je stem is nog niet opgeslagen." in answer.text
    assert "round.key" not in answer.text and fields_of(answer.text)["plan"] == ["bank"] and rows() == NOTHING


@pytest.mark.parametrize("path", ["", "/gebied", "/code", "/klaar"])
def test_nothing_is_sent_without_a_token(app: Flask, path: str) -> None:
    vote = a_vote()
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        answer = app.test_client().post(f"/rondes/{vote.round.slug}/stemmen{path}", data={"style": "all"})
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
    assert answer.status_code == 400 and rows() == NOTHING


def test_no_page_of_the_vote_carries_a_code_or_choice_in_its_address(vote: Voting, booth: Booth) -> None:
    chosen = booth.choose("bank", "kas")
    answers = [chosen, booth.cast(vote.codes[0]), booth.wipe()]
    places = [str(answer.location or "") for answer in answers]
    links = re.findall(r'(?:href|action)="([^"]*)"', answers[1].text)
    for where in places + links:
        assert vote.codes[0] not in where and "plan=" not in where and tracking_of(answers[1]) not in where


def test_nobody_waits_for_a_lock_without_end(app: Flask) -> None:
    if db.engine.dialect.name == "postgresql":
        assert db.session.scalar(text("show lock_timeout")) == "15s"
    else:
        assert db.session.scalar(text("pragma busy_timeout")) == 15_000
