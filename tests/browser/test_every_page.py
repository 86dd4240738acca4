"""Every page of the site, as whoever may open it: one heading, nothing for axe, nothing wider than the window, valid HTML.

Dutch on a phone of 320 px and English on a desk of 1280 px; with `PB_EVERY_SIZE=1` both languages at both sizes.
"""

import os
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Error, Page, Response
from werkzeug.routing import Rule

from pb.base.access import Access, Role
from pb.base.clock import host_now
from pb.demo.acts import wind
from pb.demo.values import EMPTY_ROUND, ROUND, DemoRole, Step
from pb.extensions import db
from pb.office.worker import work_once
from pb.people.reads import person_by_email
from pb.plans.reads import submitted_plans
from pb.results.corrections.acts import ask_correction
from pb.results.corrections.values import Wish
from pb.results.reads import outcome
from pb.rounds.acts import confirm_request
from pb.rounds.reads import round_by_slug
from pb.rounds.values import Decision
from tests.browser import html
from tests.browser.conftest import DESK, PHONE, Site
from tests.browser.looking import look

VIEWS = [("", PHONE), ("/en", DESK)]
if os.environ.get("PB_EVERY_SIZE"):
    VIEWS = [(prefix, size) for prefix in ("", "/en") for size in (PHONE, DESK)]
NO_PAGE = re.compile(
    r"\.(json|csv|txt|pb|svg|pdf|ico)$|/stapels$|/uitvoer$|/proces-verbaal$|^/bestanden/|/controleren/|^/static/|<path:|<token>|<int:job_id>"
)
"""Files, and pages that other tests open: they need something that only a deed makes."""
NOT_NOW = {404, 409}
"""What has nothing to show at this stage says so on a page, which is judged like the others."""
WHO = {
    Role.ORGANISER: DemoRole.ORGANISER,
    Role.ASSESSOR: DemoRole.ASSESSOR,
    Role.JUROR: DemoRole.JUROR,
    Role.COUNCIL: DemoRole.ORGANISER,
    Role.CLERK: DemoRole.CLERK,
    Role.AUDITOR: DemoRole.AUDITOR,
}


def _values(app: Flask, rule: Rule, slug: str) -> Iterator[dict[str, str]]:
    """Sensible values for the parts of an address; one page for each of them."""
    from pb.rounds.values import QUESTION_CODES
    from pb.rounds.views.frame import STEPS

    found = round_by_slug(slug)
    assert found is not None
    plan = next(iter(submitted_plans(found.id)), None)
    code = QUESTION_CODES[0] if "<locale>" in rule.rule else plan.code if plan else ""
    given = {"slug": slug, "code": code, "locale": "nl", "number": "1", "pot": "all", "name": "log.txt"}
    steps = list(STEPS) if "<step>" in rule.rule else [""]
    if "<code>" in rule.rule and not code:
        return
    for step in steps:
        yield {name: value for name, value in (given | {"step": step}).items() if name in rule.arguments}


def _pages(app: Flask, slug: str) -> Iterator[tuple[DemoRole | None, str]]:
    """Every page of the house with somebody who may open it."""
    adapter = app.url_map.bind("")
    for rule in sorted(app.url_map.iter_rules(), key=lambda one: one.rule):
        if "GET" not in (rule.methods or ()) or NO_PAGE.search(rule.rule):
            continue
        wanted: Access = app.view_functions[rule.endpoint].access
        for values in _values(app, rule, slug):
            yield _who(wanted), adapter.build(rule.endpoint, values)


def _who(wanted: Access) -> DemoRole | None:
    """Who may open it; nobody where no account is needed."""
    if wanted.administrator:
        return DemoRole.ADMINISTRATOR
    if wanted.roles:
        return next((role for needed, role in WHO.items() if needed in wanted.roles), None)
    return DemoRole.RESIDENT if wanted.signed_in else None


def _visit(page: Page, base: str, prefix: str, pages: list[tuple[DemoRole | None, str]]) -> list[str]:
    """What is wrong on these pages, seen as each one's visitor."""
    wrong: list[str] = []
    sent: dict[str, str] = {}
    now: DemoRole | None = None
    for role, path in pages:
        if role is not now:
            page.context.clear_cookies()
            if role:
                page.goto(f"{base}/demo")
                page.locator(f'button[value="{role.value}"]').first.click()
            now = role
        answer = _open(page, f"{base}{prefix}{path}")
        if answer is None or not answer.headers["content-type"].startswith("text/html"):
            continue
        if answer.status >= 400 and answer.status not in NOT_NOW:
            wrong.append(f"{path} answers {answer.status} to {role}")
            continue
        try:
            look(page)
        except AssertionError as found:
            wrong.append(str(found))
        sent[f"{prefix}{path}"] = answer.text()
    return wrong + html.faults(sent)


def _open(page: Page, url: str) -> Response | None:
    """The answer with a page; `None` for an address that gives a file to keep."""
    try:
        return page.goto(url)
    except Error as refused:
        if "Download is starting" in refused.message:
            return None
        raise


def _correct() -> None:
    """A winner falls away a year later, so that the pages about a corrected result have something to show."""
    round_ = round_by_slug(ROUND)
    found = outcome(round_.id) if round_ else None
    asks, agrees = (person_by_email(role.email) for role in (DemoRole.ORGANISER, DemoRole.SECOND_ORGANISER))
    assert round_ and found and asks and agrees
    decision = Decision("Gemeenteraad", round_.now(host_now()).date(), "2021-200", "https://example.org/besluit")
    wish = Wish(tuple(plan.code for plan in found.winners[1:]), "de grond niet te koop is", decision)
    confirm_request(ask_correction(round_.id, wish, asks.id), agrees.id)


@pytest.mark.parametrize("step", [None, Step.YEAR], ids=["while voting", "a year later"])
def test_every_page_is_for_everybody(browser: Browser, site: Site, step: Step | None) -> None:
    with site.app.app_context():
        if step:
            wind(step)
            while work_once():
                pass
            _correct()
        pages = sorted(_pages(site.app, ROUND), key=lambda one: str(one[0]))
        if step is None:
            pages += [one for one in _pages(site.app, EMPTY_ROUND) if one[0] is DemoRole.ORGANISER]
        db.session.remove()
    wrong: list[str] = []
    for prefix, size in VIEWS:
        context = browser.new_context(viewport=size, reduced_motion="reduce")  # type: ignore[arg-type]
        wrong += _visit(context.new_page(), site.url, prefix, pages)
        context.close()
    assert not wrong, f"{len(wrong)} faults on {len(pages)} pages:\n" + "\n".join(wrong[:40])
