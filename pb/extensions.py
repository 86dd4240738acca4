"""The extensions, made once and bound to an application in `create_app()`."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from flask import current_app
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy import DateTime, Dialect, Engine, MetaData, event
from sqlalchemy.engine import Connection
from sqlalchemy.orm import DeclarativeBase, registry
from sqlalchemy.types import TypeDecorator

from pb.words import Catalogues


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC: aware in Python on both databases; a naive moment is a mistake and refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Every table, with named constraints, so that migrations can speak of them on both databases."""

    registry = registry(
        type_annotation_map={datetime: UtcDateTime},
        metadata=MetaData(
            naming_convention={
                "ix": "ix_%(column_0_N_label)s",
                "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
    )


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})
if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model
migrate = Migrate()
login = LoginManager()
csrf = CSRFProtect()
babel = Catalogues()
limiter = Limiter(get_remote_address)


@limiter.request_filter
def _limits_are_off() -> bool:
    """Each application's own setting: the extension keeps only that of the application that was made last."""
    return not current_app.config["RATELIMIT_ENABLED"]


@event.listens_for(Engine, "connect")
def _set_up_sqlite(connection: Any, _record: Any) -> None:
    """Durable, strict SQLite whose BEGIN is ours to send."""
    if not type(connection).__module__.startswith("sqlite3"):
        return
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=15000", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "connect")
def _set_up_postgresql(connection: Any, _record: Any) -> None:
    """Reads stand alone, as each would see its own moment anyway, and cost no BEGIN and no COMMIT.

    Nobody waits longer for a lock than on SQLite: a clear "not saved" instead of a page that hangs.
    """
    if type(connection).__module__.startswith("psycopg"):
        connection.autocommit = True
        connection.execute("SET lock_timeout = '15s'")


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    """`transaction()` asks for IMMEDIATE: on SQLite writers then queue instead of failing midway."""
    options = connection.get_execution_options()
    kind, locks = options.get("pb_begin", ""), options.get("pb_locks", "")
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"BEGIN {kind}")
    elif kind:
        connection.exec_driver_sql(f"BEGIN; {locks}" if locks else "BEGIN")
