"""What a first visit weighs: pages, pictures and scripts as they cross the wire to a new browser."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import PHONE, Site

ROUND = "/rondes/alphen-centrum-2020"
MOST, MOST_SCRIPT, MOST_THUMBNAIL = 150_000, 15_000, 10_000
STATIC = Path(__file__).resolve().parents[2] / "static"


@pytest.mark.parametrize("path", ["/", ROUND, f"{ROUND}/plannen", f"{ROUND}/stemmen", f"{ROUND}/stemlijst"])
def test_a_first_visit_is_light(browser: Browser, site: Site, path: str) -> None:
    """Headers and bodies of everything that the page fetches by itself, as Chromium's own network log counts them."""
    context = browser.new_context(viewport=PHONE)  # type: ignore[arg-type]
    page = context.new_page()
    counter = context.new_cdp_session(page)
    counter.send("Network.enable")
    sizes: dict[str, float] = {}
    counter.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    page.goto(f"{site.url}{path}", wait_until="networkidle")
    weight = sum(sizes.values())
    context.close()
    assert sizes and weight < MOST, f"{path} weighs {weight:,.0f} bytes in {len(sizes)} answers"


def test_thumbnails_and_scripts_are_small(browser: Browser, site: Site) -> None:
    context = browser.new_context(viewport=PHONE)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{site.url}{ROUND}/stemlijst")
    pictures = page.locator("img.card__picture").evaluate_all("all => all.map(one => one.src)")
    sizes = {url: len(context.request.get(url).body()) for url in pictures}
    context.close()
    assert len(sizes) == 12 and max(sizes.values()) < MOST_THUMBNAIL, sizes
    own = sum(path.stat().st_size for path in (STATIC / "js").rglob("*.js"))
    assert 0 < own < MOST_SCRIPT, own
