"""The demo municipality and its rehearsal; its pages open only in the demo, its imports of elections everywhere."""

from flask import Flask


def open_room(app: Flask) -> None:
    """Register this room's pages and the worker's part in them."""
    if not app.config["DEMO"]:
        return
    from pb.demo import rehearsal, views  # noqa: F401 - registers the worker's function

    app.register_blueprint(views.bp)
    with app.app_context():
        views.init_app()
