"""Who may vote: credentials, codes and letters."""

from flask import Flask


def open_room(app: Flask) -> None:
    """Register this room's pages and handlers."""
    from pb.roll import models, views  # noqa: F401 - the tables must be known before the first query

    app.register_blueprint(views.bp)
