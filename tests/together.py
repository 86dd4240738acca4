"""Deeds at the same moment, for tests: real threads, each with a context and a connection of its own."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from flask import Flask

from pb.extensions import db

Answer = TypeVar("Answer")


def together(app: Flask, deeds: Sequence[Callable[[], Answer]]) -> list[Answer | Exception]:
    """What each deed answered or raised, in the order of `deeds`; all of them start when all threads are there."""
    gate = Barrier(len(deeds))

    def run(deed: Callable[[], Answer]) -> Answer | Exception:
        with app.app_context():
            gate.wait(timeout=30)
            try:
                return deed()
            except Exception as error:
                return error
            finally:
                db.session.remove()

    with ThreadPoolExecutor(len(deeds)) as threads:
        return list(threads.map(run, deeds))
