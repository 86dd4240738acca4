"""Locks of the vote: PostgreSQL's advisory locks, which end with the transaction and leave no mark on any row.

SQLite needs none: `transaction()` begins IMMEDIATE there, so writers stand in line. A deed that needs several takes them
in this order, always, so that two deeds never wait for each other: the round's row (`moment_of`), the round
(`hold_round`), the log (`hold_log`). A batch needs the log's only, and never waits for a cast or keeps one waiting.
"""

from sqlalchemy import Integer, cast, func, select
from sqlalchemy.orm import Session

_ROUND, _LOG = 0x766F7465, 0x6C6F6773
"""Locks of rounds and logs have two small numbers and locks of slots one large, so the two kinds never meet."""


def of_cast(round_id: int, pseudonym: bytes) -> str:
    """What `transaction()` takes for a cast: the round beside other casts, and the slot for itself.

    A cast then waits while somebody holds the round, and one vote of a slot passes at a time: the tag is read and
    written under this lock.
    """
    return f"select pg_advisory_xact_lock_shared({_ROUND}, {round_id:d}); {_of_slot(pseudonym)}"


def hold_slot(session: Session, pseudonym: bytes) -> None:
    """Let one deed with a paper form pass at a time."""
    if _is_postgresql(session):
        session.connection().exec_driver_sql(_of_slot(pseudonym))


def hold_round(session: Session, round_id: int) -> None:
    """Wait for the casts that are under way and let no new one begin: sealing, amending, closing, opening."""
    _hold(session, _ROUND, round_id)


def hold_log(session: Session, round_id: int) -> None:
    """Let one deed at a time add to the round's public log; what the log holds is read after it."""
    _hold(session, _LOG, round_id)


def _hold(session: Session, kind: int, round_id: int) -> None:
    if _is_postgresql(session):
        session.execute(select(func.pg_advisory_xact_lock(cast(kind, Integer), cast(round_id, Integer))))


def _of_slot(pseudonym: bytes) -> str:
    return f"select pg_advisory_xact_lock({int.from_bytes(pseudonym[:8], 'big', signed=True):d})"


def _is_postgresql(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"
