"""Error pages: every "no" is a page with a sentence that says what to do."""

from flask import Flask, current_app, g, render_template
from flask.typing import ResponseReturnValue
from flask_login import AnonymousUserMixin
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from werkzeug.exceptions import HTTPException

from pb.base.refusals import Reason, Refused
from pb.extensions import db

EXPLAINED = {400, 403, 404, 405, 413, 429, 500}
"""Statuses with a title and a sentence of their own: `error.404.title`, `error.404.text`."""


KEPT_HEADERS = {"Allow", "Retry-After"}
"""What an error says to programs besides its status."""


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(CSRFError, _stale)
    app.register_error_handler(OperationalError, _not_saved)
    app.register_error_handler(HTTPException, _http)


def _refused(error: Refused) -> ResponseReturnValue:
    return _page(error.status, error.reasons), error.status


def _stale(error: CSRFError) -> ResponseReturnValue:
    return _page("stale"), 400


def _not_saved(error: OperationalError) -> ResponseReturnValue:
    """The database is locked, slow or away: say that nothing was saved, never that something was."""
    current_app.logger.error("database: %s", str(error.orig).partition("\n")[0])
    return _page("not_saved"), 503, {"Retry-After": "5"}


def _http(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if status < 400 or error.response is not None:
        return error
    known = status if status in EXPLAINED else 400 if status < 500 else 500
    headers = [(name, value) for name, value in error.get_headers() if name in KEPT_HEADERS]
    return _page(known), status, headers


def _page(status: int | str, reasons: tuple[Reason, ...] = ()) -> str:
    """The page in the site's layout; without the layout where that cannot be had, as it reads the database."""
    try:
        db.session.rollback()  # what failed halfway must not make its own error page fail
        return render_template("error.html", layout="layout.html", status=status, reasons=reasons)
    except SQLAlchemyError:
        g._login_user = AnonymousUserMixin()  # or Flask-Login asks the database once more who this is
        return render_template("error.html", layout="bare.html", status=status, reasons=reasons)
