"""The hashes of the protocol, byte for byte."""

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb.base.hashing import (
    base32_signs,
    credential_of,
    join_fields,
    leaf_hash,
    node_hash,
    split_fields,
    tagged_hash,
    tagged_hmac,
    token_of,
    tracking_code,
    tree_root,
)

LEAVES = [bytes.fromhex(leaf) for leaf in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657")] + [
    bytes(range(0x60, 0x70))
]


def test_fields_carry_their_length() -> None:
    assert join_fields("ab", b"\xff") == b"\0\0\0\2ab\0\0\0\1\xff"
    assert join_fields("é") == b"\0\0\0\2\xc3\xa9"


def test_a_hash_is_over_tag_and_fields() -> None:
    assert tagged_hash("seed", "r", b"s") == hashlib.sha256(b"\0\0\0\4seed\0\0\0\1r\0\0\0\1s").digest()
    assert tagged_hmac(b"k" * 32, "spent", b"s") == hmac.digest(b"k" * 32, b"\0\0\0\5spent\0\0\0\1s", "sha256")


def test_token_and_credential_of_a_code() -> None:
    token = hashlib.sha256(join_fields("token", "ab" * 16, "0123456789ABCDEF")).digest()
    assert token_of("ab" * 16, "0123456789ABCDEF") == token
    assert credential_of(token) == hashlib.sha256(b"\0\0\0\x0acredential\0\0\0\x20" + token).digest()


@given(st.lists(st.binary(max_size=40), max_size=6), st.integers(0, 9))
def test_fields_come_back_whatever_the_padding(fields: list[bytes], padding: int) -> None:
    assert split_fields(join_fields(*fields) + bytes(padding), len(fields)) == tuple(fields)


@given(st.lists(st.binary(max_size=9), max_size=4), st.lists(st.binary(max_size=9), max_size=4))
def test_different_fields_are_different_bytes(one: list[bytes], other: list[bytes]) -> None:
    assert (join_fields(*one) == join_fields(*other)) == (one == other)


@pytest.mark.parametrize("joined", [b"", b"\0\0\0", b"\0\0\0\5abcd", b"\0\0\0\1ab"])
def test_what_is_cut_off_or_continued_is_refused(joined: bytes) -> None:
    with pytest.raises(ValueError, match="field"):
        split_fields(joined, 1)


def test_signs_are_five_bits_each() -> None:
    assert base32_signs(bytes(range(32)), 20) == "000G40R40M30E209185G"
    assert tracking_code(b"\xff" * 32) == "Z" * 20


@pytest.mark.parametrize(("size", "begin"), [(1, "6e340b9c"), (2, "fac54203"), (3, "aeb6bcfe"), (8, "5dc9da79")])
def test_known_roots(size: int, begin: str) -> None:
    assert tree_root(LEAVES[:size]).hex().startswith(begin)


def _recursive(leaves: list[bytes]) -> bytes:
    """The root as the RFC words it: the left branch is the largest power of two that is less than the whole."""
    if len(leaves) < 2:
        return leaf_hash(leaves[0]) if leaves else hashlib.sha256(b"").digest()
    left = 1 << (len(leaves) - 1).bit_length() - 1
    return node_hash(_recursive(leaves[:left]), _recursive(leaves[left:]))


@given(st.lists(st.binary(max_size=4), max_size=40))
def test_the_root_is_that_of_the_recursive_definition(leaves: list[bytes]) -> None:
    assert tree_root(leaves) == _recursive(leaves)
