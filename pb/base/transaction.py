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
    end_reading(session)
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


def end_reading(session: Session) -> None:
    """End an open read and forget what it found; nothing that was added meanwhile is written.

    On PostgreSQL by COMMIT, for psycopg drops what was prepared there at every ROLLBACK, and planning a statement anew
    costs more than carrying it out.
    """
    only_read = session.is_active and not (session.new or session.deleted)
    if only_read and session.get_bind().dialect.name == "postgresql":
        session.expire_all()
        session.commit()
    else:
        session.rollback()


def end_request(error: BaseException | None) -> None:
    """At the end of a request or job that went well, end what it read; a session that is closed rolls back."""
    if error is None and db.session.registry.has():
        end_reading(db.session())
