"""Time is an argument. Rules take `now`; only views and acts ask a clock, and this is where they ask.

All moments are aware datetimes in UTC. Acts that lock read the database's clock after the lock, so that several
web machines agree to the second; pages read the host's clock, which costs no statement.
"""

from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import text
from sqlalchemy.orm import Session


def _system() -> datetime:
    return datetime.now(UTC)


_source: Callable[[], datetime] | None = None


def host_now() -> datetime:
    """The host's moment in UTC, or the injected clock's."""
    return (_source or _system)()


def tells_time(session: Session) -> bool:
    """Whether the database is asked for the moment: PostgreSQL is, unless a test set the time."""
    return _source is None and session.get_bind().dialect.name == "postgresql"


def database_now(session: Session) -> datetime:
    """The database's moment in UTC: `clock_timestamp()` on PostgreSQL, the host's on SQLite."""
    if not tells_time(session):
        return host_now()
    moment: datetime = session.execute(text("select clock_timestamp()")).scalar_one()
    return moment.astimezone(UTC)


def inject(source: Callable[[], datetime] | None) -> None:
    """Let tests set the time; `None` gives the clock back."""
    global _source
    _source = source
