"""Between handing in and voting: the feasibility test, the jury and the shortlist."""

from flask import Flask


def open_room(app: Flask) -> None:
    """Register this room's pages and handlers."""
    from pb.selection import handlers, models, views  # noqa: F401 - tables known to migrations, events heard

    app.register_blueprint(views.bp)
