"""The draw by hand on its pages: the form, the wait for a second person, and the draw as it stands."""

import pytest
from playwright.sync_api import Browser, Page, expect

from pb.demo.values import ROUND, DemoRole
from pb.extensions import db
from pb.people.reads import person_by_email
from pb.rounds.reads import open_requests, round_by_slug
from pb.rounds.values import TwoPersonDeed
from pb.voting.acts import ask_to_enter_draw
from pb.voting.reads import manifest
from pb.voting.values import LotDrawn
from tests.browser import html
from tests.browser.conftest import DESK, PHONE, Site
from tests.browser.looking import look
from tests.factories import at

VIEWS = [("", PHONE), ("/en", DESK)]
MANAGE = f"/beheer/rondes/{ROUND}"
HOW = "Met genummerde ballen, in het buurthuis,\nonder toezicht van de notaris."


@pytest.fixture
def asks_for_a_draw(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a round whose frame asks for it, after the close: the demo's round has its lot from the seed."""
    for place in ("pb.voting.views.draw", "pb.voting.acts.draw"):
        monkeypatch.setattr(f"{place}.drawing_reasons", lambda *_: [])


@pytest.fixture
def asked(site: Site, asks_for_a_draw: None) -> LotDrawn:
    """A draw that waits for a second person."""
    with site.app.app_context():
        round_, asker = round_by_slug(ROUND), person_by_email(DemoRole.ORGANISER.email)
        assert round_ and asker
        found = manifest(round_.id)
        assert found
        order = tuple(plan.code for plan in found.plans)
        if TwoPersonDeed.ENTER_DRAW not in {one.deed for one in open_requests(round_.id)}:
            ask_to_enter_draw(round_.id, order, HOW, asker.id)
        db.session.remove()
    return LotDrawn(at(6, 29), order, HOW)


@pytest.mark.parametrize(("prefix", "size"), VIEWS, ids=["phone", "desk"])
def test_what_is_not_taken_stays_to_be_mended(
    browser: Browser, site: Site, asks_for_a_draw: None, prefix: str, size: dict[str, int]
) -> None:
    page, sent = _organiser(browser, site, size), dict[str, str]()
    _seen(page, f"{prefix}{MANAGE}/stemming/loting", sent)
    order, how = page.locator("#order"), page.locator("#how")
    order.fill("1 1 99 x")
    how.fill(HOW)
    page.locator("main form button").click()
    expect(page.get_by_role("alert")).to_contain_text("99")
    expect(order).to_have_value("1 1 99 x")
    look(page)
    page.context.close()
    assert not html.faults(sent)


@pytest.mark.parametrize(("prefix", "size"), VIEWS, ids=["phone", "desk"])
def test_the_wait_for_a_second_person_and_the_draw_as_it_stands(
    browser: Browser, site: Site, asked: LotDrawn, monkeypatch: pytest.MonkeyPatch, prefix: str, size: dict[str, int]
) -> None:
    page, sent = _organiser(browser, site, size), dict[str, str]()
    for path in ("bevestigen", "stemming", "stemming/loting"):
        _seen(page, f"{prefix}{MANAGE}/{path}", sent)
    monkeypatch.setattr("pb.voting.views.draw.hand_drawn", lambda _: asked)
    _seen(page, f"{prefix}{MANAGE}/stemming/loting", sent)
    expect(page.locator("main ol li")).to_have_count(len(asked.order))
    page.context.close()
    assert not html.faults(sent)


def _seen(page: Page, path: str, sent: dict[str, str]) -> None:
    answer = page.goto(path)
    assert answer and answer.status == 200
    sent[f"{len(sent)} {path}"] = answer.text()
    look(page)


def _organiser(browser: Browser, site: Site, size: dict[str, int]) -> Page:
    page = browser.new_context(viewport=size, base_url=site.url, reduced_motion="reduce").new_page()  # type: ignore[arg-type]
    page.goto("/demo")
    page.locator(f'button[value="{DemoRole.ORGANISER.value}"]').first.click()
    return page
