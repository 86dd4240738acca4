"""Serving: one parent that starts the web server and the worker, stops both together, and says so with its exit code."""

import logging
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent.parent
WORKERS, THREADS = 2, 4
"""Processes and threads of the web server: more of them gained nothing on two cores and cost SQLite its patience."""
GRACE = 30
"""Seconds that requests and jobs under way get to finish."""
LOOK = 0.2

Process = subprocess.Popen[bytes]


def serve(host: str, port: int) -> int:
    """Serve until SIGTERM or SIGINT. Returns the exit code: 0 after a signal, 1 when a part stopped by itself."""
    with _signals() as stop:
        parts = [_start(*web_command(host, port)), _start("-m", "pb.office.serve")]
        try:
            while not stop.is_set() and all(part.poll() is None for part in parts):
                time.sleep(LOOK)
        finally:
            _stop(parts)
    return 0 if stop.is_set() else 1


def web_command(host: str, port: int, application: str = "wsgi:app") -> tuple[str, ...]:
    """What Python runs for the web server. No preloading: each process makes its own application and connections."""
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    return (
        "-m", "gunicorn", application, "--bind", bind, "--chdir", str(ROOT),
        "--worker-class", "gthread", "--workers", str(WORKERS), "--threads", str(THREADS),
        "--timeout", "60", "--graceful-timeout", str(GRACE), "--keep-alive", "5",
        "--no-control-socket", "--log-level", "warning", "--config", "python:pb.office.gunicorn",
    )  # fmt: skip


def _start(*arguments: str) -> Process:
    """A session of its own keeps Ctrl-C for the parent, which passes it on once."""
    return subprocess.Popen([sys.executable, *arguments], cwd=ROOT, start_new_session=True)  # noqa: S603 - our own words


def _stop(parts: list[Process]) -> None:
    for part in parts:
        if part.poll() is None:
            part.terminate()
    latest = time.monotonic() + GRACE + 5
    for part in parts:
        try:
            part.wait(max(0.1, latest - time.monotonic()))
        except subprocess.TimeoutExpired:
            part.kill()
            part.wait()


@contextmanager
def _signals() -> Iterator[Event]:
    """An event that SIGTERM and SIGINT set; the handlers from before come back afterwards."""
    stop = Event()

    def ask(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    before = {number: signal.signal(number, ask) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def work() -> None:
    """The worker's process: works until SIGTERM or SIGINT."""
    from pb import create_app
    from pb.office.worker import run_worker

    log_to_stdout()
    with _signals() as stop:
        run_worker(create_app(), stop)


def log_to_stdout() -> None:
    """One line an event on standard output: the place where a service manager looks."""
    logging.basicConfig(stream=sys.stdout, level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")


if __name__ == "__main__":
    work()
