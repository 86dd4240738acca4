"""The small map of a round's area: who may give it, what a wrong file says, and what everybody sees of it."""

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pb.base.access import Role
from pb.office.reads import history
from pb.rounds.outline import geojson, views
from pb.rounds.outline.acts import remove_outline, save_outline
from pb.rounds.outline.reads import outline_of
from pb.rounds.values import RoundRecord
from tests.factories import a_person, a_role, a_round
from tests.together import together

SignIn = Callable[[int], FlaskClient]


def a_file(*names: str) -> bytes:
    """A file with an area side by side for each name, each about 700 metres wide."""
    features: list[dict[str, Any]] = []
    for step, name in enumerate(names):
        west = 4.65 + step / 100
        ring = [[west, 52.12], [west + 0.01, 52.12], [west + 0.01, 52.13], [west, 52.13], [west, 52.12]]
        geometry = {"type": "Polygon", "coordinates": [ring]}
        features.append({"type": "Feature", "properties": {"postcode": name}, "geometry": geometry})
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


@pytest.fixture
def the_round(app: Flask) -> RoundRecord:
    return a_round()


@pytest.fixture
def organiser(the_round: RoundRecord) -> int:
    person = a_person()
    a_role(person, the_round.id, Role.ORGANISER)
    return person


def address(round_: RoundRecord, rest: str = "") -> str:
    return f"/beheer/rondes/{round_.slug}/kaart{rest}"


def upload(browser: FlaskClient, round_: RoundRecord, content: bytes | None) -> Any:
    data = {} if content is None else {"file": (io.BytesIO(content), "../gebied.geojson")}
    return browser.post(address(round_), data=data, content_type="multipart/form-data")


@pytest.mark.parametrize("role", [None, *Role])
def test_only_organisers_give_a_map(the_round: RoundRecord, sign_in: SignIn, role: Role | None) -> None:
    person = a_person()
    if role:
        a_role(person, the_round.id, role)
    browser, may = sign_in(person), role is Role.ORGANISER
    assert browser.get(address(the_round)).status_code == (200 if may else 403)
    assert upload(browser, the_round, a_file("2405")).status_code == (302 if may else 403)
    assert bool(outline_of(the_round.id)) is may
    assert browser.post(address(the_round, "/weg")).status_code == (302 if may else 403)


def test_the_map_comes_and_is_replaced_and_goes(
    the_round: RoundRecord, organiser: int, sign_in: SignIn, client: FlaskClient
) -> None:
    public = f"/rondes/{the_round.slug}"
    assert "Het gebied" not in client.get(public).text
    browser = sign_in(organiser)
    assert "Haal het kaartje weg" not in browser.get(address(the_round)).text
    assert upload(browser, the_round, a_file("2405", "2406")).status_code == 302
    text = client.get(public).text
    assert "Het gebied" in text and text.count('class="map-area"') == 2 and ">2406</text>" in text
    assert 'role="img" aria-label="Het centrum: ongeveer 1,4 km breed en 1,1 km hoog. Het noorden is boven."' in text
    assert "about 1.4 km wide" in client.get(f"/en{public}").text
    upload(browser, the_round, a_file("2405"))
    assert client.get(public).text.count('class="map-area"') == 1
    browser.post(address(the_round, "/weg"))
    assert "Het gebied" not in client.get(public).text
    deeds = [entry.act for entry in history(f"round:{the_round.id}") if "outline" in entry.act]
    assert deeds == ["save_outline", "save_outline", "remove_outline"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "Kies eerst een bestand."),
        (b"", "Kies eerst een bestand."),
        (b"<kml/>", "Dit is geen GeoJSON-bestand."),
        (b'{"type": "Point"}', "staat geen vlak"),
        (b'{"type": "Polygon", "coordinates": [[[104500, 459300], [1, 1], [2, 2]]]}', "export in WGS 84"),
        (b'{"type": "Polygon", "coordinates": [[[0, 50], [3, 50], [3, 52]]]}', "breder dan 60 km"),
    ],
)
def test_a_wrong_file_says_what_to_do_and_the_old_map_stays(
    the_round: RoundRecord, organiser: int, sign_in: SignIn, content: bytes | None, words: str
) -> None:
    save_outline(the_round.id, a_file("2405"), organiser)
    answer = upload(sign_in(organiser), the_round, content)
    assert answer.status_code == 422 and words in answer.text and 'aria-invalid="true"' in answer.text
    assert [part.name for part in outline_of(the_round.id)] == ["2405"]


def test_a_large_file_is_not_read_to_its_end(
    the_round: RoundRecord, organiser: int, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, content = sign_in(organiser), a_file("2405")
    for size, status in ((len(content), 302), (len(content) - 1, 422)):
        monkeypatch.setattr(geojson, "LARGEST", size)
        monkeypatch.setattr(views, "LARGEST", size)
        answer = upload(browser, the_round, content)
        assert answer.status_code == status and ("Dit bestand is groter dan" in answer.text) is (status == 422)


def test_a_name_in_a_file_is_shown_as_text(
    the_round: RoundRecord, organiser: int, sign_in: SignIn, client: FlaskClient
) -> None:
    upload(sign_in(organiser), the_round, a_file("</text><script>"))
    text = client.get(f"/rondes/{the_round.slug}").text
    assert "&lt;/text&gt;&lt;script&gt;" in text and "</text><script>" not in text


def test_two_at_once_leave_one_map(app: Flask, the_round: RoundRecord, organiser: int) -> None:
    deeds: list[Callable[[], None]] = [
        lambda: save_outline(the_round.id, a_file("2405"), organiser),
        lambda: save_outline(the_round.id, a_file("2406"), organiser),
    ]
    assert together(app, deeds) == [None, None]
    (part,) = outline_of(the_round.id)
    assert part.name in {"2405", "2406"}
    remove_outline(the_round.id, organiser)
    remove_outline(the_round.id, organiser)
    assert outline_of(the_round.id) == ()
