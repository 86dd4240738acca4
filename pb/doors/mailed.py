"""A mailed link and code that confirm an address for one vote; pure but for the seal, and kept in no table."""

import hmac
import secrets
from dataclasses import dataclass

from pb.base.hashing import CROCKFORD
from pb.doors.cookies import sealed

SIGNS = 8
"""A code of 40 random bits: typed within a quarter of an hour, with growing waits after mistakes, nobody guesses it."""
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_LINK = "e-mail-link"


@dataclass(frozen=True, slots=True)
class Mailed:
    """A mail under way: to which address, in which round, with which code. It waits on the device that asked for it."""

    round: str
    address: str
    code: str

    def fits(self, written: str) -> bool:
        """Whether this is the code, however it is typed."""
        signs = "".join(sign for sign in written.upper() if sign.isalnum()).translate(_READ_AS)
        return hmac.compare_digest(signs.encode(), self.code.encode())


def new_code() -> str:
    """A code for people to type."""
    return "".join(secrets.choice(CROCKFORD) for _ in range(SIGNS))


def link_of(round_: str, address: str) -> str:
    """The secret part of a mailed link. It works in any browser, since many mail programs open one of their own."""
    return sealed(_LINK).seal([round_, address])


def address_of(token: str, round_: str) -> str | None:
    """The address that a link confirms in this round; `None` for one of another round, a broken or an old one."""
    found = sealed(_LINK).open(token)
    return found[1] if found and found[0] == round_ else None
