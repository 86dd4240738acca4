"""The receipt checks itself in the voter's browser: what is right turns green, what somebody changed turns red."""

import re

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import Site

CODE_PAGE = "**/stemmen/code"


@pytest.fixture
def voter(browser: Browser, site: Site) -> Page:
    """A phone at the page for the code, with one plan chosen and the code filled in."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, base_url=site.url, locale="nl-NL")
    page = context.new_page()
    page.goto("/demo/brief")
    page.goto(page.locator("main a[href*='#']").get_attribute("href") or "")
    page.locator("input[name=plan]").first.check()
    page.get_by_role("button", name="Verder naar je code").click()
    return page


def cast(page: Page) -> None:
    page.get_by_role("button", name="Stem uitbrengen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Gelukt")


def change(page: Page, name: str) -> None:
    """Somebody on the way changes one sign of a value of the receipt."""

    def tamper(route: Route) -> None:
        answer = route.fetch()
        pattern = rf'(data-{name}=")([^"]*)"'
        body = re.sub(
            pattern, lambda found: f'{found[1]}{"1" if found[2][:1] != "1" else "2"}{found[2][1:]}"', answer.text()
        )
        assert body != answer.text()
        route.fulfill(response=answer, body=body)

    page.route(CODE_PAGE, tamper)


def test_a_receipt_that_is_right(voter: Page) -> None:
    cast(voter)
    line = voter.locator("[data-receipt]")
    expect(line).to_contain_text("Je browser rekende het na")
    expect(line).to_have_class(re.compile("notice--done"))


@pytest.mark.parametrize(
    "name", ["round", "nonce", "choices", "commitment", "tracking", "deadline", "signature", "key"]
)
def test_a_receipt_that_was_changed(voter: Page, name: str) -> None:
    change(voter, name)
    cast(voter)
    line = voter.locator("[data-receipt]")
    expect(line).to_contain_text(re.compile("dit ontvangstbewijs klopt niet|kan dit niet narekenen"))
    expect(line).not_to_have_class(re.compile("notice--done"))


def test_a_browser_without_the_signature_says_so(voter: Page) -> None:
    voter.add_init_script("SubtleCrypto.prototype.importKey = () => Promise.reject(new Error('not here'))")
    cast(voter)
    expect(voter.locator("[data-receipt]")).to_contain_text("kan dit niet narekenen")
    expect(voter.get_by_text("Voor wie het precies wil weten")).to_be_visible()
