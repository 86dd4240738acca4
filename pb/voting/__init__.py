"""The manifest, the ballot, casting, receipts, the close and the opening of the two piles."""

from flask import Flask


def open_room(app: Flask) -> None:
    """Register this room's pages and handlers."""
    from pb.voting import kept, models  # noqa: F401 - tables known to migrations

    kept.init_app(app)
