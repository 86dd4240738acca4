"""Voting codes, pure: 15 random signs (75 bits) and a check sign, written as 4 × 4.

The signs are Crockford's base 32, so nobody has to tell O from 0 or I from 1. The check sign is Luhn's, modulo 32 and
doubling from the right: it finds every single wrong sign, and every swap of neighbours but one (0 with Z). A typing
error is thus known without asking the list of credentials.
"""

import secrets

from pb.base.hashing import CROCKFORD
from pb.base.refusals import Reason, Refused
from pb.roll.values import CodeRefusal

SIGNS = 16
GROUP = 4
_VALUE = {sign: value for value, sign in enumerate(CROCKFORD)}
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_BETWEEN = str.maketrans("", "", "-‐‑‒–—.·_/")
"""What people put between groups; spaces go with `split()`."""


def make_code() -> str:
    """A new code of 16 signs that nobody can guess."""
    # Five bits of each byte: every sign is as likely as any other.
    random = "".join(CROCKFORD[byte % 32] for byte in secrets.token_bytes(SIGNS - 1))
    return random + check_sign(random)


def check_sign(random: str) -> str:
    """The sign that makes a code of these first 15."""
    total = sum(_folded(_VALUE[sign], doubled=place % 2 == 0) for place, sign in enumerate(reversed(random)))
    return CROCKFORD[-total % 32]


def _folded(value: int, doubled: bool) -> int:
    """Luhn's digit sum in base 32: 2 × 20 = 40 is written 1·8, which makes 9."""
    return sum(divmod(value * 2, 32)) if doubled else value


def read_code(typed: str) -> str:
    """The 16 normal signs of a code as somebody typed it. Raises `Refused` (422, about `code`) for a typing error.

    Forgives small letters, spaces, hyphens, O for 0, and I or L for 1.

    >>> read_code("0123 4567-89ab cde" + check_sign("0123456789ABCDE"))[:12]
    '0123456789AB'
    """
    signs = "".join(typed.upper().split()).translate(_BETWEEN).translate(_READ_AS)
    reason = _wrong(signs)
    if reason is not None:
        raise Refused(reason)
    return signs


def _wrong(signs: str) -> Reason | None:
    if not signs:
        return CodeRefusal.MISSING(about="code")
    strange = next((sign for sign in signs if sign not in _VALUE), None)
    if strange is not None:
        return CodeRefusal.WRONG_SIGN(about="code", sign=strange)
    if len(signs) != SIGNS:
        return CodeRefusal.WRONG_LENGTH(about="code", signs=len(signs))
    return CodeRefusal.MISTYPED(about="code") if check_sign(signs[:-1]) != signs[-1] else None


def show_code(code: str) -> str:
    """A code for people: four groups of four.

    >>> show_code("0123456789ABCDEF")
    '0123 4567 89AB CDEF'
    """
    return " ".join(code[at : at + GROUP] for at in range(0, SIGNS, GROUP))
