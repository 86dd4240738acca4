"""The demo municipality, for tests: an application of its own, loaded as `pb demo` loads it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

import config
from pb import create_app
from pb.demo.acts import start_demo
from pb.extensions import db
from pb.office.worker import work_once
from tests.conftest import Browser


@contextmanager
def a_demo(folder: Path, database: str = "") -> Iterator[Flask]:
    """The demo on its first day, inside its context; on SQLite unless a database is given."""
    with an_empty_demo(folder, database) as application:
        start_demo(lambda *_: None)
        yield application


@contextmanager
def an_empty_demo(folder: Path, database: str = "") -> Iterator[Flask]:
    """A demo before it is loaded."""
    url = database or f"sqlite:///{folder / 'demo.sqlite'}"
    settings = config.load({"PB_ENVIRONMENT": "demo", "PB_INSTANCE": str(folder), "PB_DATABASE_URL": url})
    application = create_app(settings | {"WTF_CSRF_ENABLED": False, "RATELIMIT_ENABLED": False})
    application.test_client_class = Browser
    with application.app_context():
        db.create_all()
        try:
            yield application
        finally:
            db.session.remove()
            db.engine.dispose()


def work() -> None:
    """Let the worker do everything that waits."""
    while work_once():
        pass
