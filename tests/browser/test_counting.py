"""Ballots with points and places, and the story of a count, in a browser: totals that run along, and one's own ballot."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from pb.counting.pabulib import read_pabulib
from pb.demo.elections import foreign_round
from pb.demo.importing import open_vote, settle
from pb.extensions import db
from pb.voting.acts import cast_ballot
from tests.browser import html
from tests.browser.conftest import DESK, PHONE, Site
from tests.browser.looking import look
from tests.unit.test_demo_elections import a_file

ROWS = "bank;400;Een bank;1\nboom;500;Een boom;1\nplein;900;Een plein;0\n"
POINTED = a_file(
    vote_type="cumulative", rows=ROWS, more="max_sum_points;7\nmax_points;4\n", ballots="1;bank,boom;3,4\n2;plein;4\n"
).replace(b"voter_id;vote", b"voter_id;vote;points")
RANKED = a_file(vote_type="ordinal", rows=ROWS, more="max_length;2\n", ballots="1;bank,boom\n2;plein\n")
SHARED = a_file(
    rule="equalshares", rows=ROWS, ballots="".join(f"{n};bank,boom\n" for n in range(6)) + "7;plein\n8;plein\n"
)


def silent(_part: str, _done: int, _total: int) -> None:
    """Nobody watches."""


@pytest.fixture
def phone(browser: Browser, site: Site) -> Page:
    context = browser.new_context(viewport=PHONE, base_url=site.url, locale="nl-NL", reduced_motion="reduce")
    return context.new_page()


@pytest.fixture
def a_round(site: Site) -> Callable[..., str]:
    """Makes a round of a file, voting or `over`; gives its address."""

    def make(content: bytes, over: bool = False) -> str:
        with site.app.app_context():
            found = foreign_round(read_pabulib(content))
            vote = open_vote(found, silent)
            if over:
                for code, choices in zip(vote.codes, found.ballots, strict=True):
                    cast_ballot(vote.round.id, code, choices, bytes(16))
                settle(vote, found)
            db.session.remove()
        return f"/rondes/{vote.round.slug}"

    return make


def test_points_run_along_in_the_bar(phone: Page, a_round: Callable[..., str]) -> None:
    phone.goto(f"{a_round(POINTED)}/stemmen")
    bar = phone.locator("[data-chosen]")
    expect(bar).to_have_text("Je hebt nog geen punten gegeven.")
    phone.get_by_label("Punten: Een bank").fill("4")
    phone.get_by_label("Punten: Een boom").fill("4")
    expect(bar).to_have_text("Je gaf 8 van de 7 punten. Aantal plannen: 2. Dat is 1 te veel.")
    look(phone)
    phone.get_by_label("Punten: Een boom").fill("3")
    expect(bar).to_have_text("Je gaf 7 van de 7 punten. Aantal plannen: 2.")
    phone.get_by_role("button", name="Verder naar je code").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Vul je code in")
    expect(phone.locator(".chosen")).to_contain_text(re.compile(r"Een bank\s*4 punten\s*Een boom\s*3 punten"))


def test_a_place_that_is_taken_is_not_given_twice(phone: Page, a_round: Callable[..., str]) -> None:
    phone.goto(f"{a_round(RANKED)}/stemmen")
    phone.get_by_label("Plek: Een bank").select_option("1")
    second = phone.get_by_label("Plek: Een boom")
    second.select_option("1")
    expect(phone.get_by_role("alert")).to_have_text(
        "Plek 1 is al voor ‘Een bank’. Geef dat plan eerst een andere plek."
    )
    expect(second).to_have_value("")
    second.select_option("2")
    expect(phone.locator("[data-chosen]")).to_have_text("Je gaf 2 van de 2 plekken.")
    look(phone)
    phone.get_by_role("button", name="Verder naar je code").click()
    expect(phone.locator(".chosen")).to_contain_text(re.compile(r"1\. Een bank.*2\. Een boom", re.DOTALL))


def test_one_ballot_is_followed_without_sending_anything(phone: Page, a_round: Callable[..., str]) -> None:
    sent: list[Request] = []
    phone.goto(f"{a_round(SHARED, over=True)}/uitslag/stap-voor-stap", wait_until="networkidle")
    phone.on("request", lambda request: sent.append(request))  # a builtin cannot be wrapped
    answer = phone.locator("[data-answer]")
    phone.get_by_label("Een bank").check()
    phone.get_by_label("Een boom").check()
    expect(answer).to_contain_text("Van je 2 plannen wonnen er 1.")
    expect(answer).to_contain_text(re.compile(r"‘Een bank’ heeft gewonnen\. Jouw stem legde ongeveer €\s66,67 in\."))
    expect(answer).to_contain_text(re.compile(r"mocht €\s125 inleggen\. Daarvan ging ongeveer €\s66,67 naar plannen"))
    expect(answer).to_contain_text(re.compile(r"bleef ongeveer €\s58,33 over\."))
    expect(answer).to_contain_text("‘Een boom’ heeft niet gewonnen. 6 stemmen. Kost")
    expect(phone.locator("#plan-bank")).to_contain_text(
        re.compile(r"ongeveer €\s66,67")
    )  # one rounding on the whole page
    phone.get_by_text("Of plak je keuzes van je ontvangstbewijs").click()
    phone.get_by_label("Je keuzes").fill("plein")
    expect(phone.locator("#mine-boom")).not_to_be_checked()
    expect(phone.locator("#mine-plein")).to_be_checked()
    expect(answer).to_contain_text("‘Een plein’ heeft niet gewonnen.")
    phone.get_by_label("Je keuzes").fill("<b>weg</b>")
    expect(answer).to_contain_text("‘<b>weg</b>’ is geen plan van deze stemming.")
    assert not sent, [request.url for request in sent]


@pytest.mark.parametrize(("prefix", "size"), [("", PHONE), ("/en", DESK)])
def test_the_pages_of_equal_shares_are_for_everybody(
    browser: Browser, site: Site, a_round: Callable[..., str], prefix: str, size: dict[str, int]
) -> None:
    """The demo is counted by most votes, so that the pages of another rule are looked at here."""
    address = a_round(SHARED, over=True)
    page = browser.new_context(viewport=size, base_url=site.url, reduced_motion="reduce").new_page()
    seen = {}
    for path in ("", "/stap-voor-stap", "/andere-regels"):
        answer = page.goto(f"{prefix}{address}/uitslag{path}")
        assert answer and answer.status == 200
        page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
        look(page)
        seen[f"{prefix}{path}"] = answer.text()
    assert html.faults(seen) == []


def test_the_share_is_in_sight_in_the_table_of_areas(phone: Page, a_round: Callable[..., str]) -> None:
    phone.goto(f"{a_round(SHARED, over=True)}/uitslag")
    box = phone.locator(".table-box").filter(has_text="Opkomst per gebied")
    share = box.locator("tbody td").first
    expect(share).to_contain_text("%")
    edge, cell = box.bounding_box(), share.bounding_box()
    assert edge and cell and cell["x"] + cell["width"] <= edge["x"] + edge["width"]
