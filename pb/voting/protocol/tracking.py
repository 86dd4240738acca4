"""Tracking codes as people type them, and where the ballot hashes that begin so lie; pure."""

from pb.base.hashing import CROCKFORD, TRACKING_SIGNS

_AS_MEANT = str.maketrans("OIL", "011")
_SIGN_BITS, _HASH_BITS = 5, 256


def read_tracking(typed: str) -> str | None:
    """The 20 signs, forgiving of case, spaces, hyphens, and of O, I and L; `None` for what is no tracking code."""
    signs = "".join(typed.split()).replace("-", "").upper().translate(_AS_MEANT)
    return signs if len(signs) == TRACKING_SIGNS and set(signs) <= set(CROCKFORD) else None


def tracking_range(tracking: str) -> tuple[bytes, bytes]:
    """The first and the last hash that have this tracking code."""
    first, rest = 0, _HASH_BITS - _SIGN_BITS * TRACKING_SIGNS
    for sign in tracking:
        first = first << _SIGN_BITS | CROCKFORD.index(sign)
    low, high = first << rest, ((first + 1) << rest) - 1
    return low.to_bytes(_HASH_BITS // 8, "big"), high.to_bytes(_HASH_BITS // 8, "big")
