"""Locks of the vote: PostgreSQL's advisory locks, which end with the transaction and leave no mark on any row.

SQLite needs none: `transaction()` begins IMMEDIATE there, so writers stand in line. A deed that needs several takes them
in this order, always, so that two deeds never wait for each other: the round's row (`moment_of`), the round
(`hold_round`), the log (`hold_log`). A batch needs the log's only, and never waits for a cast or keeps one waiting.
"""

from sqlalchemy import Integer, cast, func, select, text
from sqlalchemy.orm import Session

_ROUND, _LOG = 0x766F7465, 0x6C6F6773
"""Locks of rounds and logs have two small numbers and locks of slots one large, so the two kinds never meet."""


_SHARED = text(f"select pg_advisory_xact_lock_shared({_ROUND}, cast(:number as integer))")
_SLOT = text("select pg_advisory_xact_lock(cast(:number as bigint))")


def share_round(session: Session, round_id: int) -> None:
    """Cast beside others; wait while somebody holds the round."""
    if _is_postgresql(session):
        session.connection().execute(_SHARED, {"number": round_id})


def hold_round(session: Session, round_id: int) -> None:
    """Wait for the casts that are under way and let no new one begin: sealing, amending, closing, opening."""
    _hold(session, _ROUND, round_id)


def hold_log(session: Session, round_id: int) -> None:
    """Let one deed at a time add to the round's public log; what the log holds is read after it."""
    _hold(session, _LOG, round_id)


def _hold(session: Session, kind: int, round_id: int) -> None:
    if _is_postgresql(session):
        session.execute(select(func.pg_advisory_xact_lock(cast(kind, Integer), cast(round_id, Integer))))


def hold_slot(session: Session, pseudonym: bytes) -> None:
    """Let one vote of a slot pass at a time: the tag is read and written under this lock."""
    if _is_postgresql(session):
        session.connection().execute(_SLOT, {"number": int.from_bytes(pseudonym[:8], "big", signed=True)})


def _is_postgresql(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"
