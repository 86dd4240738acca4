"""Whether this device is a kiosk: a sealed cookie says so, which only an organiser's deed makes.

Every answer to a kiosk goes back to its empty start after `SECONDS`, and no cache keeps it. Where its script runs, the
script watches instead: somebody who reads for long is not interrupted.
"""

from flask import Flask, Response, current_app, request, url_for

from pb.base.cookie import SealedCookie
from pb.base.hashing import tagged_hmac
from pb.doors.proofs import forget_proof
from pb.people.session import leave
from pb.rounds.values import RoundRecord
from pb.voting.kiosk.rules import SECONDS, WARNING

COOKIE, SCRIPT = "kiosk", "kiosk-script"
"""The seal, and what the script sets anew while it is alive."""
LONGEST = 60 * 24 * 60 * 60


def init_app(app: Flask) -> None:
    """Treat every answer to a kiosk as one that the next person must not see."""

    @app.before_request
    def read_anew() -> None:
        if kiosk_round():
            request.environ.pop("HTTP_IF_NONE_MATCH", None)

    @app.after_request
    def begin_again(response: Response) -> Response:
        slug = kiosk_round() if request.endpoint != "static" else None
        if slug:
            response.headers["Cache-Control"] = "private, no-store"
            response.headers.pop("ETag", None)
            if SCRIPT not in request.cookies and response.mimetype == "text/html":
                response.headers.setdefault("Refresh", f"{SECONDS}; url={start_of(slug)}")
        return response

    app.jinja_env.globals.update(kiosk_round=kiosk_round, kiosk_start=start_of, kiosk_times=(SECONDS, WARNING))


def kiosk_round() -> str | None:
    """The address of the round whose kiosk this device is; `None` on any other device."""
    found = _seal().open(request.cookies.get(COOKIE)) if COOKIE in request.cookies else None
    return found if isinstance(found, str) else None


def is_kiosk(slug: str) -> bool:
    """Whether this device is a kiosk of this round."""
    return kiosk_round() == slug


def start_of(slug: str) -> str:
    """Where a kiosk begins, for whoever comes next: in the site's own language."""
    return url_for("voting.kiosk", slug=slug).removeprefix(request.script_root)


def become_kiosk(response: Response, round_: RoundRecord) -> Response:
    """Make this device a kiosk of a round."""
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    response.set_cookie(
        COOKIE, _seal().seal(round_.slug), max_age=LONGEST, secure=secure, httponly=True, samesite="Lax"
    )
    return response


def be_no_kiosk(response: Response) -> Response:
    """Make it a device like others again."""
    response.delete_cookie(COOKIE, httponly=True, samesite="Lax")
    return response


def leave_nothing(response: Response, slug: str) -> Response:
    """Let a kiosk keep nothing of who was there: no choices, no proof of a right to vote, no sign-in."""
    leave()
    for name in request.cookies.keys() - {COOKIE, SCRIPT, current_app.config["SESSION_COOKIE_NAME"]}:
        response.delete_cookie(name, httponly=True, samesite="Lax")
    response.headers["Clear-Site-Data"] = '"cache"'
    return forget_proof(response, slug)


def _seal() -> SealedCookie:
    key = tagged_hmac(bytes.fromhex(current_app.config["COOKIE_KEY"]), "kiosk")
    return SealedCookie(key, LONGEST)
