"""Recognising a column of citizen numbers (BSN), which has no place in a voters' file; pure."""

from collections.abc import Sequence

NAMES = frozenset({"bsn", "burgerservicenummer", "sofinummer"})
WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def look_like_citizen_numbers(name: str, cells: Sequence[str]) -> bool:
    """Whether a column is called one, or at least half of its values are citizen numbers.

    Of other numbers of nine digits only one in eleven passes the test, so half of a column never does by chance.
    """
    if name.lower() in NAMES:
        return True
    written = [cell.strip() for cell in cells if cell.strip()]
    passing = sum(passes_eleven_test(cell) for cell in written)
    return bool(written) and passing * 2 >= len(written)


def passes_eleven_test(written: str) -> bool:
    """Whether this is a possible citizen number; dots and spaces between the digits do not hide it.

    >>> passes_eleven_test("111222333"), passes_eleven_test("111222334")
    (True, False)
    """
    digits = written.replace(".", "").replace(" ", "")
    if len(digits) not in (8, 9) or not (digits.isascii() and digits.isdecimal()) or not digits.strip("0"):
        return False
    return sum(weight * int(digit) for weight, digit in zip(WEIGHTS, digits.zfill(9), strict=True)) % 11 == 0
