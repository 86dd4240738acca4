"""What every round needs and knows nothing of rounds: audit trail, outbox, jobs, files, throttle, the municipality."""

from flask import Flask


def open_room(app: Flask) -> None:
    """Register this room's pages and what its worker does."""
    from pb.office import housekeeping, requests, views  # noqa: F401 - the worker's hourly work

    requests.init_app(app)
    app.register_blueprint(views.bp)
