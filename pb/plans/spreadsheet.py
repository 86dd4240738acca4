"""The plans of a round as a file for a spreadsheet: pure. Nothing that somebody wrote runs as a formula there."""

import csv
import io
from collections.abc import Iterable, Sequence

from pb.base.money import Cents

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
BYTE_ORDER_MARK = "\ufeff"
"""By this a spreadsheet program knows that accents are UTF-8."""


def as_file(head: Sequence[str], rows: Iterable[Sequence[str | int]]) -> bytes:
    """Columns between semicolons, as programs with Dutch settings read them."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([quoted(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return (BYTE_ORDER_MARK + written.getvalue()).encode()


def quoted(cell: str) -> str:
    """A cell that is shown as it was written, and never calculated.

    >>> quoted("=HYPERLINK(0)"), quoted("Een bank")
    ("'=HYPERLINK(0)", 'Een bank')
    """
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA_SIGNS) else cell


def plain_amount(cents: Cents) -> str:
    """An amount that a spreadsheet with Dutch settings calculates with: `4200,50`."""
    return f"{cents // 100},{cents % 100:02d}"
