"""The site inside a command."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from pb.terminal import spoken_refusals

if TYPE_CHECKING:
    from flask import Flask


@contextmanager
def with_site() -> Iterator["Flask"]:
    """The application inside its context; settings that do not hold and refusals become one clear line."""
    from config import SettingsError
    from pb import create_app
    from pb.words import compile_catalogues

    compile_catalogues()
    try:
        application = create_app()
    except SettingsError as error:
        raise click.ClickException(str(error)) from error
    with application.app_context(), spoken_refusals():
        yield application
