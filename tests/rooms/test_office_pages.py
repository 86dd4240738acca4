"""Pages that were made a moment ago: for strangers only, and for a moment only."""

import time
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from pb.extensions import db
from pb.office import pages
from tests import factories

PATH = "/rondes/alphen-centrum-2020/plannen"


@pytest.fixture
def remembering(app: Flask) -> Iterator[Flask]:
    """The site as it is outside tests: it keeps pages for a moment."""
    app.config["REMEMBER_SECONDS"] = 10
    app.extensions.pop("pb.pages", None)
    yield app
    app.config["REMEMBER_SECONDS"] = 0


@pytest.fixture
def statements(app: Flask) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith(("BEGIN", "SET")):
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield seen
    event.remove(db.engine, "before_cursor_execute", note)


def _a_round() -> int:
    round_ = factories.a_round()
    factories.a_plan(round_.id, factories.a_person())
    return round_.id


def test_a_second_stranger_asks_nothing_of_the_database(
    remembering: Flask, client: FlaskClient, statements: list[str]
) -> None:
    _a_round()
    first = client.get(PATH)
    statements.clear()
    second = remembering.test_client().get(PATH)
    assert second.data == first.data and second.headers["ETag"] == first.headers["ETag"]
    assert not statements


def test_a_moment_ends_what_was_kept(remembering: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    round_id = _a_round()
    client.get(PATH)
    factories.a_plan(round_id, factories.a_person(), title="Een boom")
    assert "Een boom" not in client.get(PATH).text, "kept: or what follows would mean nothing"
    later = time.monotonic() + pages.SECONDS
    monkeypatch.setattr(pages.time, "monotonic", lambda: later)
    assert "Een boom" in client.get(PATH).text


def test_each_language_and_question_is_a_page_of_its_own(remembering: Flask, client: FlaskClient) -> None:
    _a_round()
    assert 'lang="nl"' in client.get(PATH).text and 'lang="en"' in client.get(f"/en{PATH}").text
    assert client.get(f"{PATH}?zoek=zzz").data != client.get(PATH).data


def test_who_has_a_cookie_gets_their_own_page(
    remembering: Flask, client: FlaskClient, sign_in: object, statements: list[str]
) -> None:
    _a_round()
    client.get(PATH)
    person = factories.a_person(name="Kim")
    sign_in(person)  # type: ignore[operator]
    page = client.get(PATH).text
    assert "/mijn" in page
    assert "/mijn" not in remembering.test_client().get(PATH).text


def test_not_changed_is_said_for_a_kept_page(remembering: Flask, client: FlaskClient) -> None:
    _a_round()
    mark = client.get(PATH).headers["ETag"]
    client.get(PATH)
    assert client.get(PATH, headers={"If-None-Match": mark}).status_code == 304


def test_what_is_not_there_is_not_kept(remembering: Flask, client: FlaskClient) -> None:
    assert client.get(PATH).status_code == 404
    _a_round()
    assert client.get(PATH).status_code == 200


def test_the_oldest_page_makes_room(
    remembering: Flask, client: FlaskClient, statements: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _a_round()
    monkeypatch.setattr(pages, "MOST", 1)
    client.get(PATH)
    client.get(f"{PATH}?zoek=x")
    statements.clear()
    client.get(PATH)
    assert len(statements) > 1
