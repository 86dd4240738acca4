"""Proposing: plan, cost lines, pictures, likes, arguments."""

from flask import Flask


def open_room(app: Flask) -> None:
    """Register this room's pages and handlers."""
    from pb.plans import handlers, models, views  # noqa: F401 - tables known to migrations, events heard

    app.register_blueprint(views.bp)
