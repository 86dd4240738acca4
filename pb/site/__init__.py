"""Home, round page, layout, navigation: the only room that shows all others together."""

from flask import Flask


def open_room(app: Flask) -> None:
    """Register this room's pages and what the layout needs."""
    from pb.site import layout, views

    layout.init_app(app)
    app.register_blueprint(views.bp)
