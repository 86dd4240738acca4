"""A real PostgreSQL for the tests: a temporary cluster of its own on a Unix socket, or the one that the environment names."""

import atexit
import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from functools import cache
from pathlib import Path

import psycopg
import pytest


def skip_without() -> None:
    """Skip in words where there is no PostgreSQL; fail where a skip is a failure."""
    if cluster() is None:
        words = "no PostgreSQL server is installed (Debian: apt-get install postgresql)"
        if os.environ.get("CI") == "true":
            pytest.fail(words)
        pytest.skip(words)


def fresh_database() -> str:
    """The address of a new, empty database in the cluster."""
    where = cluster()
    assert where is not None
    name = f"test_{uuid.uuid4().hex}"
    with psycopg.connect(f"{where} dbname=postgres", autocommit=True) as connection:
        connection.execute(f'create database "{name}"')
    parts = dict(part.split("=", 1) for part in where.split())
    return f"postgresql+psycopg://{parts['user']}@/{name}?host={parts['host']}"


@cache
def cluster() -> str | None:
    """Where the cluster listens, as `host=… user=…`; started at the first call, stopped at the end of the process."""
    if given := os.environ.get("PB_TEST_POSTGRES"):
        return given
    binaries = _binaries()
    if binaries is None:
        return None
    folder = Path(tempfile.mkdtemp(prefix="begroot-pg-"))
    as_postgres = _as_postgres(folder)
    data = folder / "data"
    subprocess.run(
        [*as_postgres, binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-N"],
        check=True,
        capture_output=True,
    )
    options = f"-c listen_addresses='' -k {folder} -c fsync=off -c max_connections=60"
    subprocess.run(
        [*as_postgres, binaries / "pg_ctl", "-D", data, "-o", options, "-l", folder / "log", "-w", "start"],
        check=True,
        capture_output=True,
    )
    atexit.register(_stop, as_postgres, binaries, data, folder)
    return f"host={folder} user=postgres"


def _binaries() -> Path | None:
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda place: int(place.parent.name), reverse=True)
    found = shutil.which("initdb")
    return places[0] if places else Path(found).parent if found else None


def _as_postgres(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root, so root steps aside for its user."""
    if os.geteuid() != 0:
        return []
    user = pwd.getpwnam("postgres")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return ["runuser", "-u", "postgres", "--"]


def _stop(as_postgres: list[str], binaries: Path, data: Path, folder: Path) -> None:
    subprocess.run(
        [*as_postgres, binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop"], check=False, capture_output=True
    )
    shutil.rmtree(folder, ignore_errors=True)
