"""After the vote: milestones, money, updates."""

from flask import Flask


def open_room(app: Flask) -> None:
    """Register this room's pages and handlers."""
    from pb.delivery import handlers, models, views  # noqa: F401 - tables known to migrations, events heard

    app.register_blueprint(views.bp)
