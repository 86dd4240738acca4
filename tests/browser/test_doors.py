"""A sign-in with a real provider in a real browser, and a mailed code: out, back, one button, a receipt."""

import json
import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from pb.extensions import db
from pb.office.reads import sent_mail, waiting_mail
from pb.rounds.values import Door
from tests.browser.conftest import PHONE, Site
from tests.browser.looking import look
from tests.doors import EMAIL, SIGN_IN, at_broker
from tests.factories import a_frame, at
from tests.issuer import CLIENT, SECRET
from tests.voting import a_vote

ROOT = Path(__file__).resolve().parents[2]
PEOPLE = {
    "anna": {"birthdate": "1961-03-30", "address": {"postal_code": "2405 AB"}},
    "kind": {"birthdate": "2015-01-01", "address": {"postal_code": "2405 AB"}},
}
SLUGS = ("inloggen-2020", "dorp-2020")


@dataclass(frozen=True)
class Rounds:
    """Where people vote by signing in, and where by e-mail."""

    sign_in: str
    email: str


def _missing(words: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(words)
    pytest.skip(words)


@pytest.fixture(scope="module")
def issuer(site: Site) -> Iterator[str]:
    """The provider from npm as a process of its own; skipped in words where it is not installed."""
    node = shutil.which("node")
    if node is None or not (ROOT / "node_modules" / "oidc-provider").exists():
        _missing("oidc-provider is not installed (npm ci)")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    back = [f"{site.url}{prefix}/rondes/{SLUGS[0]}/stemmen/inloggen/terug" for prefix in ("", "/en")]
    command = [str(node), str(ROOT / "tests" / "browser" / "provider.mjs"), str(port), CLIENT, SECRET, *back]
    env = {"PATH": os.environ["PATH"], "PEOPLE": json.dumps(PEOPLE)}
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        assert any(line.strip() == "ready" for line in process.stdout), "the provider did not start"
        yield f"http://127.0.0.1:{port}"
        process.terminate()


@pytest.fixture(scope="module")
def rounds(site: Site, issuer: str) -> Rounds:
    """Two rounds of which the clock says that people vote: at the provider, and with an e-mail address."""
    door = at_broker(SIGN_IN, issuer=issuer, client=CLIENT, scopes=("profile", "address"))
    site.app.config["BROKERS"] = f"{issuer} {CLIENT} {SECRET}"
    with site.app.app_context():
        _voting(SLUGS[0], door, 12)
        _voting(SLUGS[1], EMAIL, 0)
        db.session.remove()
    return Rounds(*(f"/rondes/{slug}/stemmen" for slug in SLUGS))


def _voting(slug: str, door: Door, minimum_age: int) -> None:
    frame = replace(a_frame(door=door, minimum_age=minimum_age), name=f"Ronde {slug}")
    ahead = at(6, 10) - datetime.now(UTC)
    a_vote(frame, codes=0, slug=slug, clock_offset=int(ahead.total_seconds()))


@pytest.fixture
def voter(browser: Browser, site: Site) -> Iterator[Page]:
    """A phone."""
    context = browser.new_context(viewport=PHONE, base_url=site.url, locale="nl-NL", reduced_motion="reduce")  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(20_000)
    yield page
    context.close()


def _choose(page: Page, address: str, button: str = "Verder") -> None:
    page.goto(address)
    page.locator("input[name=plan]").first.check()
    page.get_by_role("button", name=button).click()


def _at_the_provider(page: Page, name: str, acr: str = "substantieel") -> None:
    page.get_by_label("Naam").fill(name)
    page.get_by_label("Niveau").fill(acr)
    page.get_by_role("button", name="Aanmelden").click()


@pytest.mark.parametrize(
    ("prefix", "go", "cast"), [("", "Inloggen met", "Stem uitbrengen"), ("/en", "Sign in with", "Cast")]
)
def test_by_signing_in(voter: Page, rounds: Rounds, prefix: str, go: str, cast: str) -> None:
    _choose(voter, prefix + rounds.sign_in, "Verder" if not prefix else "Go on")
    look(voter)
    voter.get_by_role("link", name=go).click()
    _at_the_provider(voter, "anna")
    expect(voter).to_have_url(re.compile(rf"{prefix}/rondes/{SLUGS[0]}/stemmen/uitbrengen$"))
    look(voter)
    buttons = voter.locator("main button.nl-button--primary")
    expect(buttons).to_have_count(1)
    expect(buttons).to_contain_text(cast)
    buttons.click()
    expect(voter.locator(".tracking")).to_be_visible()
    look(voter)
    voter.go_back()
    expect(voter.locator(".tracking")).to_have_count(0)


def test_who_may_not_or_will_not_comes_back_to_the_same_choice(voter: Page, rounds: Rounds) -> None:
    for name, acr, said in (("kind", "substantieel", "vanaf 12 jaar"), ("anna", "laag", "hoger niveau")):
        _choose(voter, rounds.sign_in)
        voter.get_by_role("link", name="Inloggen met").click()
        _at_the_provider(voter, name, acr)
        expect(voter.get_by_role("alert")).to_contain_text(said)
        look(voter)
    voter.get_by_role("link", name="Inloggen met").click()
    voter.get_by_role("button", name="Annuleren").click()
    expect(voter.get_by_role("alert")).to_contain_text("Je keuze is bewaard")
    voter.goto(rounds.sign_in)
    expect(voter.locator("input[name=plan]:checked")).to_have_count(1)


def test_the_provider_asks_anew_who_somebody_is(voter: Page, rounds: Rounds) -> None:
    """At a shared computer nobody votes with the sign-in of who sat there before."""
    for _ in range(2):
        _choose(voter, rounds.sign_in)
        voter.get_by_role("link", name="Inloggen met").click()
        _at_the_provider(voter, "anna")
        voter.get_by_role("button", name="Stem uitbrengen").click()
        voter.get_by_role("button", name=re.compile("Klaar")).click()
        expect(voter.get_by_role("heading", level=1)).to_be_visible()


def test_by_a_mailed_code(voter: Page, site: Site, rounds: Rounds) -> None:
    _choose(voter, rounds.email)
    look(voter)
    voter.get_by_label("Je e-mailadres").fill("sam@example.net")
    voter.get_by_role("button", name="Mail mij de code").click()
    expect(voter.get_by_text("sam@example.net")).to_be_visible()
    look(voter)
    voter.get_by_label("De code uit de mail").fill("AAAA AAAA")
    voter.get_by_role("button", name="Ga verder").click()
    expect(voter.locator(".field__error")).to_be_visible()
    look(voter)
    voter.get_by_label("De code uit de mail").fill(_mailed(site, r"^(\w{4} \w{4})$"))
    voter.get_by_role("button", name="Ga verder").click()
    look(voter)
    voter.get_by_role("button", name="Stem uitbrengen").click()
    expect(voter.locator(".tracking")).to_be_visible()


def test_by_a_mailed_link(voter: Page, site: Site, rounds: Rounds) -> None:
    _choose(voter, rounds.email)
    voter.get_by_label("Je e-mailadres").fill("bob@example.net")
    voter.get_by_role("button", name="Mail mij de code").click()
    expect(voter.get_by_text("bob@example.net")).to_be_visible()
    voter.goto(_mailed(site, r"(http\S+/link/\S+)"))
    look(voter)
    voter.get_by_role("button", name="Ja, dit is mijn adres").click()
    voter.get_by_role("button", name="Stem uitbrengen").click()
    expect(voter.locator(".tracking")).to_be_visible()


def _mailed(site: Site, wanted: str) -> str:
    """What the newest mail says, in the outbox or in the demo's mailbox."""
    with site.app.app_context():
        mails = sorted([*waiting_mail(), *sent_mail(20)], key=lambda mail: mail.id)
        found = re.search(wanted, mails[-1].body, re.MULTILINE)
        db.session.remove()
    assert found, mails[-1].body
    return found[1]
