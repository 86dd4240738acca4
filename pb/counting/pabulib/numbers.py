"""Numbers as they stand in a file: whole ones, and amounts of money with at most two decimals."""

import re

from pb.base.cents import Cents
from pb.counting.pabulib.refusals import FileRefusal
from pb.counting.pabulib.rows import Row

_WHOLE = re.compile(r"(-?[0-9]{1,9})(?:\.0+)?", re.ASCII)
_AMOUNT = re.compile(r"(?P<whole>[0-9]{1,13})(?:\.(?P<part>[0-9]{1,2})0*)?", re.ASCII)
"""So many digits that every sum of a million amounts stays exact in any language that reads our ledgers."""


def number_in(row: Row, field: int, written: str | None = None) -> int:
    """The whole number in a field, or in `written`, a part of it. Raises `Refused`."""
    bare = (row.fields[field] if written is None else written).strip()
    match = _WHOLE.fullmatch(bare)
    if match is None:
        raise row.wrong(FileRefusal.NOT_A_NUMBER, field, name=bare[:40])
    return int(match[1])


def amount_in(row: Row, field: int) -> Cents:
    """The amount in a field, in cents; it is more than nothing. Raises `Refused`."""
    return _amount(row, field, row.fields[field])


def amounts_in(row: Row, field: int) -> list[Cents]:
    """The amounts of a list in a field."""
    return [_amount(row, field, written) for written in row.fields[field].split(",")]


def _amount(row: Row, field: int, written: str) -> Cents:
    cents = cents_of(written)
    if cents is None:
        raise row.wrong(FileRefusal.NOT_AN_AMOUNT, field, name=written[:40])
    return cents


def cents_of(written: str) -> Cents | None:
    """A written amount in cents, or `None` where it is not one or not more than nothing."""
    match = _AMOUNT.fullmatch(written.strip())
    if match is None:
        return None
    return int(match["whole"]) * 100 + int((match["part"] or "0").ljust(2, "0")) or None
