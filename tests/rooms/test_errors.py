"""Every "no" is a page with words, also when the database does not answer; and every answer has its headers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from sqlalchemy import text

from pb import create_app
from pb.base import access
from pb.base.refusals import Refused
from pb.extensions import db
from pb.office.values import OfficeRefusal
from pb.words import LOCALES
from tests.conftest import _settings
from tests.factories import a_person


@pytest.fixture
def faulty(tmp_path: Path) -> Iterator[FlaskClient]:
    """A site of its own with pages that fail in every way; its exceptions reach the error pages, as in production."""
    application = create_app(_settings(tmp_path, f"sqlite:///{tmp_path / 'test.sqlite'}") | {"TESTING": False})
    _add_faults(application)
    with application.app_context():
        db.create_all()
    yield application.test_client()
    with application.app_context():
        db.engine.dispose()


def _add_faults(application: Flask) -> None:
    def broken() -> str:
        raise ZeroDivisionError

    def refused() -> str:
        raise Refused(OfficeRefusal.TOO_MANY_TRIES(seconds=8), status=429)

    def missing() -> str:
        db.session.execute(text("select canary from not_there"))
        return ""

    def any_status(status: int) -> str:
        abort(status)

    for path, view in {
        "/broken": broken,
        "/refused": refused,
        "/missing": missing,
        "/status/<int:status>": any_status,
    }.items():
        application.add_url_rule(path, view.__name__, access.public(view))


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("status", [400, 403, 404, 405, 410, 413, 418, 429, 500, 501, 503])
def test_every_status_has_a_page(faulty: FlaskClient, prefix: str, status: int) -> None:
    answer = faulty.get(f"{prefix}/status/{status}")
    assert answer.status_code == status and answer.text.count("<h1") == 1
    assert "error." not in answer.text  # no key without words
    assert f'<html lang="{"en" if prefix else "nl"}"' in answer.text


def test_a_mistake_of_ours_is_an_apology_without_details(faulty: FlaskClient) -> None:
    answer = faulty.get("/broken")
    assert answer.status_code == 500 and "bij ons" in answer.text and "ZeroDivision" not in answer.text


def test_a_refusal_says_its_reasons(faulty: FlaskClient) -> None:
    answer = faulty.get("/refused")
    assert answer.status_code == 429 and "over 8 seconden" in answer.text


def test_a_database_that_fails_never_looks_like_success(faulty: FlaskClient) -> None:
    answer = faulty.get("/missing")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "nog niet opgeslagen" in answer.text and "canary" not in answer.text


def test_the_page_comes_even_when_the_layout_cannot_be_had(
    client: FlaskClient, sign_in: object, monkeypatch: pytest.MonkeyPatch, app: Flask
) -> None:
    """Somebody is signed in, and the database goes away: the layout would ask it who that is."""
    sign_in(a_person())  # type: ignore[operator]
    with app.app_context():
        db.session.remove()
    db.engine.dispose()

    def away(*_: object, **__: object) -> None:
        raise db.engine.dialect.loaded_dbapi.OperationalError("canary: no route to host")

    monkeypatch.setattr(db.engine.dialect, "connect", away)
    answer = client.get("/mijn")
    assert answer.status_code == 503 and answer.text.count("<h1") == 1
    assert "nog niet opgeslagen" in answer.text and "canary" not in answer.text


def test_a_method_that_is_not_there_names_those_that_are(client: FlaskClient) -> None:
    answer = client.get("/uitloggen")
    assert answer.status_code == 405 and "POST" in answer.headers["Allow"]
    assert client.open("/levend", method="TRACE").status_code == 405


@pytest.mark.parametrize("locale", LOCALES)
def test_a_form_without_its_token_is_stale(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, locale: str
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    prefix = "" if locale == "nl" else f"/{locale}"
    answer = client.post(f"{prefix}/inloggen", data={"email": "sam@example.org"})
    assert answer.status_code == 400 and ("te lang open" in answer.text or "open for too long" in answer.text)


def test_every_answer_has_its_headers(client: FlaskClient) -> None:
    for path in ("/inloggen", "/levend", "/no-such-page", "/mijn"):
        headers = client.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff" and headers["Referrer-Policy"] == "same-origin"
        assert headers["Cache-Control"] == "private, no-store" and "Strict-Transport-Security" not in headers


def test_a_site_on_https_says_so(tmp_path: Path) -> None:
    settings = _settings(tmp_path, "sqlite://") | {"PUBLIC_URL": "https://begroot.example.org"}
    answer = create_app(settings).test_client().get("/no-such-page")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_a_demo_is_not_found_by_search_engines(tmp_path: Path) -> None:
    application = create_app(_settings(tmp_path, "sqlite://") | {"DEMO": True})
    assert application.test_client().get("/no-such-page").headers["X-Robots-Tag"] == "noindex, nofollow"
