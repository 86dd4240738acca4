"""Other doors than a letter's code: a sign-in with a broker, and a confirmed e-mail address."""

from flask import Flask


def open_room(app: Flask) -> None:
    """Register this room's pages; it has no tables."""
    from pb.doors import views

    app.register_blueprint(views.bp)
