"""Hashes of the protocol, pure: every input is a list of fields, each with its length in front, and a tag comes first.

A field is bytes, or text that is taken as UTF-8. Its length is a 4-byte big-endian number, so no two lists of fields
give the same bytes. The tag names the purpose, so a hash made for one purpose never stands for another.
"""

import hashlib
import hmac
from collections.abc import Iterable, Sequence

Field = bytes | str

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Base 32 without I, L, O and U, which people read as 1, 1, 0 and V."""

TRACKING_SIGNS = 20
"""A tracking code is the first 100 bits of a ballot's hash: too many to meet by chance, few enough to write down."""


def join_fields(*fields: Field) -> bytes:
    """The fields one after another, each behind its length.

    >>> join_fields("ab", b"")
    b'\\x00\\x00\\x00\\x02ab\\x00\\x00\\x00\\x00'
    """
    raw = (field.encode() if isinstance(field, str) else field for field in fields)
    return b"".join(len(field).to_bytes(4, "big") + field for field in raw)


def split_fields(joined: bytes, count: int) -> tuple[bytes, ...]:
    """The first `count` fields again; what follows them must be zero bytes, which are padding. Raises `ValueError`."""
    fields, at = [], 0
    for _ in range(count):
        start, size = at + 4, int.from_bytes(joined[at : at + 4], "big")
        at = start + size
        if at > len(joined) or start > len(joined):
            raise ValueError("a field is longer than what is left")
        fields.append(joined[start:at])
    if any(joined[at:]):
        raise ValueError("something other than padding follows the fields")
    return tuple(fields)


def tagged_hash(tag: str, *fields: Field) -> bytes:
    """`H(tag, …)` of the protocol: SHA-256 over the tag and the fields; 32 bytes."""
    return hashlib.sha256(join_fields(tag, *fields)).digest()


def tagged_hmac(key: bytes, tag: str, *fields: Field) -> bytes:
    """`HMAC(key, tag | …)` of the protocol: HMAC-SHA256 over the tag and the fields; 32 bytes."""
    return hmac.digest(key, join_fields(tag, *fields), "sha256")


def token_of(round_: str, code: str) -> bytes:
    """`t`, the token of a voting code in a round: `code` is its 16 normal signs, `round_` the round's public id."""
    return tagged_hash("token", round_, code)


def credential_of(token: bytes) -> bytes:
    """`h`, the public credential of a token: what the roll holds, from which nobody finds the code."""
    return tagged_hash("credential", token)


def base32_signs(data: bytes, count: int) -> str:
    """The first `count` signs of Crockford's base 32, five bits each, highest bit first.

    >>> base32_signs(bytes([0xFF, 0x00, 0xFF]), 4)
    'ZW0F'
    """
    bits = len(data) * 8
    number = int.from_bytes(data, "big")
    return "".join(CROCKFORD[number >> (bits - 5 * place) & 31] for place in range(1, count + 1))


def tracking_code(commitment: bytes) -> str:
    """The 20 signs by which a voter finds a ballot again, as they are kept: without spaces."""
    return base32_signs(commitment, TRACKING_SIGNS)


def leaf_hash(leaf: bytes) -> bytes:
    """The hash of one leaf of a tree, as RFC 6962 prescribes."""
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two branches of a tree, as RFC 6962 prescribes."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def tree_root(leaves: Iterable[bytes]) -> bytes:
    """The root over the leaves in their order, as RFC 6962 prescribes; over none it is the hash of nothing."""
    level: Sequence[bytes] = [leaf_hash(leaf) for leaf in leaves]
    if not level:
        return hashlib.sha256(b"").digest()
    while len(level) > 1:
        # A branch without a partner rises as it is: pairs from the left make the same tree as the RFC's recursion.
        pairs = [node_hash(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
        level = pairs + list(level[len(pairs) * 2 :])
    return level[0]
