"""Count, adoption, publication, drawings, explanation."""

from flask import Flask


def open_room(app: Flask) -> None:
    """Register this room's pages and handlers."""
