"""Check it yourself: in the demo a visitor has every check turn green, changes one vote, and the named check turns red."""

import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from pb.demo.acts import wind
from pb.demo.values import Step
from pb.extensions import db
from pb.office.worker import work_once
from tests.browser.conftest import PHONE, Site
from tests.browser.looking import look
from tests.bundles import write_files
from tests.tampering import FILES, SCENE, added, dropped, edited, first, replaced, swapped
from tests.verifier import PROGRAM, verify

ROUND = "/rondes/alphen-centrum-2020"
PAGE = f"{ROUND}/controleren"
CHECKS = [f"V{number}" for number in range(1, 14)]


@pytest.fixture(scope="module")
def counted(site: Site) -> Site:
    """The demo after its result was published."""
    with site.app.app_context():
        wind(Step.RESULT)
        while work_once():
            pass
        db.session.remove()
    return site


def states(page: Page) -> dict[str, str]:
    """What each check shows."""
    return {check: page.locator(f"#{check}").get_attribute("data-state") or "" for check in CHECKS}


def finished(page: Page) -> None:
    """Wait until every check has answered."""
    expect(page.locator("#check-start")).to_be_enabled(timeout=60_000)
    expect(page.locator(".check__list > [data-state=waiting], .check__list > [data-state=busy]")).to_have_count(0)


def test_checks_turn_green_and_a_changed_vote_red(counted: Site, desk: Page) -> None:
    desk.goto(f"{ROUND}/uitslag")
    desk.get_by_role("link", name="Controleer alles in je browser").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Controleer de stemming zelf")
    look(desk)
    desk.get_by_role("button", name="Controleer nu").click()
    finished(desk)
    assert set(states(desk).values()) == {"ok"}
    expect(desk.get_by_role("status").filter(has_text="13 controles zijn goed.")).to_be_visible()
    look(desk)
    desk.get_by_role("button", name="Verander deze stem").first.click()
    finished(desk)
    found = states(desk)
    assert found["V6"] == "failed" and {check for check, state in found.items() if state != "ok"} <= {
        "V6",
        "V7",
        "V11",
        "V13",
    }
    expect(desk.locator("#V6")).to_contain_text("is veranderd nadat hij was uitgebracht")
    noticed = desk.locator("#check-noticed")  # the red lines once more, beside the button
    expect(noticed.get_by_role("listitem")).to_have_count(sum(state == "failed" for state in found.values()))
    expect(noticed).to_contain_text("Elke stem is zoals hij werd uitgebracht: ")
    expect(noticed).to_be_in_viewport()
    expect(desk.locator(".check__changed")).to_contain_text(re.compile("nu: ‘[A-Z][^’]+’.*Andere controles merken het"))
    look(desk)
    desk.get_by_role("button", name="Zet mijn kopie terug").click()
    finished(desk)
    assert set(states(desk).values()) == {"ok"}
    expect(noticed).to_be_hidden()


def test_a_stranger_downloads_everything_and_uses_the_program(counted: Site, desk: Page, tmp_path: Path) -> None:
    desk.goto(PAGE)
    with desk.expect_download() as archive:
        desk.get_by_role("link", name="Download alles als zip").click()
    with desk.expect_download() as program:
        desk.get_by_role("link", name="Download verify.py").click()
    with zipfile.ZipFile(io.BytesIO(Path(archive.value.path()).read_bytes())) as packed:
        packed.extractall(tmp_path)
    script = Path(program.value.path()).read_bytes()
    assert script == PROGRAM.read_bytes()
    folder = tmp_path / "alphen-centrum-2020"
    ran = subprocess.run([sys.executable, "-I", "-S", "-", str(folder)], input=script, capture_output=True, check=False)
    assert ran.returncode == 0 and ran.stdout.count(b" ok ") == 13, ran.stdout.decode()


@pytest.fixture
def plain(browser: Browser, counted: Site) -> Iterator[Page]:
    """A phone without scripts."""
    context = browser.new_context(viewport=PHONE, base_url=counted.url, java_script_enabled=False)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


def test_without_a_script_the_page_says_how(plain: Page) -> None:
    plain.goto(f"/en{PAGE}")
    expect(plain.get_by_role("button", name="Check now")).to_be_hidden()
    expect(plain.get_by_role("heading", name="Checking without this website")).to_be_visible()
    expect(plain.locator("pre")).to_have_text("python3 verify.py folder")
    names = plain.locator("[data-file]").all_inner_texts()
    assert sorted(names) == sorted(FILES)


BALLOT = r"ballot [0-9a-f]{64}"
SAMPLE = {
    "untouched": FILES,
    "a ballot changed": edited("ballots.csv", replaced(r",bank\n", ",kas\n")),
    "a ballot dropped": edited("ballots.csv", dropped(r"all,.*")),
    "a token doubled": edited("spent.txt", added(r"code,.*", first(r"code,.*"))),
    "two credentials swapped": edited("credentials.txt", swapped(r".*,all,\w+", 0, 1)),
    "a replaced ballot changed": edited("replaced.txt", replaced(r"\n[0-9a-f]{4}", "\n0000")),
    "a leaf added": edited("log.txt", added(BALLOT, lambda _: "ballot " + "ab" * 32)),
    "a signature changed": edited("log.txt", replaced(r"(head 1 \S+ \S+ )\S{4}", r"\g<1>AAAA")),
    "the seed changed": edited("log.txt", replaced(r'("seed":")20', r"\g<1>21")),
    "the manifest changed": edited("manifest.json", replaced("420000", "420001")),
    "a Pabulib vote changed": edited("votes-all.pb", replaced(r"\n(\d+);bank\n", r"\n\1;kas\n")),
    "all signed anew": SCENE.signed(edited("ballots.csv", replaced("all,web", "all,paper"))),
    "before the result": {name: FILES[name] for name in ("manifest.json", "log.txt", "spent.txt", "credentials.txt")},
}


@pytest.mark.parametrize("name", SAMPLE)
def test_own_files_get_the_answers_of_the_program(counted: Site, desk: Page, tmp_path: Path, name: str) -> None:
    folder = write_files(tmp_path, SAMPLE[name])
    wanted = {one["check"]: one["answer"] for one in verify.verify(folder)}
    desk.goto(PAGE)
    desk.get_by_text("Bestanden die je zelf bewaarde").click()
    desk.get_by_label("Kies alle bestanden uit je map").set_input_files([str(path) for path in folder.iterdir()])
    finished(desk)
    assert states(desk) == wanted
    assert not re.search(r"%\(|undefined|null", desk.locator(".check__list").inner_text())


def test_its_sha_256_is_that_of_the_browser(counted: Site, desk: Page) -> None:
    desk.goto(PAGE)
    differing = desk.evaluate(
        """async () => {
          const { sha256, hex } = await import("/static/verifier/bytes.js");
          const wrong = [];
          for (let size = 0; size < 300; size += 1) {
            const message = crypto.getRandomValues(new Uint8Array(size));
            const theirs = new Uint8Array(await crypto.subtle.digest("SHA-256", message));
            if (hex(sha256(message)) !== hex(theirs)) wrong.push(size);
          }
          return wrong;
        }"""
    )
    assert differing == []
