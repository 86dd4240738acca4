"""Who may vote: credentials, codes and letters."""

from flask import Flask


def open_room(app: Flask) -> None:
    """Register this room's pages and handlers."""
