"""Insert a row or update the one that is there: one statement on both databases, and the row is locked after it."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Session


def insert_or_update(session: Session, model: type[DeclarativeBase], key: dict[str, Any], **values: Any) -> None:
    """Make the row of `model` under the unique `key` have `values`; without values it is only made and locked.

    Skips the ORM's identity map: read the row again after it.
    """
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    statement = dialect.insert(model).values(**key, **values)
    # Setting a key to itself changes nothing, but takes the lock that DO NOTHING would not.
    changed = values or {name: statement.excluded[name] for name in key}
    session.execute(statement.on_conflict_do_update(index_elements=list(key), set_=changed))
