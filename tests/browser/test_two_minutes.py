"""The two minutes that convince: a visitor walks through the year of the demo. Also makes the README's pictures.

`PB_PICTURES=1` writes them into docs/pictures; without it the walk is the same and nothing is written.
"""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from pb.voting.reads import turnout
from tests.browser.conftest import Site
from tests.browser.looking import look

ROUND = "/rondes/alphen-centrum-2020"
PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
PATIENCE = 120_000
"""Milliseconds for the worker to play a year; it takes much less on a quiet machine."""


@pytest.fixture
def visitor(browser: Browser, site: Site) -> Page:
    """A phone held upright, sharp enough for pictures."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, base_url=site.url, locale="nl-NL", reduced_motion="reduce",
        has_touch=True, device_scale_factor=2,
    )  # fmt: skip
    page = context.new_page()
    page.set_default_timeout(20_000)
    return page


def _keep_picture(page: Page, name: str) -> None:
    if os.environ.get("PB_PICTURES"):
        page.screenshot(path=PICTURES / f"{name}.png")


def _add(page: Page, title: str) -> None:
    page.get_by_role("checkbox", name=re.compile(re.escape(title))).check()


def _code_of_the_letter(page: Page) -> str:
    page.goto("/demo/brief")
    look(page)
    return page.locator(".letter__code").inner_text()


def test_a_visitor_walks_through_the_year(visitor: Page, site: Site) -> None:
    page = visitor
    _home(page)
    _does_not_fit(page)
    _keep_choices_and_vote(page)
    _vote_again(page)
    _wind(page, "result")
    _result(page, site)
    _check_yourself(page)
    _wind(page, "year")
    _delivered(page)


def _home(page: Page) -> None:
    page.goto("/")
    look(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("€ 30.000")
    _keep_picture(page, "home")
    page.get_by_role("link", name="Stem nu").click()


def _does_not_fit(page: Page) -> None:
    """Dear plans first, until one does not fit: it is not taken, and its card says why."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Kies je plannen")
    boxes = page.locator("input[name=plan]")
    costs = boxes.evaluate_all("boxes => boxes.map(box => Number(box.dataset.cost))")
    dear_first = sorted(range(len(costs)), key=lambda place: -costs[place])
    left = 30_000_00
    refused = None
    for place in dear_first:
        box = boxes.nth(place)
        if costs[place] <= left and not refused:
            box.check()
            left -= costs[place]
            _keep_picture(page, "ballot")
            continue
        if costs[place] > left:
            box.click()
            expect(box).not_to_be_checked()
            refused = box.locator("xpath=ancestor::li").locator(".ballot-card__why")
            break
    assert refused is not None, "all plans fit: the demo has lost its point"
    expect(refused).to_contain_text("Haal eerst een ander plan weg")
    refused.scroll_into_view_if_needed()
    look(page)
    _keep_picture(page, "does-not-fit")


def _keep_choices_and_vote(page: Page) -> None:
    page.get_by_role("button", name="Naar je code").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Vul je code in")
    look(page)
    code = _code_of_the_letter(page)
    expect(page.locator("body")).to_contain_text("nog niet uitgebracht")
    page.goto(f"{ROUND}/stemmen/code")
    page.locator("#code").fill(code.lower())
    page.get_by_role("button", name="Stem uitbrengen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Gelukt")
    look(page)
    _keep_picture(page, "receipt")
    page.get_by_role("button", name=re.compile("Klaar")).click()


def _vote_again(page: Page) -> None:
    """By the letter's QR this time: the code is filled in, and there is still one vote."""
    page.goto("/demo/brief")
    page.locator("main a[href*='#']").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kies je plannen")
    page.locator("input[name=plan]").first.check()
    page.get_by_role("button", name="Naar je code").click()
    expect(page.get_by_text("Je code is ingevuld")).to_be_visible()
    assert "#" not in page.url
    page.get_by_role("button", name="Stem uitbrengen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Gelukt")


def _wind(page: Page, step: str) -> None:
    page.goto("/demo")
    look(page)
    page.locator(f'button[name=step][value="{step}"]').click()
    done = page.get_by_role("link", name=re.compile("Bekijk"))
    expect(done).to_be_visible(timeout=PATIENCE)
    look(page)
    done.click()


def _result(page: Page, site: Site) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("6 plannen hebben gewonnen")
    look(page)
    _keep_picture(page, "result")
    with site.app.app_context():
        from pb.rounds.reads import round_by_slug

        round_ = round_by_slug("alphen-centrum-2020")
        counted = turnout(round_.id) if round_ else None
    assert counted is not None and counted.voted == 2_914 + 1, "the visitor voted twice and counts once"
    expect(page.locator(".bars li")).to_have_count(12)
    lost = page.get_by_role("region", name="Niet gewonnen").get_by_role("listitem").filter(has_text="speeltuin")
    expect(lost).to_contain_text(
        re.compile(r"Plek \d+ met [\d.]+ stemmen\. Kost €\s[\d.]+\. Er was nog €\s[\d.]+ over\.")
    )


def _check_yourself(page: Page) -> None:
    """Every check turns green; with one vote changed in the visitor's copy the check that is named turns red."""
    page.get_by_role("link", name="Controleer alles in je browser").click()
    page.get_by_role("button", name="Controleer nu").click()
    expect(page.locator(".check__list [data-state=ok]")).to_have_count(13, timeout=60_000)
    page.get_by_role("button", name="Verander deze stem").first.click()
    expect(page.locator("#V6")).to_have_attribute("data-state", "failed", timeout=60_000)
    expect(page.locator("#check-start")).to_be_enabled(timeout=60_000)
    look(page)


def _delivered(page: Page) -> None:
    look(page)
    expect(page.locator("main img").first).to_be_visible()
    expect(page.locator("main")).to_contain_text(re.compile(r"€\s[\d.]+"))
    _keep_picture(page, "delivered")
