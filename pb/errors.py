"""Error pages: every "no" is a page with a sentence that says what to do."""

from flask import Flask, render_template
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from pb.base.refusals import Refused
from pb.extensions import db

EXPLAINED = {400, 403, 404, 405, 413, 429, 500}
"""Statuses with a title and a sentence of their own: `error.404.title`, `error.404.text`."""


def init_app(app: Flask) -> None:
    """Register the pages."""

    @app.errorhandler(Refused)
    def refused(error: Refused) -> ResponseReturnValue:
        return render_template("error.html", status=error.status, reasons=error.reasons), error.status

    @app.errorhandler(CSRFError)
    def stale(error: CSRFError) -> ResponseReturnValue:
        return render_template("error.html", status="stale", reasons=()), 400

    @app.errorhandler(OperationalError)
    def not_saved(error: OperationalError) -> ResponseReturnValue:
        """The database is locked, slow or away: say that nothing was saved, never that something was."""
        app.logger.error("database: %s", type(error.orig).__name__)
        db.session.rollback()
        return render_template("error.html", status="not_saved", reasons=()), 503, {"Retry-After": "5"}

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> ResponseReturnValue:
        status = error.code or 500
        if status < 400 or error.response is not None:
            return error
        known = status if status in EXPLAINED else 400 if status < 500 else 500
        return render_template("error.html", status=known, reasons=()), status
