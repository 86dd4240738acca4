"""Voting as people do on a phone: the letter's QR, the bar at the bottom, the keyboard, and a device that forgets."""

import re
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from tests.browser.conftest import Site

BALLOT = "/rondes/alphen-centrum-2020/stemmen"
PHONE = {"width": 390, "height": 844}
LOW = {"width": 390, "height": 664}
"""What is left of the same phone between the bars of its browser."""


@pytest.fixture
def voter(browser: Browser, site: Site) -> Page:
    """A phone that has never been here."""
    context = browser.new_context(viewport=PHONE, base_url=site.url, locale="nl-NL", reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(20_000)
    return page


def by_letter(page: Page) -> str:
    """Follow the QR of a letter; gives its code."""
    page.goto("/demo/brief")
    address = page.locator("main a[href*='#']").get_attribute("href") or ""
    page.goto(address)
    return address.partition("#")[2]


def test_the_qr_goes_along_and_fills_in_the_code(voter: Page) -> None:
    asked: list[str] = []
    voter.on("request", lambda request: asked.append(request.url + (request.post_data or "")))
    code = by_letter(voter)
    voter.locator("input[name=plan]").first.check()
    voter.get_by_role("button", name="Verder naar je code").click()
    signs = code.replace("-", "")
    expect(voter.locator("#code")).to_have_value(" ".join(signs[at : at + 4] for at in range(0, 16, 4)))
    expect(voter.get_by_text("Je code is ingevuld.")).to_be_visible()
    expect(voter.locator(".letter-drawing")).to_be_hidden()
    assert "#" not in voter.url, "the code stays in the address"
    assert not [sent for sent in asked if code in sent.replace("-", "")], "a request carried the code"


def test_the_bar_stays_in_sight_and_tells_what_is_left(voter: Page) -> None:
    voter.goto(BALLOT)
    bar, first = voter.locator(".ballot-bar"), voter.locator("input[name=plan]").first
    box = bar.bounding_box()
    assert box and round(box["y"] + box["height"]) == PHONE["height"]
    expect(bar).to_contain_text("Je hebt nog geen plan gekozen.")
    first.check()
    cost = int(first.get_attribute("data-cost") or "0")
    left = f"{(30_000_00 - cost) // 100:,}".replace(",", ".")
    expect(bar).to_contain_text(re.compile(rf"Gekozen: 1 plan, .*Nog over: €\s{re.escape(left)}\.", re.DOTALL))
    assert voter.locator("[data-money] rect").count() == 1
    first.uncheck()
    expect(bar).to_contain_text("Je hebt nog geen plan gekozen.")


def test_who_types_the_code_sees_an_example_of_the_letter(voter: Page) -> None:
    voter.goto(BALLOT)
    voter.locator("input[name=plan]").first.check()
    voter.get_by_role("button", name="Verder naar je code").click()
    expect(voter.locator(".letter-drawing")).to_be_visible()
    expect(voter.locator(".letter-drawing")).to_contain_text("Voorbeeld")


def in_sight(page: Page) -> None:
    """The bar lies within the window before anybody scrolls, and the button on it too."""
    assert page.evaluate("scrollY") == 0
    for part in (page.locator(".ballot-bar"), page.locator(".ballot-bar button")):
        box = part.bounding_box()
        assert box and box["y"] >= 0 and box["y"] + box["height"] <= LOW["height"] + 0.5, box


def test_the_bar_is_there_before_anybody_scrolls(voter: Page) -> None:
    voter.set_viewport_size(LOW)  # type: ignore[arg-type]
    voter.goto(BALLOT)
    in_sight(voter)
    voter.goto("/demo")
    voter.locator('button[value="organiser"]').first.click()
    voter.goto("/beheer/rondes/alphen-centrum-2020/kiosk")
    voter.get_by_role("button", name="Maak van dit apparaat een stemzuil").click()
    voter.goto(BALLOT)
    expect(voter.get_by_text("Dit is een stemzuil.")).to_be_visible()
    in_sight(voter)


def test_the_bar_covers_nothing_that_has_the_focus_and_no_footer(voter: Page) -> None:
    voter.set_viewport_size(LOW)  # type: ignore[arg-type]
    voter.goto(BALLOT)
    for box in voter.locator("input[name=plan]").all():
        box.evaluate(UNDER_THE_BAR)
        box.focus()
        shown, bar = box.bounding_box(), voter.locator(".ballot-bar").bounding_box()
        assert shown and bar and shown["y"] + shown["height"] <= bar["y"], "the bar covers what has the focus"
    voter.evaluate("scrollTo(0, document.body.scrollHeight)")
    footer = voter.locator(".site-footer").bounding_box()
    bar = voter.locator(".ballot-bar").bounding_box()
    assert footer and bar and bar["y"] + bar["height"] <= footer["y"] + 1


UNDER_THE_BAR = "box => scrollBy({top: box.getBoundingClientRect().bottom + 4 - innerHeight, behavior: 'instant'})"


def test_the_whole_vote_by_keyboard(voter: Page) -> None:
    code = by_letter(voter)
    voter.locator("input[name=plan]").nth(1).focus()
    voter.keyboard.press("Space")
    voter.keyboard.press("Enter")  # as in every form: on to the next page
    expect(voter.get_by_role("heading", level=1)).to_contain_text("Vul je code in")
    voter.locator("#code").fill(code)
    voter.keyboard.press("Enter")
    expect(voter.get_by_role("heading", level=1)).to_contain_text("Gelukt")


def test_a_device_that_was_wiped_shows_nothing_on_the_way_back(voter: Page) -> None:
    by_letter(voter)
    voter.locator("input[name=plan]").first.check()
    title = voter.locator(".ballot-card__title, .ballot-card .card__title").first.inner_text()
    voter.get_by_role("button", name="Verder naar je code").click()
    voter.get_by_role("button", name="Stem uitbrengen").click()
    tracking = voter.locator(".tracking").inner_text()
    voter.get_by_role("button", name=re.compile("Klaar")).click()
    expect(voter.get_by_role("heading", level=1)).to_contain_text("gewist")
    for _ in range(4):
        with suppress(Error):  # the browser keeps no answer to a form, and asks whether to send it again
            voter.go_back(wait_until="load")
        shown = voter.locator("body").inner_text()
        assert tracking not in shown and "Gelukt" not in shown and "Jouw keuze" not in shown, title
    voter.goto(BALLOT)
    assert not voter.locator("input[name=plan]:checked").count(), title
