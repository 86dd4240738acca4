"""The one way to write. `commit` stands nowhere else."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from pb.extensions import db


@contextmanager
def transaction() -> Iterator[Session]:
    """One act, one transaction: ends any open read, begins (IMMEDIATE on SQLite), commits, or undoes all.

    Not re-entrant: a deed that is part of another takes the session instead.
    """
    session = db.session()
    if session.info.get("writing"):
        raise RuntimeError("transaction() inside transaction(): hand the session on instead")
    session.rollback()
    session.connection(execution_options={"pb_begin": "IMMEDIATE"})
    session.info["writing"] = True
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info["writing"] = False
