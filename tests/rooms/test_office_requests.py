"""What is written about requests: never an address, a query, a token or a name; and how far proxies are believed."""

import logging
from pathlib import Path

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from pb import create_app
from pb.base import access
from tests.conftest import _settings


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.INFO, "pb.requests")
    return caplog


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("/inloggen/link/CANARY?x=CANARY", "GET /inloggen/link/<token> 410"),
        ("/bestanden/CANARY", "GET /bestanden/<name> 404"),
        ("/inloggen?next=/CANARY", "GET /inloggen 200"),
        ("/CANARY", "GET - 404"),
        ("/en/levend", "GET /levend 200"),
    ],
)
def test_the_log_names_the_route_and_nothing_of_the_visitor(
    client: FlaskClient, log: pytest.LogCaptureFixture, path: str, line: str
) -> None:
    client.get(path, headers={"User-Agent": "CANARY", "Referer": "https://canary.example/CANARY"})
    assert line in log.text and "CANARY" not in log.text and "127.0.0.1" not in log.text


def test_a_mistyped_address_is_not_logged(client: FlaskClient, log: pytest.LogCaptureFixture) -> None:
    client.post("/inloggen", data={"email": "canary@example"})
    client.post("/inloggen", data={"email": "canary@example.org"})
    assert "POST /inloggen 302" in log.text and "canary" not in log.text


@pytest.mark.parametrize(
    ("proxies", "address", "scheme"),
    [(0, "127.0.0.1", "http"), (1, "192.0.2.7", "https"), (2, "198.51.100.9", "https")],
)
def test_only_named_proxies_are_believed(tmp_path: Path, proxies: int, address: str, scheme: str) -> None:
    settings = _settings(tmp_path, "sqlite://") | {"TRUSTED_PROXIES": proxies}
    application: Flask = create_app(settings)

    @application.get("/wie")
    @access.public
    def who() -> str:
        return f"{request.remote_addr} {request.scheme} {request.host}"

    said = {
        "X-Forwarded-For": "198.51.100.9, 192.0.2.7",
        "X-Forwarded-Proto": "https, https",
        "X-Forwarded-Host": "evil",
    }
    assert application.test_client().get("/wie", headers=said).text == f"{address} {scheme} localhost"
