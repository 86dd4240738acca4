"""The demo's pages on its first day: the letter votes, each role is one click, the clock is wound, facts are told apart."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pb.base import clock
from pb.demo.reads import state, steps_ahead
from pb.demo.values import EMPTY_ROUND, ROUND, DemoRole, Step
from pb.demo.welcome import welcome
from pb.office.reads import waiting_mail
from pb.office.worker import take_job
from pb.roll.codes import show_code
from tests.demo import a_demo, an_empty_demo, work

LANGUAGES = ("", "/en")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Loaded once; the tests below leave it on its first day."""
    clock.inject(None)
    with a_demo(tmp_path_factory.mktemp("demo")) as application:
        yield application


@pytest.fixture(autouse=True)
def running_clock(standing_clock: object) -> None:
    """The round's clock is ahead of a real one."""
    clock.inject(None)


@pytest.fixture
def browser(demo: Flask) -> FlaskClient:
    return demo.test_client()


def text(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, f"{address}: {answer.status_code}"
    assert len(re.findall(r"<h1\b", answer.text)) == 1, address
    return answer.text


def hidden(page: str) -> dict[str, list[str]]:
    """What the page's forms send along."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page):
        found.setdefault(name, []).append(value)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", ["", "/demo", "/demo/brief", "/demo/postbus", "/demo/feiten"])
def test_every_page_says_that_this_is_practice(browser: FlaskClient, language: str, address: str) -> None:
    answer = browser.get(f"{language}{address}" or "/")
    assert answer.status_code == 200
    assert ("oefensite, niet van de gemeente", "practice site")[bool(language)] in answer.text
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_home_is_voting_and_has_one_card_with_four_ways(browser: FlaskClient) -> None:
    page = text(browser, "/")
    assert "Waar gaat €\N{NO-BREAK SPACE}30.000 in het centrum naartoe?" in page
    assert page.count('class="demo-ways"') == 1
    card = page[page.index('class="demo-ways"') :].partition("</ul>")[0]
    assert [word in card for word in ("/demo/brief", "juror", "organiser", "#spoel-door")] == [True] * 4


def test_the_letter_has_a_code_and_a_link_that_lead_to_a_vote(browser: FlaskClient) -> None:
    page = text(browser, "/demo/brief")
    assert show_code(state().code) in page and 'class="qr' in page
    assert f"/rondes/{ROUND}/stemmen#{state().code}" in page
    ballot = f"/rondes/{ROUND}/stemmen"
    browser.post(ballot, data=hidden(text(browser, ballot)) | {"plan": ["bank-kastanje", "speeltuin"]})
    asked = hidden(text(browser, f"{ballot}/code"))
    receipt = browser.post(f"{ballot}/code", data=asked | {"code": show_code(state().code).lower()})
    assert receipt.status_code == 200 and "<h1>Gelukt." in receipt.text


@pytest.mark.parametrize("role", DemoRole)
def test_a_role_is_one_click_and_lands_on_its_work(browser: FlaskClient, role: DemoRole) -> None:
    answer = browser.post("/demo/rol", data={"role": role}, follow_redirects=True)
    assert answer.status_code == 200, answer.request.path
    work_there = {
        DemoRole.RESIDENT: "Een bank rond de kastanje",
        DemoRole.JUROR: "Een bank rond de kastanje",
        DemoRole.ASSESSOR: "Een zwemsteiger in de Oude Rijn",
        DemoRole.ORGANISER: f"/beheer/rondes/{EMPTY_ROUND}",
        DemoRole.SECOND_ORGANISER: "Weverstraat",
        DemoRole.CLERK: "Naar de balie",
        DemoRole.AUDITOR: "<h1>",
        DemoRole.ADMINISTRATOR: "088 000 00 00",
    }
    assert work_there[role] in answer.text
    assert "Je bent nu: " in answer.text
    back = browser.post("/demo/bezoeker", follow_redirects=True)
    assert back.status_code == 200 and "Je bent nu: " not in back.text


def test_a_lost_letter_is_given_anew_by_two_people(browser: FlaskClient) -> None:
    """With lines of the desk file that the demo shows: a clerk asks, the second organiser does the same."""
    browser.post("/demo/rol", data={"role": DemoRole.CLERK})
    page = text(browser, "/demo/balie")
    credentials = re.findall(r"<code>([0-9a-f]{64})</code>", page)
    assert len(credentials) == 7 and page.count("ligt klaar") == 2
    desk = f"/beheer/rondes/{ROUND}/balie/nieuwe-code"
    entered = {"old": credentials[1], "new": credentials[-1]}
    asked = hidden(text(browser, desk)) | entered | {"checked": "yes"}
    assert browser.post(desk, data=asked).status_code == 303
    browser.post("/demo/rol", data={"role": DemoRole.SECOND_ORGANISER})
    waiting = re.search(
        rf"/beheer/rondes/{ROUND}/balie/verzoeken/[0-9]+", text(browser, f"/beheer/rondes/{ROUND}/balie")
    )
    assert waiting
    done = browser.post(waiting[0], data=hidden(text(browser, waiting[0])) | entered, follow_redirects=True)
    assert done.status_code == 200 and "De nieuwe code telt." in done.text


@pytest.mark.parametrize(
    ("role", "said", "came_of_it"),
    [
        (DemoRole.JUROR, "De jury is in deze oefenronde al klaar.", "Er kwamen 12 plannen op de stemlijst."),
        (DemoRole.ASSESSOR, "De toets is in deze oefenronde al klaar.", "17 plannen kunnen. 8 plannen kunnen niet."),
    ],
)
def test_work_that_was_over_says_so_and_what_came_of_it(
    browser: FlaskClient, role: DemoRole, said: str, came_of_it: str
) -> None:
    page = browser.post("/demo/rol", data={"role": role}, follow_redirects=True)
    assert said in page.text and came_of_it in page.text and "wachten op je oordeel" not in page.text
    assert 'href="/demo#spoel-door">Spoel de klok door' in page.text
    assert f'href="/rondes/{ROUND}/stemlijst">Bekijk de stemlijst' in page.text
    assert said not in browser.get(f"/rondes/{ROUND}").text, "only where the work was"
    assert "al klaar" not in browser.get(f"/rondes/{EMPTY_ROUND}/{page.request.path.rpartition('/')[2]}").text


def test_nobody_becomes_someone_else(browser: FlaskClient) -> None:
    assert browser.post("/demo/rol", data={"role": "mayor"}).status_code == 400
    assert browser.post("/demo/spoel-door", data={"step": "back"}).status_code == 400
    assert browser.get("/demo/spoel-door/1").status_code == 404


def test_the_facts_are_told_apart(browser: FlaskClient) -> None:
    page = text(browser, "/demo/feiten")
    real, _, invented = page.partition("Verzonnen</h2>")
    assert "42 plannen kwamen binnen" in real and "13.250 mensen" in invented
    assert "42 plans were handed in" in text(browser, "/en/demo/feiten")


def test_the_mailbox_holds_what_people_get(demo: Flask, browser: FlaskClient) -> None:
    browser.post("/inloggen", data={"email": DemoRole.RESIDENT.email})
    work()
    assert waiting_mail() == ()
    page = text(browser, "/demo/postbus")
    assert DemoRole.RESIDENT.email in page and "/inloggen/link/" in page


def test_the_welcome_names_the_address_and_every_role(demo: Flask) -> None:
    with demo.test_request_context():
        words = welcome("http://127.0.0.1:8123")
    assert "http://127.0.0.1:8123/demo/brief" in words
    assert all(role.email in words for role in DemoRole)


def test_progress_is_shown_while_the_worker_winds(demo: Flask, browser: FlaskClient) -> None:
    """Last of this file: afterwards the first day is over."""
    address = browser.post("/demo/spoel-door", data={"step": Step.RESULT}).location
    waiting = browser.get(address)
    assert waiting.status_code == 200 and waiting.headers["Refresh"] == "1" and "<progress" in waiting.text
    work()
    ended = browser.get(address)
    assert "Refresh" not in ended.headers and f"/rondes/{ROUND}/uitslag" in ended.text
    assert steps_ahead() == (Step.YEAR,)
    assert "6 plannen hebben gewonnen" in text(browser, f"/rondes/{ROUND}/uitslag")
    assert "demo/brief" not in text(browser, "/demo")


def test_an_entrance_without_a_demo_says_what_to_do(tmp_path_factory: pytest.TempPathFactory) -> None:
    with an_empty_demo(tmp_path_factory.mktemp("empty")) as application:
        for address in ("/demo", "/demo/brief"):
            answer = application.test_client().get(address)
            assert answer.status_code == 404 and "make demo" in answer.text
        assert take_job() is None
