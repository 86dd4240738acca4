"""The migrations make exactly the tables that the models describe, on both databases, and can be taken back."""

from pathlib import Path

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import inspect

import config
from pb import create_app
from pb.extensions import db
from tests import postgres


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Flask:
    """An application on a database without a single table."""
    if request.param == "postgresql":
        postgres.skip_without()
    url = f"sqlite:///{tmp_path / 'new.sqlite'}" if request.param == "sqlite" else postgres.fresh_database()
    return create_app(config.load({"PB_ENVIRONMENT": "test", "PB_INSTANCE": str(tmp_path), "PB_DATABASE_URL": url}))


def test_migrations_make_what_the_models_say(empty: Flask) -> None:
    with empty.app_context():
        flask_migrate.upgrade()
        with db.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, db.metadata) == []
        db.engine.dispose()


def test_migrations_can_be_taken_back(empty: Flask) -> None:
    with empty.app_context():
        flask_migrate.upgrade()
        flask_migrate.downgrade(revision="base")
        assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
        db.engine.dispose()
