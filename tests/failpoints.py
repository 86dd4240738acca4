"""Interruptions in tests: a deed is broken off before each of its statements, before its commit, and right after it.

`BROKEN` is an exception, as of a connection that is gone: the process lives on and cleans up. `KILLED` is SIGKILL in a
process of its own: nothing in it gets to clean up, as when the machine loses power.
"""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from unittest.mock import patch

from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from pb.extensions import db

Deed = Callable[[], object]
State = dict[str, list[str]]
BROKEN, KILLED = "broken", "killed"


class Interrupted(Exception):
    """The deed was broken off here."""


class Committed(Exception):
    """The deed was broken off right after its commit, before anybody heard of it."""


def state() -> State:
    """Everything in the database, table by table, in an order of its own."""
    db.session.rollback()
    return {
        table.name: sorted(map(repr, db.session.execute(select(table)).all())) for table in db.metadata.sorted_tables
    }


def interrupted_everywhere(app: Flask, deed: Deed, how: str) -> int:
    """Interrupt the deed at each of its points in turn, at last right after its commit; gives the number of points.

    Up to the commit everything must be as it was, to the last row. Afterwards the deed is done, whole: what that means
    is for the test to say.
    """
    before = state()
    for point in count(1):
        reached = _breaks_at(point, deed) if how == BROKEN else _dies_at(point, deed, app)
        if not reached:
            assert state() != before, "after its commit nothing was done"
            return point - 1
        assert state() == before, f"interrupted at point {point}, and something stayed behind"
    raise AssertionError("a deed without end")


def _breaks_at(point: int, deed: Deed) -> bool:
    """Whether an exception broke it off at this point; otherwise one did after the commit."""

    def fail() -> None:
        raise Interrupted

    def committed() -> None:
        raise Committed

    try:
        with _points(point, fail, committed):
            deed()
    except Interrupted:
        return True
    except Committed:
        return False
    finally:
        db.session.rollback()
    raise AssertionError("the deed commits nothing")


def _dies_at(point: int, deed: Deed, app: Flask) -> bool:
    """The same in a child process that is killed there, or ends without a word after the commit."""
    db.session.remove()
    db.engine.dispose()  # a connection of SQLite does not survive a fork
    child = os.fork()
    if child == 0:
        try:
            with app.app_context(), _points(point, lambda: os.kill(os.getpid(), signal.SIGKILL), lambda: os._exit(0)):
                deed()
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the deed failed by itself, or commits nothing"
    return os.WIFSIGNALED(status)


@contextmanager
def _points(wanted: int, reached: Callable[[], object], committed: Callable[[], object]) -> Iterator[None]:
    """Number every moment before a statement or a commit, and call `reached` at the `wanted` one."""
    passed = [0]

    def pass_one(*_: object) -> None:
        passed[0] += 1
        if passed[0] == wanted:
            reached()

    real = Session.commit

    def commit(session: Session) -> None:
        wrote = session.info.get("writing")
        real(session)
        if wrote:  # PostgreSQL ends reads by a commit too
            committed()

    engine = db.engine
    event.listen(engine, "before_cursor_execute", pass_one)
    event.listen(engine, "commit", pass_one)
    try:
        with patch.object(Session, "commit", commit):
            yield
    finally:
        event.remove(engine, "before_cursor_execute", pass_one)
        event.remove(engine, "commit", pass_one)
