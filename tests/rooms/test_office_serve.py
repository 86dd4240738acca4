"""Serving for real: the parent starts both parts, stops both, and tells by its exit code when one stopped by itself."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from pb import create_app
from pb.extensions import db
from pb.office.serve import ROOT, web_command

PATIENCE = 40


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`serve()` in a process of its own on a free port, with a database; gives the process and its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environ = {**os.environ, "PB_ENVIRONMENT": "development", "PB_INSTANCE": str(tmp_path)}
    _tables(tmp_path)
    program = f"import sys; from pb.office.serve import serve; sys.exit(serve('127.0.0.1', {port}))"
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", program], cwd=ROOT, env=environ, stdout=log, stderr=log, text=True
        )
    try:
        yield process, f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _tables(folder: Path) -> None:
    import config

    application = create_app(config.load({"PB_ENVIRONMENT": "development", "PB_INSTANCE": str(folder)}))
    with application.app_context():
        db.create_all()
        db.engine.dispose()


def _answer(process: subprocess.Popen[str], address: str) -> str:
    """What `/levend` says, once it is up."""
    until = time.monotonic() + PATIENCE
    while True:
        assert process.poll() is None, "it stopped before it answered"
        try:
            with urllib.request.urlopen(f"{address}/levend?canary", timeout=5) as answer:  # noqa: S310 - our own
                return str(answer.read().decode())
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def _children(process: subprocess.Popen[str]) -> dict[str, int]:
    """The numbers of the web server's and the worker's process."""
    listed = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    names = {number: Path(f"/proc/{number}/cmdline").read_text() for number in listed}
    return {("web" if "gunicorn" in name else "worker"): int(number) for number, name in names.items()}


def test_a_signal_stops_everything_well(served: tuple[subprocess.Popen[str], str], tmp_path: Path) -> None:
    process, address = served
    assert _answer(process, address) == "ok\n"
    children = _children(process)
    assert set(children) == {"web", "worker"}
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE) == 0
    assert not [number for number in children.values() if Path(f"/proc/{number}").exists()]
    log = (tmp_path / "log").read_text()
    assert "GET /levend 200" in log and "canary" not in log and "Traceback" not in log


@pytest.mark.parametrize("part", ["web", "worker"])
def test_when_one_part_dies_both_stop(served: tuple[subprocess.Popen[str], str], part: str) -> None:
    process, address = served
    _answer(process, address)
    children = _children(process)
    os.kill(children[part], signal.SIGKILL)
    assert process.wait(PATIENCE) == 1
    assert not [number for number in children.values() if Path(f"/proc/{number}").exists()]


@pytest.mark.parametrize(("host", "bind"), [("127.0.0.1", "127.0.0.1:80"), ("::1", "[::1]:80")])
def test_an_address_of_either_kind_is_bound(host: str, bind: str) -> None:
    assert bind in web_command(host, 80)
