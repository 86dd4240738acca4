"""Count, adoption, publication, drawings, explanation."""

from flask import Flask


def open_room(app: Flask) -> None:
    """Register this room's pages and handlers."""
    from pb.results import handlers, models  # noqa: F401 - tables known to migrations
    from pb.results.corrections import models as correction_models  # noqa: F401
    from pb.results.corrections import views as correction_views  # noqa: F401
    from pb.results.views import bp

    app.register_blueprint(bp)
    handlers.connect()
