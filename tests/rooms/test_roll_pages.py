"""The organiser's page of the roll: settings out, and a file that is looked at before exactly it is taken."""

import io
import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from pb.base.access import Role
from pb.base.transaction import transaction
from pb.office.models import Municipality
from pb.roll.parameters import read_parameters
from pb.roll.reads import roll_summary
from pb.rounds.acts import mark_sealed
from pb.rounds.values import Pot, PotKind, RoundRecord
from tests.factories import a_frame, a_person, a_role, a_round, at
from tests.pages import page, words_of
from tests.roll import a_file

SignIn = Callable[[int], FlaskClient]
ROLL = "/beheer/rondes/alphen-centrum-2020/kiezers"


@pytest.fixture
def round_(client: FlaskClient) -> RoundRecord:
    return a_round()


@pytest.fixture
def organiser(round_: RoundRecord, sign_in: SignIn) -> FlaskClient:
    person = a_person()
    a_role(person, round_.id, Role.ORGANISER)
    return sign_in(person)


def send(client: FlaskClient, content: bytes, seen: str = "", prefix: str = "") -> TestResponse:
    sent = {"file": (io.BytesIO(content), "credentials.csv"), "seen": seen}
    return client.post(f"{prefix}{ROLL}", data=sent, content_type="multipart/form-data")


def seen_in(text: str) -> str:
    found = re.search(r'name="seen"[^>]*value="([0-9a-f]{64})"', text)
    assert found
    return found[1]


@pytest.mark.parametrize("role", [*Role, None])
def test_only_organisers_see_the_roll(round_: RoundRecord, sign_in: SignIn, role: Role | None) -> None:
    person = a_person()
    a_role(person, a_round(slug="elders").id, Role.ORGANISER)
    if role:
        a_role(person, round_.id, role)
    client, expected = sign_in(person), 200 if role is Role.ORGANISER else 403
    assert client.get(ROLL).status_code == expected
    assert client.post(ROLL).status_code == (422 if role is Role.ORGANISER else 403)
    if role is not Role.ORGANISER:
        assert client.get(f"{ROLL}/instellingen").status_code == 403


def test_a_stranger_is_asked_to_sign_in(round_: RoundRecord, client: FlaskClient) -> None:
    assert client.get(ROLL).location == f"/inloggen?next={ROLL}"
    assert send(client, b"x").status_code == 302


def test_a_file_is_looked_at_and_then_taken(round_: RoundRecord, organiser: FlaskClient) -> None:
    page(organiser.get(ROLL))
    content = a_file(round_, 60)
    looked = page(send(organiser, content))
    assert "Dit bestand is in orde" in looked and "Hoge Zijde" in looked
    assert roll_summary(round_.id).issued == 0
    assert send(organiser, content, seen_in(looked)).status_code == 303
    assert roll_summary(round_.id).issued == 60
    shown = words_of(page(organiser.get(ROLL)))
    assert "Overgenomen: 62 codes." in shown and "Mensen die mogen stemmen 60" in shown
    assert "Hoge Zijde 60" in shown and "Reservecodes 2" in shown


def test_another_file_than_the_one_that_was_seen_is_looked_at_first(
    round_: RoundRecord, organiser: FlaskClient
) -> None:
    first, second = a_file(round_, 60), a_file(round_, 70)
    seen = seen_in(page(send(organiser, first)))
    again = page(send(organiser, second, seen))
    assert "een ander bestand dan je net bekeek" in again and roll_summary(round_.id).issued == 0
    send(organiser, second, seen_in(again))
    assert roll_summary(round_.id).issued == 70


