"""How Alembic reaches the application's database and tables; run through `pb migrate`, inside the application's context."""

from typing import Any

from alembic import context
from flask import current_app

from pb.extensions import UtcDateTime

migrate = current_app.extensions["migrate"]


def render_item(kind: str, item: Any, _context: Any) -> str | bool:
    """A migration stands alone: our type for moments is written as the column that it makes."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcDateTime) else False


def run() -> None:
    """Apply the migrations on one connection, each in a transaction of its own.

    SQLite cannot alter a table in place; Flask-Migrate's `render_as_batch` writes such changes as a copy.
    """
    with migrate.db.engine.connect().execution_options(pb_begin="IMMEDIATE") as connection:
        context.configure(
            connection=connection,
            target_metadata=migrate.db.metadata,
            transaction_per_migration=True,
            render_item=render_item,
            **migrate.configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()


if context.is_offline_mode():
    raise SystemExit("Migrations run on a database; offline scripts are not made.")
run()
