"""The manifest, the ballot, casting, receipts, the close and the opening of the two piles."""

from flask import Flask


def open_room(app: Flask) -> None:
    """Register this room's pages and handlers."""
    from pb.voting import handlers, kept, models, views  # noqa: F401 - handlers listen, tables are known to migrations

    kept.init_app(app)
    app.register_blueprint(views.bp)
