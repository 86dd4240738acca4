"""A kiosk in a real browser: it asks whether somebody is there, begins anew, and its way back shows nothing."""

import re
from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from tests.browser.conftest import PHONE, Site
from tests.browser.looking import look

ROUND = "/rondes/alphen-centrum-2020"
START = f"{ROUND}/kiosk"
TABLET = {"width": 820, "height": 1180}


def made(browser: Browser, site: Site, script: bool = True, size: dict[str, int] = TABLET) -> Page:
    """A device that an organiser of the demo made a kiosk."""
    context = browser.new_context(
        viewport=size,  # type: ignore[arg-type]
        base_url=site.url,
        locale="nl-NL",
        reduced_motion="reduce",
        java_script_enabled=script,
    )
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.goto("/demo")
    page.locator('button[value="organiser"]').first.click()
    page.goto(f"/beheer{ROUND}/kiosk")
    page.get_by_role("button", name="Maak van dit apparaat een stemzuil").click()
    expect(page).to_have_url(re.compile(f"{START}$"))
    return page


@pytest.fixture
def kiosk(browser: Browser, site: Site) -> Iterator[Page]:
    page = made(browser, site)
    yield page
    page.context.close()


def chosen(page: Page) -> None:
    """Begin, and choose a plan."""
    page.goto(START)
    page.get_by_role("link", name="Begin", exact=True).click()
    page.locator("input[name=plan]").first.check()
    page.get_by_role("button", name="Verder naar je code").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Vul je code in")


@pytest.mark.parametrize("size", [PHONE, TABLET])
def test_the_pages_of_a_kiosk_are_for_everybody(browser: Browser, site: Site, size: dict[str, int]) -> None:
    page = made(browser, site, size=size)
    for path in (START, f"{ROUND}/stemmen", f"{START}/gelukt"):
        page.goto(path)
        look(page)
    page.context.close()


def test_it_asks_whether_somebody_is_there_and_begins_anew(kiosk: Page) -> None:
    kiosk.clock.install()
    chosen(kiosk)
    kiosk.clock.run_for(60_000)
    expect(kiosk.get_by_role("dialog")).to_be_hidden()
    kiosk.clock.run_for(12_000)
    expect(kiosk.get_by_role("dialog")).to_be_visible()
    look(kiosk)
    kiosk.get_by_role("button", name="Ja, ik ben er nog").click()
    expect(kiosk.get_by_role("dialog")).to_be_hidden()
    kiosk.clock.run_for(60_000)
    expect(kiosk).to_have_url(re.compile("/stemmen/code$"))
    kiosk.clock.run_for(35_000)
    expect(kiosk).to_have_url(re.compile(f"{START}$"))
    kiosk.goto(f"{ROUND}/stemmen")
    assert not kiosk.locator("input[name=plan]:checked").count()


def test_without_a_script_the_server_takes_it_back(
    browser: Browser, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = made(browser, site, script=False)
    monkeypatch.setattr("pb.voting.kiosk.device.SECONDS", 2)
    page.goto(f"{ROUND}/stemmen")
    page.locator("input[name=plan]").first.check()
    page.get_by_role("button", name="Verder naar je code").click()
    expect(page).to_have_url(re.compile(f"{START}$"))
    page.goto(f"{ROUND}/stemmen")
    assert not page.locator("input[name=plan]:checked").count()
    page.context.close()


def test_a_vote_leaves_no_trace_on_the_way_back(kiosk: Page) -> None:
    kiosk.goto("/demo/brief")
    address = kiosk.locator("main a[href*='#']").get_attribute("href") or ""
    code = address.partition("#")[2]
    kiosk.goto(address)
    title = kiosk.locator(".ballot-card__title, .ballot-card .card__title").first.inner_text()
    kiosk.locator("input[name=plan]").first.check()
    kiosk.get_by_role("button", name="Verder naar je code").click()
    kiosk.get_by_role("button", name="Stem uitbrengen").click()
    expect(kiosk.get_by_role("heading", level=1)).to_contain_text("Gelukt")
    assert title not in kiosk.locator("main").inner_text() and not kiosk.locator(".tracking").count()
    names = {cookie["name"] for cookie in kiosk.context.cookies()}
    assert names <= {"kiosk", "kiosk-script"}, names
    for _ in range(4):
        with suppress(Error):
            kiosk.go_back(wait_until="load")
        assert code not in kiosk.url.replace("-", "")
        shown = kiosk.locator("main").inner_text()
        assert "Vul je code in" not in shown and not kiosk.locator("input[name=plan]:checked").count()
        if "/demo" in kiosk.url:
            break
