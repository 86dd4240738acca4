"""What a voter chose and did not yet cast: kept in one sealed cookie a round on their own device, never on the server.

The choices stand in it as a number for each plan of the ballot, always of one length, so that its length does not tell how
many there are.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from flask import Flask, Response, current_app, request

from pb.base.clock import host_now
from pb.base.cookie import SealedCookie
from pb.rounds.guard import round_if_any
from pb.rounds.reads import now_of
from pb.rounds.values import RoundRecord
from pb.voting.padding import padded
from pb.voting.protocol import normal_choices, numbered, numbers_in, plans_in
from pb.voting.values import Choices, Manifest

_PREFIX = "keuze-"
_FIELDS = 9
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


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A round in which this device holds choices that were not cast, while votes still count."""

    slug: str
    name: str


def init_app(app: Flask) -> None:
    """Say on every page that a choice was not cast, and keep such pages out of every cache."""

    @app.before_request
    def read_anew() -> None:
        if "HTTP_IF_NONE_MATCH" in request.environ and unfinished_rounds():
            request.environ.pop("HTTP_IF_NONE_MATCH", None)

    @app.after_request
    def keep_private(response: Response) -> Response:
        if request.endpoint != "static" and unfinished_rounds():
            if "no-store" not in response.headers.get("Cache-Control", ""):
                response.headers["Cache-Control"] = "private, no-store"
            response.headers.pop("ETag", None)
        return response

    app.jinja_env.globals["unfinished_rounds"] = unfinished_rounds


def read_kept(slug: str, manifest: Manifest) -> Kept | None:
    """What this device keeps for a round; `None` where there is nothing, or it is older than two hours."""
    found = _open(slug)
    if found is None or found[1] != manifest.round:
        return None
    _, _, _, _, style, signs, order, key, cast = found
    return Kept(style, _choices(manifest, signs), order, key, cast)


def keep(response: Response, round_: RoundRecord, manifest: Manifest, kept: Kept) -> Response:
    """Send what is to be kept along with the answer, whose length tells nothing of it."""
    padded(response, len(manifest.plans))
    closes, signs = int(manifest.closes.timestamp()), _signs(manifest, kept.choices)
    mine = [kept.style, signs, kept.order, kept.key, kept.cast]
    response.set_cookie(
        _PREFIX + round_.slug,
        _cookie().seal([round_.name, manifest.round, closes, round_.rehearsal, *mine]),
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


def unfinished_rounds() -> list[Unfinished]:
    """The rounds in which this device holds choices that were not cast, while votes still count. Worked out once a request."""
    if "pb.unfinished" not in request.environ:
        kept = ((slug, _open(slug)) for slug in _slugs())
        waiting = [(slug, found) for slug, found in kept if found and not found[-1]]
        request.environ["pb.unfinished"] = [
            Unfinished(slug, name)
            for slug, (name, _, closes, rehearsal, *_) in waiting
            if _counts(slug, closes, rehearsal)
        ]
    return request.environ["pb.unfinished"]  # type: ignore[no-any-return]


def _counts(slug: str, closes: int, rehearsal: bool) -> bool:
    """Whether votes still count: by the sealed moment, without a statement; only a practice round's clock is asked for."""
    round_ = round_if_any(slug) if rehearsal else None
    return (now_of(round_) if round_ else host_now()) < datetime.fromtimestamp(closes, UTC)


def _signs(manifest: Manifest, choices: Choices) -> str:
    """The number of each plan of the ballot, in equally many digits: its points or place, 1 for chosen, 0 for not chosen."""
    width = len(str(manifest.frame.ballot.largest))
    numbers = dict.fromkeys(plans_in(choices), 1) | numbers_in(choices)
    return "".join(f"{numbers.get(plan.code, 0):0{width}}" for plan in manifest.plans)


def _choices(manifest: Manifest, signs: str) -> Choices:
    rule = manifest.frame.ballot
    width = len(str(rule.largest))
    numbers = (int(signs[place : place + width]) for place in range(0, len(signs), width))
    kept = ((plan.code, number) for plan, number in zip(manifest.plans, numbers, strict=False) if number)
    return normal_choices(numbered(code, number) if rule.numbered else code for code, number in kept)


def _slugs() -> Iterator[str]:
    return (name.removeprefix(_PREFIX) for name in request.cookies if re.fullmatch(_PREFIX + r"[a-z0-9-]+", name))


def _open(slug: str) -> list[Any] | None:
    """The fields as `keep` sealed them: nobody else can make such a cookie. Opened once a request."""
    opened: dict[str, list[Any] | None] = request.environ.setdefault("pb.kept", {})
    if slug not in opened:
        found = _cookie().open(request.cookies.get(_PREFIX + slug))
        opened[slug] = found if isinstance(found, list) and len(found) == _FIELDS else None
    return opened[slug]


def _cookie() -> SealedCookie:
    return SealedCookie(bytes.fromhex(current_app.config["COOKIE_KEY"]), _TWO_HOURS)
