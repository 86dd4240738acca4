"""Feasibility test, jury, shortlist."""

from flask import Flask


def open_room(app: Flask) -> None:
    """Register this room's pages and handlers."""
