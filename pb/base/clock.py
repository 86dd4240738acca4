"""Time is an argument. Rules take `now`; only views and acts ask a clock, and this is where they ask.

All moments are aware datetimes in UTC. Acts that lock read the database's clock after the lock, so that several
web machines agree to the second; pages read the host's clock, which costs no statement.
"""

from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, DateTime, func, literal, text
from sqlalchemy.orm import Session


def _system() -> datetime:
    return datetime.now(UTC)


_source: Callable[[], datetime] | None = None


def host_now() -> datetime:
    """The host's moment in UTC, or the injected clock's."""
    return (_source or _system)()


def database_now(session: Session) -> datetime:
    """The database's moment in UTC: `clock_timestamp()` on PostgreSQL, the host's on SQLite."""
    if _source is not None or session.get_bind().dialect.name != "postgresql":
        return host_now()
    moment: datetime = session.execute(text("select clock_timestamp()")).scalar_one()
    return moment.astimezone(UTC)


def clock_column(session: Session) -> ColumnElement[datetime]:
    """The moment of `database_now` as a column, for a statement that reads more than the time."""
    if _source is not None or session.get_bind().dialect.name != "postgresql":
        return literal(host_now())
    return func.clock_timestamp(type_=DateTime(timezone=True))


def inject(source: Callable[[], datetime] | None) -> None:
    """Let tests set the time; `None` gives the clock back."""
    global _source
    _source = source
