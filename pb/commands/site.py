"""The site inside a command."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from pb.terminal import spoken_refusals

if TYPE_CHECKING:
    from flask import Flask


@contextmanager
def with_site(tables: bool = True) -> Iterator["Flask"]:
    """The application inside its context; settings that do not hold and refusals become one clear line.

    So does a database that does not answer or has no tables, unless the command makes them (`tables=False`).
    """
    from config import SettingsError
    from pb import create_app
    from pb.words import compile_catalogues

    compile_catalogues()
    try:
        application = create_app()
    except SettingsError as error:
        raise click.ClickException(str(error)) from error
    with application.app_context(), spoken_refusals():
        if tables:
            _look_for_tables()
        yield application


def _look_for_tables() -> None:
    from sqlalchemy import inspect
    from sqlalchemy.exc import OperationalError

    from pb.extensions import db

    try:
        found = inspect(db.engine).has_table("round")
    except OperationalError as error:
        raise click.ClickException(f"The database does not answer: {error.orig}") from error
    if not found:
        raise click.ClickException("The database has no tables yet. Make them with: pb migrate")
