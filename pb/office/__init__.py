"""What every round needs and knows nothing of rounds: audit trail, outbox, jobs, files, throttle, the municipality."""

from flask import Flask


def open_room(app: Flask) -> None:
    """Register this room's pages and handlers."""
    from pb.office import models  # noqa: F401 - tables known to migrations
