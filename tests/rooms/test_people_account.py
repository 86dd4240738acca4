"""A person's own page, the end of sessions, and how accounts come to be without a sign-in."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pb.base.refusals import Refused
from pb.base.transaction import transaction
from pb.people import acts, panels
from pb.people.housekeeping import forget_sign_ins
from pb.people.models import SignIn
from pb.people.reads import names_of, person_by_email, person_by_id
from tests.factories import a_person, at

SignInto = Callable[[int], FlaskClient]


def test_a_stranger_is_asked_to_sign_in(client: FlaskClient) -> None:
    assert client.get("/mijn").headers["Location"] == "/inloggen?next=/mijn"


def test_change_the_name_and_the_language(client: FlaskClient, sign_in: SignInto) -> None:
    person_id = a_person()
    answer = sign_in(person_id).post("/mijn", data={"public_name": " Sam \u202e van  de Kerk\r\n", "locale": "en"})
    assert answer.status_code == 302
    person = person_by_id(person_id)
    assert person and (person.public_name, person.locale) == ("Sam van de Kerk", "en")


@pytest.mark.parametrize("data", [{"public_name": "x" * 61, "locale": "nl"}, {"public_name": "Sam", "locale": "xx"}])
def test_what_does_not_fit_is_said_beside_the_field(
    client: FlaskClient, sign_in: SignInto, data: dict[str, str]
) -> None:
    person_id = a_person(name="Kim")
    answer = sign_in(person_id).post("/mijn", data=data)
    assert answer.status_code == 422 and "field__error" in answer.text
    person = person_by_id(person_id)
    assert person and person.public_name == "Kim"


def test_other_rooms_add_their_part(client: FlaskClient, sign_in: SignInto, monkeypatch: pytest.MonkeyPatch) -> None:
    person_id = a_person()
    monkeypatch.setattr(panels, "PANELS", panels.PANELS[:])
    monkeypatch.setattr("pb.people.views.PANELS", [lambda number: f"<section><h2>Plannen van {number}</h2></section>"])
    assert f"<h2>Plannen van {person_id}</h2>" in sign_in(person_id).get("/mijn").text


def test_a_panel_is_registered_once_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(panels, "PANELS", [])

    @panels.panel
    def mine(_person_id: int) -> str:
        return ""

    assert [mine] == panels.PANELS


def test_signing_out_ends_this_session_alone(app: Flask, client: FlaskClient, sign_in: SignInto) -> None:
    sign_in(a_person())
    assert client.get("/uitloggen").status_code == 405
    assert client.post("/uitloggen").status_code == 302
    assert client.get("/mijn").status_code == 302


def test_signing_out_everywhere_ends_other_devices(app: Flask, client: FlaskClient, sign_in: SignInto) -> None:
    person_id = a_person()
    sign_in(person_id)
    tablet = app.test_client()
    with tablet.session_transaction() as session:
        session["_user_id"] = f"{person_id}.0"
    assert tablet.get("/mijn").status_code == 200
    client.post("/mijn/overal-uitloggen")
    assert tablet.get("/mijn").status_code == 302 and client.get("/mijn").status_code == 302


@pytest.mark.parametrize("kept", ["", ".", "1", "x.0", "1.x", "-1.0", "999999.0"])
def test_a_strange_session_is_nobody(client: FlaskClient, kept: str) -> None:
    with client.session_transaction() as session:
        session["_user_id"] = kept
    assert client.get("/mijn").status_code == 302


def test_a_person_without_a_sign_in(app: Flask) -> None:
    with transaction() as session:
        first = acts.ensure_person(session, "Jury@Example.org", " Jo ")
        again = acts.ensure_person(session, "jury@example.org", "Iemand anders")
    person = person_by_email("jury@example.org")
    assert first == again and person and person.public_name == "Jo"


def test_a_person_needs_an_address(app: Flask) -> None:
    with pytest.raises(Refused), transaction() as session:
        acts.ensure_person(session, "jury")


def test_an_administrator_is_made_of_anyone(app: Flask) -> None:
    known = a_person("beheer@example.org")
    assert acts.make_administrator("Beheer@example.org") == known
    acts.make_administrator("nieuw@example.org")
    people = [person_by_email(f"{who}@example.org") for who in ("beheer", "nieuw")]
    assert all(person and person.is_administrator for person in people)


def test_names_come_in_one_reading(app: Flask) -> None:
    sam, kim = a_person(name="Sam"), a_person(name="Kim")
    assert names_of([sam, kim, sam, 999_999]) == {sam: "Sam", kim: "Kim"}
    assert names_of([]) == {}


def test_old_sign_ins_are_forgotten(app: Flask) -> None:
    with transaction() as session:
        for number, day in enumerate((8, 10)):
            session.add(
                SignIn(
                    email="sam@example.org", token_hash=bytes([number]), code_hash=b"", browser_hash=b"", locale="nl",
                    next_path="/", deed=None, asked_at=at(6, day), expires_at=at(6, day, 11),
                )
            )  # fmt: skip
    forget_sign_ins()
    with transaction() as session:
        assert [row.expires_at for row in session.query(SignIn)] == [at(6, 10, 11)]
