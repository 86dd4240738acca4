"""The site with a guard taken away, for a test that must notice: it answers a cast first and writes it a moment later."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer, local
from typing import Any

from sqlalchemy.orm import Session

from pb import create_app
from pb.base.transaction import transaction
from pb.extensions import db
from pb.voting.acts import cast
from pb.voting.views import code

LATER = 2.0
"""Seconds that a confirmed vote stays in memory only."""

app = create_app()
_trial, _real = local(), cast.cast_ballot


@contextmanager
def _transaction(locks: str = "") -> Iterator[Session]:
    """The real one; in a trial everything is undone before its commit."""
    with transaction(locks) as session:
        yield session
        if getattr(_trial, "on", False):
            session.rollback()


def _answer_first(*given: Any, **more: Any) -> object:
    _trial.on = True
    try:
        receipt = _real(*given, **more)
    finally:
        _trial.on = False
    later = Timer(LATER, _write, given, more)
    later.daemon = True
    later.start()
    return receipt


def _write(*given: Any, **more: Any) -> None:
    with app.app_context():
        _real(*given, **more)
        db.session.remove()


cast.transaction = _transaction  # type: ignore[attr-defined]
code.cast_ballot = _answer_first  # type: ignore[assignment, attr-defined]
