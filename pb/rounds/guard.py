"""Who may use a route: reads the mark of `pb.base.access` on every view before it runs."""

from flask import Flask, abort, current_app, g, redirect, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from pb.base.access import Access
from pb.rounds.reads import roles_of, round_by_slug
from pb.rounds.values import RoundRecord


def init_app(app: Flask) -> None:
    """Guard every request; a view without a mark is a mistake and answers 500."""
    app.before_request(_guard)


def the_round(slug: str) -> RoundRecord:
    """The round at this address, read once a request; 404 when there is none."""
    return round_if_any(slug) or abort(404)


def round_if_any(slug: str) -> RoundRecord | None:
    """The same, and `None` when there is none."""
    found: RoundRecord | None = g.get("round")
    if found is None or found.slug != slug:
        found = g.round = round_by_slug(slug)
    return found


def keep_round(round_: RoundRecord) -> None:
    """A round that was read beside something else, for whoever asks for it later in the request."""
    g.round = round_


def _guard() -> ResponseReturnValue | None:
    if request.endpoint is None or request.endpoint == "static":
        return None
    wanted: Access = vars(current_app.view_functions[request.endpoint])["access"]
    if not wanted.signed_in:
        return None
    if not current_user.is_authenticated:
        return redirect(f"{request.script_root}/inloggen?next={request.path}")
    if wanted.administrator and not current_user.is_administrator:
        abort(403)
    if wanted.roles:
        round_ = the_round((request.view_args or {})["slug"])
        if not wanted.roles & roles_of(current_user.id, round_.id):
            abort(403)
    return None
