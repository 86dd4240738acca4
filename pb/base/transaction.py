"""The one way to write. `commit` stands nowhere else."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Row, Select
from sqlalchemy.orm import Session

from pb.extensions import db


@contextmanager
def transaction(locks: str = "") -> Iterator[Session]:
    """One act, one transaction: ends any open read, begins (IMMEDIATE on SQLite), commits, or undoes all.

    `locks` are statements that go to PostgreSQL together with BEGIN, in one way to it and back. Not re-entrant: a deed
    that is part of another takes the session instead.
    """
    session = db.session()
    if session.info.get("writing"):
        raise RuntimeError("transaction() inside transaction(): hand the session on instead")
    session.rollback()
    session.connection(execution_options={"pb_begin": "IMMEDIATE", "pb_locks": locks})
    session.info["writing"] = True
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info["writing"] = False


def one_row(session: Session, asked: Select[Any], **values: Any) -> Row[Any] | None:
    """The only row that a statement of columns finds, or `None`; what waits to be written is written first.

    Past the unit of work, which takes as long as the statement itself and has nothing to do for columns.
    """
    session.flush()
    return session.connection().execute(asked, values).one_or_none()