def test_a_new_file_says_what_it_replaces(round_: RoundRecord, organiser: FlaskClient) -> None:
    content = a_file(round_, 60)
    send(organiser, content, seen_in(page(send(organiser, content))))
    assert "Het vervangt het register van nu: 60 mensen." in page(send(organiser, a_file(round_, 70)))


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda content: b"", "Kies eerst een bestand."),
        (lambda content: content.replace(b",all,", b",<b>,", 2), "Regel 4: stembiljet “&lt;b&gt;” hoort niet bij"),
        (lambda content: content[:-40], "Dit bestand is niet heel"),
        (
            lambda content: content.decode().encode("cp1252").replace(b"Hoge", b"H\xf6ge"),
            "kunnen dit bestand niet lezen",
        ),
        (lambda content: b"naam;bsn\nSam;111222333\n", "Dit is geen bestand met stemrechten"),
        (lambda content: b"\x89PNG\r\n\x1a\n" * 99, "kunnen dit bestand niet lezen"),
        (lambda content: content.replace(b",all,", b",none,"), "En nog 2 fouten."),
    ],
)
def test_mistakes_are_named_and_nothing_is_stored(
    round_: RoundRecord,
    organiser: FlaskClient,
    monkeypatch: pytest.MonkeyPatch,
    spoil: Callable[[bytes], bytes],
    words: str,
) -> None:
    monkeypatch.setattr("pb.roll.files.MOST_REASONS", 60)
    content = spoil(a_file(round_, 60))
    text = page(send(organiser, content), 422)
    assert words in text and 'name="seen"' not in text
    assert send(organiser, content, "ab" * 32).status_code == 422
    assert roll_summary(round_.id).issued == 0


def test_after_the_seal_there_is_no_form(round_: RoundRecord, organiser: FlaskClient) -> None:
    content = a_file(round_, 60)
    seen = seen_in(page(send(organiser, content)))
    send(organiser, content, seen)
    with transaction() as session:
        mark_sealed(session, round_, at(5, 20))
    text = page(organiser.get(ROLL))
    assert "verzegeld" in text and 'type="file"' not in text and "Hoge Zijde" in text
    assert "verzegeld" in page(send(organiser, content, seen), 409)
    assert organiser.get(f"{ROLL}/instellingen").status_code == 409


def test_the_settings_for_letters(round_: RoundRecord, organiser: FlaskClient) -> None:
    missing = organiser.get(f"{ROLL}/instellingen")
    assert missing.status_code == 409 and "gegevens van de gemeente" in missing.text
    with transaction() as session:
        office = {"site_name": "Begroot", "name": "Gemeente", "telephone": "14 0172", "opening_hours": "ma t/m vr"}
        session.add(Municipality(id=1, address="Stadhuisplein 1", mail="begroot@example.org", **office))
    answer = organiser.get(f"{ROLL}/instellingen")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="alphen-centrum-2020-instellingen.json"'
    found = read_parameters(answer.data)
    assert (found.round, found.styles, found.closes) == (round_.public_id, {"all": ("2405", "2406")}, at(6, 28, 22))
    assert found.links["nl"].endswith("/rondes/alphen-centrum-2020/stemmen")
    assert found.links["en"].endswith("/en/rondes/alphen-centrum-2020/stemmen")
    assert organiser.get(f"/en{ROLL}/instellingen").data == answer.data


def test_areas_with_ballots_of_their_own_are_counted_apart(client: FlaskClient, sign_in: SignIn) -> None:
    pots = (Pot("oost", "Oost-Einde", 10_000_00, ("2405",)), Pot("west", "West", 20_000_00, ("2406",)))
    round_, person = a_round(a_frame(pot_kind=PotKind.AREA, pots=pots)), a_person()
    a_role(person, round_.id, Role.ORGANISER)
    content = a_file(round_, 60).replace(b",all,", b",oost,")
    for prefix in ("", "/en"):
        assert "Oost-Einde" not in page(send(sign_in(person), content, prefix=prefix))
    half = content.replace(b",oost,", b",west,", 30)
    assert "Oost-Einde" in page(send(client, half))


def test_a_file_as_large_as_a_towns_is_read(round_: RoundRecord, organiser: FlaskClient) -> None:
    """More than other uploads may be."""
    assert "niet lezen" in page(send_whole(organiser, 13), 422)
    assert send_whole(organiser, 25).status_code == 413


def send_whole(client: FlaskClient, megabytes: int) -> TestResponse:
    """Send so much at once; the test client would leave a temporary file open."""
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="credentials.csv"\r\n\r\n'
    body = head + b"\xff" * megabytes * 1024 * 1024 + b"\r\n--x--\r\n"
    return client.post(ROLL, data=body, content_type="multipart/form-data; boundary=x")
