"""The organiser's page on which a public result is corrected: who may, what it says back, and the second person's view."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pb.base.access import Role
from pb.results.reads import outcome
from pb.rounds.reads import open_requests
from tests.factories import a_person, a_role, at
from tests.results import Move, Over, over, published

BALLOTS = [("tuin",)] * 5 + [("bomen",)] * 4 + [("kas",)] * 3 + [("bank",)] * 2
FIELDS = {
    "winners": ["bomen", "kas", "bank"],
    "reason": "de grond niet te koop is",
    "body": "Gemeenteraad",
    "taken_on": "2020-07-09",
    "number": "2020-131",
    "link": "https://example.org/besluit-2",
}
SignIn = Callable[[int], FlaskClient]


@pytest.fixture
def done(app: Flask, standing_clock: Move) -> Over:
    found = published(over(standing_clock, BALLOTS), standing_clock)
    standing_clock(at(7, 10))
    return found


def address(done: Over, rest: str = "/verbeteren") -> str:
    return f"/beheer/rondes/{done.slug}/uitslag{rest}"


@pytest.mark.parametrize("role", [None, *Role])
def test_only_organisers_correct(done: Over, sign_in: SignIn, role: Role | None) -> None:
    person = a_person()
    if role:
        a_role(person, done.id, role)
    browser, may = sign_in(person), role is Role.ORGANISER
    assert browser.get(address(done)).status_code == (200 if may else 403)
    assert browser.post(address(done), data=FIELDS).status_code == (302 if may else 403)
    assert len(open_requests(done.id)) == may


def test_before_the_publication_there_is_no_such_page(app: Flask, standing_clock: Move, sign_in: SignIn) -> None:
    done = over(standing_clock, BALLOTS)
    browser = sign_in(done.organiser)
    assert browser.get(address(done)).status_code == browser.post(address(done), data=FIELDS).status_code == 404
    assert "verbeteren" not in browser.get(address(done, "")).text


def test_the_whole_way_in_pages(done: Over, sign_in: SignIn) -> None:
    browser = sign_in(done.organiser)
    assert address(done) in browser.get(address(done, "")).text
    form = browser.get(address(done)).text
    assert form.count('name="winners"') == 4 and form.count(" checked>") == 3 and 'value="Gemeenteraad"' in form
    sent = browser.post(address(done), data=FIELDS, follow_redirects=True).text
    assert "Iemand anders kan de verbetering nu bevestigen." in sent and "wacht op een tweede persoon" in sent
    waiting = sign_in(done.second).get(f"/beheer/rondes/{done.slug}/bevestigen").text
    for words in ("De uitslag verbeteren", "‘Plan kas’", "‘Plan tuin’", "de grond niet te koop is", "2020-131"):
        assert words in waiting, words
    number = open_requests(done.id)[0].id
    yes = sign_in(done.second).post(f"/beheer/rondes/{done.slug}/bevestigen/{number}", data={"answer": "yes"})
    assert yes.status_code == 302
    found = outcome(done.id)
    assert found and found.version == 2
    after = sign_in(done.organiser).get(address(done, "")).text
    assert "Verbeterd op vrijdag 10 juli 2020" in after and address(done) in after


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"winners": ["tuin", "kas"]}, None),
        ({"winners": ["tuin", "kas", "bank"]}, "kosten samen €\u00a034.200. Er is €\u00a030.000."),
        ({"winners": ["tuin", "bomen", "bank"]}, "Deze plannen winnen nu ook al."),
        ({"winners": ["bomen", "<script>"]}, "stond niet op de stemlijst"),
        ({"reason": ""}, "Schrijf waarom de uitslag verandert."),
        ({"reason": "x" * 601}, "Gebruik hoogstens 600 tekens."),
        ({"taken_on": "2020-06-01"}, "ouder dan het besluit"),
        ({"taken_on": ""}, "Vul de datum van het besluit in."),
        ({"taken_on": "31-02-2020"}, "field__error"),
        ({"taken_on": "2020-07-11"}, "Deze dag komt nog."),
        ({"number": "2020-114"}, "Een verbetering vraagt een nieuw besluit."),
    ],
)
def test_what_is_wrong_comes_back_with_words(
    done: Over, sign_in: SignIn, changes: dict[str, object], words: str | None
) -> None:
    answer = sign_in(done.organiser).post(address(done), data=FIELDS | changes)
    assert answer.status_code == (302 if words is None else 422)
    if words:
        assert words in answer.text and open_requests(done.id) == ()
        assert 'value="Gemeenteraad"' in answer.text and "<script>" not in answer.text.partition("<h1>")[2]


def test_a_second_question_waits_for_the_first(done: Over, sign_in: SignIn) -> None:
    browser = sign_in(done.organiser)
    browser.post(address(done), data=FIELDS)
    assert browser.post(address(done), data=FIELDS | {"number": "2020-132"}).status_code == 409


def test_an_empty_list_is_a_result_too(done: Over, sign_in: SignIn, client: FlaskClient) -> None:
    sign_in(done.organiser).post(address(done), data=FIELDS | {"winners": []})
    number = open_requests(done.id)[0].id
    sign_in(done.second).post(f"/beheer/rondes/{done.slug}/bevestigen/{number}", data={"answer": "yes"})
    text = client.get(f"/en/rondes/{done.slug}/uitslag").text
    assert "No plan has won" in text and "Corrected on" in text
    assert client.get(f"/en/rondes/{done.slug}/uitvoering").text.count("No longer wins") == 3
