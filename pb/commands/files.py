"""Files that commands read, and how a refusal ends a command: 2 for bad input, 3 when a lot is needed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from pb.base.refusals import Refused
from pb.commands.speech import Speech
from pb.counting.pabulib import PabulibFile, read_pabulib
from pb.counting.pabulib.rows import LARGEST
from pb.counting.refusals import CountRefusal


class BadInput(click.ClickException):
    """The command ends with a sentence: what it was given cannot be counted."""

    exit_code = 2


class NeedsLot(click.ClickException):
    """The command ends with a sentence: a lot must be drawn first."""

    exit_code = 3


@contextmanager
def refusals_end() -> Iterator[None]:
    """Inside, a refusal ends the command with its sentences."""
    try:
        yield
    except Refused as refused:
        needs_lot = refused.reasons[0].refusal is CountRefusal.TIE_NEEDS_LOT
        sentences = "\n".join(Speech().reason(reason) for reason in refused.reasons)
        raise (NeedsLot if needs_lot else BadInput)(sentences) from refused


def election_file(path: Path) -> PabulibFile:
    """The Pabulib file at a path; no more of it is read than a file may be long."""
    with path.open("rb") as source:
        return read_pabulib(source.read(LARGEST + 1))


def lot_file(path: Path | None) -> tuple[str, ...]:
    """The lot at a path, one plan id a line; empty without one. Raises `Refused` for what is no such list."""
    if path is None:
        return ()
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise Refused(CountRefusal.LOT_INCOMPLETE()) from error
    lot = tuple(line.strip() for line in lines if line.strip())
    if not lot:
        raise Refused(CountRefusal.LOT_INCOMPLETE())
    return lot
