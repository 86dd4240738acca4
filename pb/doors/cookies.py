"""What a door keeps on somebody's own device: sealed, for a quarter of an hour, and sent to one round's ballot only.

Each purpose has a key of its own, so that no cookie or link stands for another. None is ever in a session or a table.
"""

from typing import Any

from flask import Response, current_app, request

from pb.base.cookie import SealedCookie
from pb.base.hashing import tagged_hmac
from pb.doors.values import LIFETIME
from pb.words import LOCALES

AGE = int(LIFETIME.total_seconds())


def sealed(purpose: str) -> SealedCookie:
    """A seal for one purpose, which opens nothing of another."""
    return SealedCookie(tagged_hmac(bytes.fromhex(current_app.config["COOKIE_KEY"]), "door", purpose), AGE)


class DeviceCookie:
    """One cookie of a round, in every language of the site; `below` is the part of the ballot's address that gets it."""

    def __init__(self, name: str, below: str = "") -> None:
        self.name, self.below = name, below

    def keep(self, response: Response, slug: str, value: Any) -> Response:
        """Send it along with an answer."""
        kept = sealed(self.name).seal(value)
        for path in self._paths(slug):
            response.set_cookie(
                self.name,
                kept,
                max_age=AGE,
                path=path,
                secure=current_app.config["SESSION_COOKIE_SECURE"],
                httponly=True,
                samesite="Lax",
            )
        return response

    def read(self) -> Any:
        """What the device sends, or `None` where it is missing, broken or too old."""
        return sealed(self.name).open(request.cookies.get(self.name))

    def forget(self, response: Response, slug: str) -> Response:
        """Let the device keep it no longer."""
        for path in self._paths(slug):
            response.delete_cookie(self.name, path=path, httponly=True, samesite="Lax")
        return response

    def _paths(self, slug: str) -> list[str]:
        prefixes = ["", *(f"/{locale}" for locale in LOCALES[1:])]
        return [f"{prefix}/rondes/{slug}/stemmen{self.below}" for prefix in prefixes]


PROOF = DeviceCookie("stembewijs")
AWAY = DeviceCookie("inlog", "/inloggen")
WAITING = DeviceCookie("mailcode", "/e-mail")
"""The proof of a right to vote; a sign-in that is under way; a mail that is under way."""
