"""Begroot: a neighbourhood budget from the council's frame to the last euro spent."""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask

ROOMS = (
    "office",
    "people",
    "rounds",
    "plans",
    "selection",
    "roll",
    "doors",
    "voting",
    "results",
    "delivery",
    "site",
    "demo",
)
"""In the order in which a round lives; a room imports earlier rooms only."""


def create_app(settings: Mapping[str, Any] | None = None) -> "Flask":
    """The application; without `settings` they come from the environment (see `config.load`)."""
    from flask import Flask

    if settings is None:
        import config

        settings = config.load()
    root = Path(__file__).resolve().parent.parent
    app = Flask(
        __name__,
        template_folder=str(root / "templates"),
        static_folder=str(root / "static"),
        instance_path=str(settings["INSTANCE"]),
    )
    app.config.update(settings)
    _extend(app)
    _open_rooms(app)
    return app


def _extend(app: "Flask") -> None:
    from flask_login import current_user

    from pb import assets, errors, headers, words
    from pb.extensions import babel, csrf, db, limiter, login, migrate

    words.init_app(app, babel)
    db.init_app(app)
    migrate.init_app(app, db, directory=str(Path(__file__).resolve().parent.parent / "migrations"))
    csrf.init_app(app)
    login.init_app(app, add_context_processor=False)
    app.jinja_env.globals["current_user"] = current_user  # most pages never ask who it is
    limiter.init_app(app)
    headers.init_app(app)
    assets.init_app(app)
    errors.init_app(app)


def _open_rooms(app: "Flask") -> None:
    """Each room's package has an `open_room(app)`: it registers its pages and connects its handlers."""
    for room in ROOMS:
        import_module(f"pb.{room}").open_room(app)
