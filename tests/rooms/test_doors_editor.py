"""The step of the frame's editor about the door, and what residents then read."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pb.rounds.acts import create_round
from pb.rounds.reads import newest_draft, round_by_slug
from pb.rounds.values import AgeClaim, Door, DoorKind, Frame, PlaceClaim, Voters
from tests.doors import EMAIL, ON_THE_ROLL, SIGN_IN
from tests.editor import MONEY, PLACE
from tests.factories import a_frame, a_person, a_round, at
from tests.pages import page, words_of

SignIn = Callable[[int], FlaskClient]
ROUND = "/rondes/alphen-centrum-2020"
EDIT = "/beheer/rondes/alphen-centrum-2020/kader"
FIELDS = {
    "door_kind": "sign_in", "broker_name": "DigiD", "issuer": "https://broker.example.org", "client": "begroot",
    "levels": " substantieel  hoog ", "scopes": "profile address", "age_claim": "birthdate", "age_as": "birth_date",
    "place_claim": "address.postal_code", "place_as": "postcode", "entry_claim": "", "risk": "",
    "voters-0-style": "all", "voters-0-area": "het centrum", "voters-0-people": "13250",
}  # fmt: skip


@pytest.fixture
def editor(app: Flask, client: FlaskClient, sign_in: SignIn, standing_clock: Callable[[datetime], None]) -> FlaskClient:
    """An organiser signed in, and a draft of which place and money are filled in."""
    standing_clock(at(1, 25))
    organiser = a_person()
    create_round("Alphen", "alphen-centrum-2020", organiser)
    sign_in(organiser)
    client.post(f"{EDIT}/plaats", data=PLACE)
    client.post(f"{EDIT}/geld", data=MONEY)
    return client


def drafted() -> Frame:
    round_ = round_by_slug("alphen-centrum-2020")
    assert round_ is not None
    draft = newest_draft(round_.id)
    assert draft is not None
    return draft.frame


def test_a_sign_in_is_kept_as_it_was_typed(editor: FlaskClient) -> None:
    editor.post(f"{EDIT}/stemrecht", data=FIELDS)
    door = drafted().door
    assert (door.kind, door.voters) == (DoorKind.SIGN_IN, (Voters("all", 13_250),))
    assert (door.broker.levels, door.broker.scopes) == (("substantieel", "hoog"), ("profile", "address"))
    assert (door.broker.age_as, door.broker.place_as) == (AgeClaim.BIRTH_DATE, PlaceClaim.POSTCODE)
    text = page(editor.get(f"{EDIT}/stemrecht"))
    assert 'value="substantieel hoog"' in text and 'value="13250"' in text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"issuer": "http://broker.example.org"}, "Het begint met https://"),
        ({"place_claim": ""}, "Anders kan iedereen in het land stemmen"),
        ({"age_claim": ""}, "Schrijf in welk gegeven (claim) de leeftijd staat"),
        ({"with_codes": "y"}, "Anders kan iemand twee keer stemmen"),
        ({"door_kind": "email"}, "zegt niet hoe oud iemand is"),
        ({"door_kind": "email", "with_codes": "y"}, "Codes en papier kunnen hier niet meetellen"),
        ({"voters-0-people": ""}, "Schrijf hoeveel mensen mogen stemmen in het centrum"),
    ],
)
def test_what_cannot_work_is_kept_and_explained(editor: FlaskClient, changes: dict[str, str], said: str) -> None:
    """A draft may be half; what is wrong stands on the step until it is mended, and nobody can adopt it."""
    answer = editor.post(f"{EDIT}/stemrecht", data=FIELDS | changes)
    assert answer.location == f"{EDIT}/stemrecht"
    assert said in words_of(page(editor.get(f"{EDIT}/stemrecht")))
    assert said in words_of(page(editor.get(EDIT)))


@pytest.mark.parametrize("changes", [{"door_kind": "wachtwoord"}, {"voters-0-people": "veel"}, {"risk": "x" * 1001}])
def test_what_cannot_be_read_is_not_kept(editor: FlaskClient, changes: dict[str, str]) -> None:
    assert editor.post(f"{EDIT}/stemrecht", data=FIELDS | changes).status_code == 422
    assert drafted().door == Door()


def test_numbers_of_areas_that_the_round_does_not_have_are_left_out(editor: FlaskClient) -> None:
    strange = {"voters-1-style": "elders", "voters-1-area": "Elders", "voters-1-people": "99"}
    editor.post(f"{EDIT}/stemrecht", data=FIELDS | strange)
    assert drafted().door.voters == (Voters("all", 13_250),)


def read(client: FlaskClient, door: Door, address: str, **changes: int) -> str:
    a_round(a_frame(door=door, **changes))
    return words_of(page(client.get(f"{ROUND}/{address}")))


def test_residents_read_what_a_sign_in_looks_at(app: Flask, client: FlaskClient) -> None:
    text = read(client, SIGN_IN, "spelregels")
    assert "Je stemt door in te loggen met DigiD" in text and "brief" not in text
    assert "je geboortedatum" in text and "je postcode" in text
    assert "het centrum: 13.250" in text


def test_residents_read_that_the_roll_decides(app: Flask, client: FlaskClient) -> None:
    text = read(client, ON_THE_ROLL, "spelregels")
    assert "of je op de kiezerslijst staat" in text and "Aan de balie krijg je een code" in text


def test_residents_read_the_risk_in_so_many_words(app: Flask, client: FlaskClient) -> None:
    text = read(client, EMAIL, "spelregels", minimum_age=0)
    assert "Het risico dat de gemeente aanvaardt" in text and EMAIL.risk in text


@pytest.mark.parametrize(
    ("door", "changes", "said"),
    [
        (Door(), {}, ("Je krijgt een brief met een code", "Ik kreeg geen brief")),
        (SIGN_IN, {}, ("Je logt in met DigiD", "Ik kan niet inloggen")),
        (EMAIL, {"minimum_age": 0}, ("Je stemt met je e-mailadres", "Ik krijg geen mail")),
    ],
)
def test_the_answers_follow_the_door(
    app: Flask, client: FlaskClient, door: Door, changes: dict[str, int], said: tuple[str, ...]
) -> None:
    text = read(client, door, "vragen", **changes)
    for words in said:
        assert words in text


@pytest.mark.parametrize(
    ("door", "changes", "said"),
    [
        (Door(), {}, ("Je hebt de brief met je code nodig", "Geen brief, hulp nodig")),
        (SIGN_IN, {}, ("Je logt in met DigiD", "Hulp nodig, of een vraag over stemmen")),
        (EMAIL, {"minimum_age": 0}, ("Je hebt je e-mailadres nodig", "Hulp nodig, of een vraag over stemmen")),
    ],
)
def test_the_pages_around_the_vote_follow_the_door(
    app: Flask, client: FlaskClient, door: Door, changes: dict[str, int], said: tuple[str, ...]
) -> None:
    a_round(a_frame(door=door, **changes))
    text = words_of(page(client.get(ROUND)))
    for words in said:
        assert words in text
    assert said[0] in words_of(page(client.get("/")))


@pytest.mark.parametrize(
    ("door", "changes", "said", "not_said"),
    [
        (Door(), {}, "Wie jouw brief heeft", "Wie meer adressen heeft"),
        (SIGN_IN, {}, "weet alleen de inlogdienst", "Wie jouw brief heeft"),
        (ON_THE_ROLL, {}, "Zit er geen strook over de code?", "Wie jouw brief heeft"),
        (EMAIL, {"minimum_age": 0}, "Wie meer adressen heeft", "Zit er geen strook over de code?"),
    ],
)
def test_the_limits_are_those_of_the_door(
    app: Flask, client: FlaskClient, door: Door, changes: dict[str, int], said: str, not_said: str
) -> None:
    a_round(a_frame(door=door, **changes))
    text = words_of(client.get(f"{ROUND}/stemgeheim").text)
    assert said in text and not_said not in text
