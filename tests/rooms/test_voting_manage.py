"""The organiser's page of the vote: who may open it, what it shows in words, and each deed on it."""

import io
from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pb.base.access import Role
from pb.rounds.reads import open_requests
from pb.voting.acts import (
    ask_to_export,
)
from pb.voting.keys import key_folder, read_private
from pb.voting.opening import open_file
from pb.voting.views.manage import LARGEST_PILES
from tests.factories import CALENDAR, a_person, a_role, at
from tests.voting import Prepared, before_the_vote, cast, confirm

VOTE = CALENDAR.phases[-1]
Move = Callable[[datetime], None]


@pytest.fixture(autouse=True)
def before_the_opening(app: Flask, standing_clock: Move) -> None:
    standing_clock(at(5, 20))


def address(vote: Prepared, rest: str = "") -> str:
    return f"/beheer/rondes/{vote.round.slug}/stemming{rest}"


@pytest.mark.parametrize("role", [None, *Role])
def test_only_organisers_do_something_with_the_vote(
    app: Flask, sign_in: Callable[[int], FlaskClient], role: Role | None
) -> None:
    vote = before_the_vote()
    person = a_person()
    if role:
        a_role(person, vote.id, role)
    browser = sign_in(person)
    reads = role in {Role.ORGANISER, Role.COUNCIL}
    assert browser.get(address(vote)).status_code == (200 if reads else 403)
    assert browser.post(address(vote), data={"deed": "keys"}).status_code == (409 if role is Role.ORGANISER else 403)
    assert ("<form" in browser.get(address(vote)).text.partition("<main")[2]) == (role is Role.ORGANISER)


@pytest.mark.parametrize(("prefix", "words"), [("", "€\u00a030.000"), ("/en", "€30,000")])
def test_what_would_be_sealed_is_shown_in_words(
    app: Flask, sign_in: Callable[[int], FlaskClient], prefix: str, words: str
) -> None:
    vote = before_the_vote()
    text = sign_in(vote.organiser).get(prefix + address(vote)).text
    assert text.count("<h1>") == 1 and words in text and "Plan bomen" in text
    asked = sign_in(vote.organiser).post(prefix + address(vote), data={"deed": "seal"})
    assert asked.status_code == 303
    text = sign_in(vote.second).get(prefix + address(vote)).text
    digest = str(open_requests(vote.id)[0].payload["digest"])
    assert digest in text and f"{prefix}/beheer/rondes/{vote.round.slug}/bevestigen" in text


def test_the_whole_way_in_pages(app: Flask, sign_in: Callable[[int], FlaskClient], standing_clock: Move) -> None:
    vote = before_the_vote()

    def do(deed: str, **more: object) -> str:
        answer = sign_in(vote.organiser).post(address(vote), data={"deed": deed, **more}, follow_redirects=True)
        assert answer.status_code == 200, answer.text
        return answer.text

    do("seal")
    confirm(vote.id, vote.second)
    standing_clock(VOTE.opens)
    assert "is er geen tussenstand te zien" in sign_in(vote.organiser).get(address(vote)).text
    cast(vote, ("bank",), ("bank", "kas"))
    assert "2 van de 3" not in sign_in(vote.organiser).get(address(vote)).text
    do("withdraw", plan="kas", reason="Het kan niet.")
    confirm(vote.id, vote.second)
    assert "doet niet meer mee" in sign_in(vote.organiser).get(address(vote)).text
    standing_clock(VOTE.closes)
    assert "2 van de 3 mensen stemden." in do("close")
    ask_to_export(vote.id, vote.organiser)
    confirm(vote.id, vote.second)
    piles = sign_in(vote.organiser).get(address(vote, "/stapels"))
    assert "attachment" in piles.headers["Content-Disposition"]
    back = open_file(piles.data, read_private(key_folder(vote.round.public_id)))
    assert "De stapels zijn ingelezen." in do("import", piles=(io.BytesIO(back), "geopend.json"))
    assert sign_in(vote.organiser).get(address(vote, "/stapels")).status_code == 409


def test_a_deed_that_is_refused_says_why_on_the_page(app: Flask, sign_in: Callable[[int], FlaskClient]) -> None:
    vote = before_the_vote()
    for deed, words in (
        ("close", "niet verzegeld|nog niet vast"),
        ("export", "nog niet vast"),
        ("import", "niet te lezen"),
        ("withdraw", "nog niet vast"),
    ):
        answer = sign_in(vote.organiser).post(address(vote), data={"deed": deed})
        assert answer.status_code in {409, 422} and any(one in answer.text for one in words.split("|")), deed
    assert sign_in(vote.organiser).post(address(vote), data={"deed": "anders"}).status_code == 400


def test_piles_as_large_as_a_towns_are_read(app: Flask, sign_in: Callable[[int], FlaskClient]) -> None:
    """More than other uploads may be, and there is an end to it."""
    vote = before_the_vote()
    client = sign_in(vote.organiser)
    parts = b'--x\r\nContent-Disposition: form-data; name="deed"\r\n\r\nimport\r\n'
    parts += b'--x\r\nContent-Disposition: form-data; name="piles"; filename="geopend.json"\r\n\r\n'
    body = parts + b" " * 13 * 1024 * 1024 + b"\r\n--x--\r\n"
    sent = {"data": body, "content_type": "multipart/form-data; boundary=x"}
    assert "niet te lezen" in client.post(address(vote), **sent).text
    claimed = {"CONTENT_LENGTH": str(LARGEST_PILES + 1)}
    assert client.post(address(vote), environ_overrides=claimed, **sent).status_code == 413
