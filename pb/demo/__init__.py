"""The demo municipality and its rehearsal; opens only in the demo."""

from flask import Flask


def open_room(app: Flask) -> None:
    """Register this room's pages and handlers."""
