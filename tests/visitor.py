"""Somebody who votes by signing in, in front of a browser without scripts, at the issuer that is inside the test."""

from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from pb.rounds.values import Door
from tests.booth import Booth
from tests.doors import SIGN_IN, at_broker
from tests.issuer import CLIENT, LEVEL, Issuer, asked
from tests.pages import page, words_of
from tests.voting import rows

SLUG = "alphen-centrum-2020"


def at_issuer(issuer: Issuer, door: Door = SIGN_IN, **changes: Any) -> Door:
    """A door that opens at this issuer."""
    return at_broker(door, issuer=issuer.url, client=CLIENT, levels=(LEVEL, "hoog"), **changes)


class Visitor:
    """Somebody in a browser of their own who comes to vote by signing in."""

    def __init__(self, browser: FlaskClient, prefix: str = "", slug: str = SLUG) -> None:
        self.browser, self.booth = browser, Booth(browser, prefix, slug)
        self.address = f"{prefix}/rondes/{slug}/stemmen"

    def go_out(self) -> dict[str, str]:
        """Press the button; gives what the site asked the broker for."""
        return asked(self.browser.get(f"{self.address}/inloggen/naar-buiten"))

    def come_back(self, **sent: str) -> TestResponse:
        """Follow the way back."""
        return self.browser.get(f"{self.address}/inloggen/terug", query_string=sent)

    def sign_in(self, issuer: Issuer, sub: str = "anna", **claims: Any) -> TestResponse:
        """Out and back, as somebody of whom the broker tells these claims."""
        wanted = self.go_out()
        return self.come_back(code=issuer.allow(wanted, sub, **claims), state=wanted["state"])

    def cast(self, **changes: object) -> TestResponse:
        """Press the last button."""
        return self.booth.send_proven(**changes)

    def has_proof(self) -> bool:
        """Whether the device has one for this round."""
        return self.browser.get_cookie("stembewijs", path=self.address) is not None


def turned_away(visitor: Visitor, answer: TestResponse, said: str, status: int = 403) -> None:
    """The page says why, there is no proof, nothing was cast, and the choices are kept."""
    assert said in words_of(page(answer, status))
    assert not visitor.has_proof() and rows() == (0, 0, 0, 0)
    opened = visitor.browser.get(f"{visitor.address}/uitbrengen")
    assert opened.location == f"{visitor.address}/inloggen"
