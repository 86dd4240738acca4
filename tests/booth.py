"""A voter in front of a browser without scripts, for tests: chooses, enters a code, reads what comes back."""

import re
from html.parser import HTMLParser

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

Fields = dict[str, list[str]]


class Booth:
    """One browser at one round's ballot; `prefix` is `/en` for English."""

    def __init__(self, browser: FlaskClient, prefix: str = "", slug: str = "alphen-centrum-2020") -> None:
        self.browser = browser
        self.address = f"{prefix}/rondes/{slug}/stemmen"

    def start(self) -> TestResponse:
        """The ballot, or what stands in its place."""
        return self.browser.get(self.address)

    def choose(self, *plans: str, style: str = "all", **more: str) -> TestResponse:
        """Send the ballot with these plans."""
        return self.browser.post(self.address, data={"style": style, "plan": list(plans), **more})

    def code_page(self) -> TestResponse:
        """The page that asks for the code."""
        return self.browser.get(f"{self.address}/code")

    def cast(self, code: str, **changes: object) -> TestResponse:
        """Open the page for the code and send its form with this code; `changes` are fields to send otherwise."""
        return self.send(fields_of(self.code_page().text), code, **changes)

    def send(self, fields: Fields, code: str, **changes: object) -> TestResponse:
        """Send a form for the code that was opened before."""
        return self.browser.post(f"{self.address}/code", data=fields | {"code": code} | changes)

    def send_proven(self, **changes: object) -> TestResponse:
        """Press the one button after another door than a code: open its page and send its form."""
        opened = self.browser.get(f"{self.address}/uitbrengen")
        return self.browser.post(f"{self.address}/uitbrengen", data=fields_of(opened.text) | changes)

    def vote(self, code: str, *plans: str, style: str = "all") -> TestResponse:
        """From an empty ballot to the answer to the code."""
        self.choose(*plans, style=style)
        return self.cast(code)

    def wipe(self) -> TestResponse:
        """Wipe the choices from this device."""
        return self.browser.post(f"{self.address}/klaar")


class _Inputs(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: Fields = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        ticked = given.get("type") != "checkbox" or "checked" in given
        if tag == "input" and given.get("name") and ticked:
            self.found.setdefault(str(given["name"]), []).append(given.get("value") or "")


def fields_of(text: str) -> Fields:
    """The fields of a page as a browser would send them: hidden ones, what is typed, what is ticked."""
    inputs = _Inputs()
    inputs.feed(text.partition("<main")[2].partition("</main")[0])
    return inputs.found


def tracking_of(answer: TestResponse) -> str:
    """The tracking code on a receipt; a clear failure when the answer is none."""
    found = re.search(r'class="tracking">(.+?)</p>', answer.text)
    assert answer.status_code == 200 and found, answer.text
    return "".join(re.findall(r"<span>(\w+)</span>", found[1]))


def ticked(answer: TestResponse) -> list[str]:
    """The plans that are ticked on a ballot."""
    return sorted(fields_of(answer.text).get("plan", []))
