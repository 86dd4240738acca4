"""The manifest, the ballot, casting, receipts, the close and the opening of the two piles."""

from flask import Flask


def open_room(app: Flask) -> None:
    """Register this room's pages and handlers."""
    from pb.voting import handlers, kept, models, views  # noqa: F401 - handlers listen, tables are known to migrations
    from pb.voting.custody import models as custody_models  # noqa: F401
    from pb.voting.desk import models as desk_models  # noqa: F401
    from pb.voting.desk import views as desk_views  # noqa: F401
    from pb.voting.kiosk import device as kiosk_device
    from pb.voting.kiosk import views as kiosk_views  # noqa: F401
    from pb.voting.paper import handlers as paper_handlers  # noqa: F401
    from pb.voting.paper import models as paper_models  # noqa: F401
    from pb.voting.paper import views as paper_views  # noqa: F401

    kept.init_app(app)
    kiosk_device.init_app(app)
    app.register_blueprint(views.bp)
