"""Numbers as they stand in a file: whole ones, and amounts of money with at most two decimals."""

import re

from pb.base.money import Cents
from pb.counting.pabulib.refusals import FileRefusal
from pb.counting.pabulib.rows import Row

_WHOLE = re.compile(r"-?[0-9]{1,15}", re.ASCII)
_AMOUNT = re.compile(r"(?P<whole>[0-9]{1,13})(?:\.(?P<part>[0-9]{1,2})0*)?", re.ASCII)
"""So many digits that every sum of a million amounts stays exact in any language that reads our ledgers."""


def number_in(row: Row, field: int, written: str | None = None) -> int:
    """The whole number in a field, or in `written`, a part of it. Raises `Refused`."""
    bare = (row.fields[field] if written is None else written).strip()
    if not _WHOLE.fullmatch(bare):
        raise row.wrong(FileRefusal.NOT_A_NUMBER, field, name=bare[:40])
    return int(bare)


def amount_in(row: Row, field: int) -> Cents:
    """The amount in a field, in cents; it is more than nothing. Raises `Refused`."""
    match = _AMOUNT.fullmatch(row.fields[field].strip())
    cents = int(match["whole"]) * 100 + int((match["part"] or "0").ljust(2, "0")) if match else 0
    if cents <= 0:
        raise row.wrong(FileRefusal.NOT_AN_AMOUNT, field, name=row.fields[field][:40])
    return cents
