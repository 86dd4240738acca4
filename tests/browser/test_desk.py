"""The desk and paper with something on their pages: what every page owes its readers, and a form by keyboard alone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from pb.demo.values import ROUND, DemoRole
from pb.extensions import db
from pb.people.reads import person_by_email
from pb.roll.models import CredentialRow
from pb.rounds.reads import round_by_slug
from pb.voting.acts import ask_to_revoke
from pb.voting.desk.acts import note_returned
from pb.voting.paper.acts import register_batch
from tests.browser import html
from tests.browser.conftest import DESK, PHONE, Site
from tests.browser.looking import look

PAPER, DESK_PAGE = f"/beheer/rondes/{ROUND}/papier", f"/beheer/rondes/{ROUND}/balie"
"""Nothing stands on these pages until somebody did something."""


@pytest.fixture(scope="module")
def waiting(site: Site) -> int:
    """A batch came in, letters came back, and a request of the desk waits: its number."""
    with site.app.app_context():
        round_ = round_by_slug(ROUND)
        asker = person_by_email(DemoRole.ORGANISER.email)
        assert round_ and asker, "the demo's organiser"
        register_batch(round_.id, 12, asker.id)
        note_returned(round_.id, ("17", "18"), asker.id)
        issued = db.session.query(CredentialRow.h).filter_by(round_id=round_.id, kind="issued").first()
        assert issued
        number = ask_to_revoke(round_.id, issued[0].hex(), asker.id)
        db.session.remove()
    return number


@pytest.fixture
def forms_are_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """As after the close, which takes the demo minutes to reach."""
    monkeypatch.setattr("pb.voting.paper.views.stack.entering_reasons", lambda *_: [])


def organiser(browser: Browser, site: Site, size: dict[str, int]) -> Page:
    """The demo's second organiser."""
    context = browser.new_context(viewport=size, base_url=site.url, reduced_motion="reduce")  # type: ignore[arg-type]
    page = context.new_page()
    page.goto("/demo")
    page.locator('button[value="second-organiser"]').first.click()
    return page


@pytest.mark.parametrize(("prefix", "size"), [("", PHONE), ("/en", DESK)], ids=["phone", "desk"])
def test_pages_with_something_on_them(
    browser: Browser, site: Site, waiting: int, forms_are_open: None, prefix: str, size: dict[str, int]
) -> None:
    page, sent = organiser(browser, site, size), {}
    desk = [DESK_PAGE, *(f"{DESK_PAGE}/{one}" for one in ("nieuwe-code", "late-kiezer", f"verzoeken/{waiting}"))]
    for path in (*desk, PAPER, f"{PAPER}/1", f"{PAPER}/1/invoer", f"/beheer/rondes/{ROUND}/bevestigen"):
        answer = page.goto(prefix + path)
        assert answer and answer.status == 200, path
        look(page)
        sent[path] = answer.text()
    assert not html.faults(sent)
    page.context.close()


@pytest.fixture
def clerk(browser: Browser, site: Site) -> Iterator[Page]:
    page = organiser(browser, site, DESK)
    yield page
    page.context.close()


def test_a_form_is_entered_by_keyboard_alone(clerk: Page, waiting: int, forms_are_open: None) -> None:
    """The number is there, and the plans are the first thing that is typed; Enter sends, and the page says why not."""
    clerk.goto(f"{PAPER}/1/invoer")
    assert clerk.locator("#form").input_value() == "1"
    clerk.keyboard.type("1 2")
    clerk.keyboard.press("Tab")
    clerk.keyboard.type("1234")
    clerk.keyboard.press("Enter")
    expect(clerk.get_by_role("alert")).to_contain_text("16 tekens")
    assert clerk.locator("#plans").input_value() == "1 2"
    look(clerk)
