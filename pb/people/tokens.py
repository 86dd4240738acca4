"""Secrets of a sign-in and what is kept of them: pure. A database that leaks lets nobody in."""

import hashlib
import secrets

from pb.people.values import DIGITS


def new_token() -> str:
    """A link's secret, or a browser's: 256 random bits."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """Six digits for people to type."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def token_hash(token: str) -> bytes:
    """What is kept of a link's secret."""
    return _hash("link", token)


def browser_hash(browser: str) -> bytes:
    """What is kept of a browser's secret."""
    return _hash("browser", browser)


def code_hash(browser: str, code: str) -> bytes:
    """What is kept of the digits. Bound to the browser's secret: a million codes would otherwise be guessed in a blink."""
    return _hash("code", browser, code)


def _hash(*parts: str) -> bytes:
    return hashlib.sha256("|".join(("sign-in", *parts)).encode()).digest()
