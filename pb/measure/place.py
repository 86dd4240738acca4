"""A throw-away site: an instance of its own, real processes on a free port, all gone afterwards."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from pb.office.acts import set_municipality
from pb.office.serve import web_command
from pb.office.values import MunicipalityRecord

NOWHERE = MunicipalityRecord("Nowhere", "Nowhere", "14 000", "9.00-17.00", "Square 1", "nobody@example.org")
PATIENCE = 30
"""Seconds that the server gets to answer for the first time."""

Server = subprocess.Popen[bytes]


@dataclass(frozen=True, slots=True)
class Place:
    """A site's application in this process, before its server starts."""

    app: Flask
    environ: dict[str, str]


@contextmanager
def place(database: str | None = None) -> Iterator[Place]:
    """An empty site with its tables; `database` is an empty database to use instead of a SQLite file of its own."""
    import config
    from pb import create_app
    from pb.words import compile_catalogues

    compile_catalogues()
    with tempfile.TemporaryDirectory(prefix="begroot-measure-") as folder:
        environ = {"PB_ENVIRONMENT": "development", "PB_INSTANCE": str(Path(folder) / "instance")}
        Path(environ["PB_INSTANCE"]).mkdir()
        if database:
            environ["PB_DATABASE_URL"] = database
        app = create_app(config.load(environ))
        with app.app_context():
            _make_tables()
            set_municipality(NOWHERE)
            yield Place(app, environ)
            _hang_up()


def _make_tables() -> None:
    import flask_migrate

    flask_migrate.upgrade()
    _hang_up()


def _hang_up() -> None:
    """Leave no connection behind."""
    from pb.extensions import db

    db.session.remove()
    db.engine.dispose()


@contextmanager
def serving(where: Place, application: str) -> Iterator[int]:
    """The web server of `pb serve` with this application, for as long as the context lasts; gives its port."""
    with serving_process(where, application) as (_, port):
        yield port


@contextmanager
def serving_process(where: Place, application: str) -> Iterator[tuple[Server, int]]:
    """The same; gives the parent of its processes too."""
    port = _free_port()
    command = [sys.executable, *web_command("127.0.0.1", port, application)]
    server = subprocess.Popen(command, env=os.environ | where.environ, stdout=subprocess.DEVNULL)  # noqa: S603 - our own words
    try:
        _await(server, port)
        yield server, port
    finally:
        server.terminate()
        server.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _await(server: Server, port: int) -> None:
    latest = time.monotonic() + PATIENCE
    while time.monotonic() < latest and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the web server did not start")
