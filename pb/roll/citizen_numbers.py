"""Recognising a column of citizen numbers (BSN), which has no place in a voters' file; pure."""

from collections.abc import Sequence

from pb.base.citizen_numbers import passes_eleven_test

NAMES = frozenset({"bsn", "burgerservicenummer", "sofinummer"})


def look_like_citizen_numbers(name: str, cells: Sequence[str]) -> bool:
    """Whether a column is called one, or at least half of its values are citizen numbers.

    Of other numbers of nine digits only one in eleven passes the test, so half of a column never does by chance.
    """
    if name.lower() in NAMES:
        return True
    written = [cell.strip() for cell in cells if cell.strip()]
    passing = sum(passes_eleven_test(cell) for cell in written)
    return bool(written) and passing * 2 >= len(written)
