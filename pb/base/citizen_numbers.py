"""Recognising a citizen number (BSN) in what people write."""

_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def passes_eleven_test(written: str) -> bool:
    """Whether this is a possible citizen number; dots and spaces between the digits do not hide it.

    Of other numbers of nine digits one in eleven passes too.

    >>> passes_eleven_test("111222333"), passes_eleven_test("111222334")
    (True, False)
    """
    digits = written.replace(".", "").replace(" ", "")
    if len(digits) not in (8, 9) or not (digits.isascii() and digits.isdecimal()) or not digits.strip("0"):
        return False
    return sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits.zfill(9), strict=True)) % 11 == 0
