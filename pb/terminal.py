"""What commands share: a bar of progress, refusals as lines of text, and words without a site."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from pb.base.refusals import Refused

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""


@contextmanager
def spoken_refusals() -> Iterator[None]:
    """Inside an application's context: a refusal ends the command, and each of its reasons is a line."""
    from flask_babel import force_locale

    from pb.words import say

    with force_locale("en"):
        try:
            yield
        except Refused as refused:
            raise click.ClickException("\n".join(say(reason) for reason in refused.reasons)) from refused


@contextmanager
def without_site() -> Iterator[None]:
    """Words for commands on a machine that has no site: no settings are read and no database is opened."""
    from flask import Flask

    from pb.words import Catalogues, compile_catalogues, init_app

    compile_catalogues()
    words_only = Flask("pb")
    init_app(words_only, Catalogues())
    with words_only.app_context(), spoken_refusals():
        yield


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A bar on a terminal, a line a part elsewhere; what it is told decides its length."""
    bar = _Bar()
    yield bar.show
    bar.close()


class _Bar:
    """One line that is written over while a part goes on."""

    def __init__(self) -> None:
        self.part = ""
        self.percent = -1
        self.live = sys.stderr.isatty()

    def show(self, part: str, done: int, total: int) -> None:
        """Draw the part's bar when its whole percentage changed."""
        percent = 100 * done // max(total, 1)
        if (part, percent) == (self.part, self.percent):
            return
        if part != self.part:
            self.close()
            if not self.live:
                click.echo(f"  {part}", err=True)
        self.part, self.percent = part, percent
        if self.live:
            filled = "█" * (percent // 5)
            click.echo(f"\r  {part:<34} {filled:<20} {percent:>3}%", err=True, nl=False)

    def close(self) -> None:
        """End the line of the part before."""
        if self.part and self.live:
            click.echo(err=True)


def write_new(path: Path, content: bytes) -> None:
    """Write a file that was not there and that only its owner can read; an existing one ends the command."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise click.ClickException(f"{path}: {error.strerror}.") from error
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
