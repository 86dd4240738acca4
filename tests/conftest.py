"""Fixtures that every test may use: an application on each database, a clock that stands still, a signed-in browser."""

import os
import secrets
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, has_app_context
from flask.testing import FlaskClient
from hypothesis import settings
from sqlalchemy import Engine, event
from werkzeug.test import TestResponse

from pb import create_app
from pb.base import clock
from pb.extensions import db
from pb.words import compile_catalogues
from tests import postgres

os.environ["PB_ENVIRONMENT"] = "test"
settings.register_profile("quick", max_examples=30, deadline=None, derandomize=True)
settings.register_profile("hundreds", max_examples=400, deadline=None)
settings.load_profile("quick")
"""What hypothesis tries: few examples, always the same, with every change; hundreds of new ones in the part `elections`."""
NOW = datetime(2020, 6, 10, 12, 0, tzinfo=UTC)
"""A Wednesday afternoon while Alphen Centrum Begroot 2020 is voting."""


def _settings(folder: Path, database: str) -> dict[str, Any]:
    import config

    found = config.load({"PB_ENVIRONMENT": "test", "PB_INSTANCE": str(folder), "PB_DATABASE_URL": database})
    return found | {
        "SECRET_KEY": secrets.token_hex(32),
        "COOKIE_KEY": secrets.token_hex(32),
        "WTF_CSRF_ENABLED": False,
    }


@pytest.fixture(scope="session")
def _apps(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Flask]]:
    """Makes an application and its empty tables once per database and worker."""
    made: dict[str, Flask] = {}

    def get(kind: str) -> Flask:
        if kind not in made:
            folder = tmp_path_factory.mktemp(kind)
            url = f"sqlite:///{folder / 'test.sqlite'}" if kind == "sqlite" else postgres.fresh_database()
            made[kind] = create_app(_settings(folder, url))
            made[kind].test_client_class = Browser
            with made[kind].app_context():
                db.create_all()
        return made[kind]

    yield get
    for application in made.values():
        with application.app_context():
            db.engine.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def app(request: pytest.FixtureRequest, _apps: Callable[[str], Flask]) -> Iterator[Flask]:
    """The application inside its context, once on SQLite and once on PostgreSQL, with empty tables."""
    if request.param == "postgresql":
        postgres.skip_without()
    application = _apps(request.param)
    with application.app_context():
        _empty()
        yield application
        db.session.remove()


def _empty() -> None:
    """Every row of every table, in one way to the database and back."""
    names = [table.name for table in reversed(db.metadata.sorted_tables)]
    script = ";".join(f'delete from "{name}"' for name in names)  # noqa: S608 - names of our own tables
    with db.engine.begin() as connection:
        raw = connection.connection.dbapi_connection
        assert raw is not None
        if connection.dialect.name == "sqlite":
            raw.executescript(f"begin immediate;{script};commit")
        else:
            raw.execute(script)


@event.listens_for(Engine, "connect")
def _do_not_wait_for_the_disk(connection: Any, _record: Any) -> None:
    """Tests lose no power; a commit that waits for the disk is most of what they would wait for."""
    if type(connection).__module__.startswith("sqlite3"):
        connection.execute("PRAGMA synchronous=OFF")


@pytest.fixture(autouse=True)
def standing_clock() -> Iterator[Callable[[datetime], None]]:
    """The time stands at `NOW`; call the fixture's value to move it."""
    moved = [NOW]
    clock.inject(lambda: moved[0])

    def move(moment: datetime) -> None:
        moved[0] = moment

    yield move
    clock.inject(None)


class Browser(FlaskClient):
    """Every request has its own context, as on a real server: nothing of an earlier one (its person, its round) is left."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        with self.application.app_context():
            answer = super().open(*args, **kwargs)
        if has_app_context():
            db.session.rollback()  # so that the test itself sees what the request wrote
        return answer


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without scripts that nobody is signed in to."""
    return app.test_client()


@pytest.fixture
def sign_in(client: FlaskClient) -> Callable[[int], FlaskClient]:
    """Sign a person in to `client`: `sign_in(person_id)`."""

    def enter(person_id: int) -> FlaskClient:
        with client.session_transaction() as session:
            session["_user_id"] = f"{person_id}.0"
            session["_fresh"] = True
        return client

    return enter


def pytest_configure(config: pytest.Config) -> None:
    """Bring the catalogues up to date once, before any worker reads them."""
    if not hasattr(config, "workerinput"):
        compile_catalogues()
