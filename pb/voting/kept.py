"""What a voter chose and did not yet cast: kept in one sealed cookie a round on their own device, never on the server."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from flask import Flask, Response, current_app, request

from pb.base.cookie import SealedCookie
from pb.voting.values import Choices

_PREFIX = "keuze-"
_TWO_HOURS = 2 * 60 * 60


@dataclass(frozen=True, slots=True)
class Kept:
    """Choices on their way to a vote.

    `order` draws the order of the plans during this visit. `key` is the vote's idempotency key in hex, empty before
    the code page was shown. `cast` tells that the vote was cast; then the rest is only kept for a repetition.
    """

    style: str
    choices: Choices
    order: str
    key: str = ""
    cast: bool = False

    def as_cast(self) -> "Kept":
        """The same, once the vote is cast."""
        return replace(self, cast=True)


def init_app(app: Flask) -> None:
    """Say "you have not voted yet" on every page, and keep such pages out of every cache."""

    @app.before_request
    def read_anew() -> None:
        if unfinished_rounds():
            request.environ.pop("HTTP_IF_NONE_MATCH", None)

    @app.after_request
    def keep_private(response: Response) -> Response:
        if request.endpoint != "static" and unfinished_rounds():
            response.headers["Cache-Control"] = "private, no-store"
            response.headers.pop("ETag", None)
        return response

    app.jinja_env.globals["unfinished_rounds"] = unfinished_rounds


def read_kept(slug: str) -> Kept | None:
    """What this device keeps for a round; `None` where there is nothing, or it is older than two hours."""
    found = _cookie().open(request.cookies.get(_PREFIX + slug))
    return Kept(found[0], tuple(found[1]), *found[2:]) if isinstance(found, list) and len(found) == 5 else None


def keep(response: Response, slug: str, kept: Kept) -> Response:
    """Send what is to be kept along with the answer."""
    value = _cookie().seal([kept.style, kept.choices, kept.order, kept.key, kept.cast])
    response.set_cookie(
        _PREFIX + slug,
        value,
        max_age=_TWO_HOURS,
        path="/",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
    return response


def forget(response: Response, slug: str) -> Response:
    """Let the device keep nothing for this round."""
    response.delete_cookie(_PREFIX + slug, path="/", httponly=True, samesite="Lax")
    return response


def unfinished_rounds() -> list[str]:
    """The addresses of the rounds in which this device chose and did not vote; asks no database."""
    slugs = (name.removeprefix(_PREFIX) for name in _names())
    return [slug for slug in slugs if (kept := read_kept(slug)) and not kept.cast]


def _names() -> Iterator[str]:
    return (name for name in request.cookies if re.fullmatch(_PREFIX + r"[a-z0-9-]+", name))


def _cookie() -> SealedCookie:
    return SealedCookie(bytes.fromhex(current_app.config["COOKIE_KEY"]), _TWO_HOURS)
