"""Accounts, and sign-in by a mailed link with six digits beside it."""

from flask import Flask


def open_room(app: Flask) -> None:
    """Register this room's pages and handlers."""
    from pb.people import housekeeping, session, views  # noqa: F401 - the worker's hourly work

    session.init_app(app)
    app.register_blueprint(views.bp)
