"""The frame, its versions, decisions and amendments, the calendar, roles granted per round."""

from flask import Flask


def open_room(app: Flask) -> None:
    """Register this room's pages and handlers."""
    from pb.rounds import guard, handlers, views
    from pb.rounds.outline import views as outline_views  # noqa: F401

    guard.init_app(app)
    handlers.connect()
    app.register_blueprint(views.bp)
