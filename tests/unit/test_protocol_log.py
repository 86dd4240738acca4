"""Leaves, heads and growing trees: what is taken and what is not."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb.base.hashing import tree_root
from pb.voting.protocol import (
    GrowingTree,
    ballot_leaf,
    encode_leaf,
    manifest_leaf,
    moment_text,
    note_leaf,
    read_moment,
    read_note,
    sign_head,
    verify_head,
)
from pb.voting.values import (
    Activation,
    Addition,
    Closed,
    Extension,
    Head,
    Leaf,
    LeafKind,
    LotDrawn,
    Note,
    Revocation,
    Withdrawal,
)
from tests.bundles import LOG_KEY, LOG_PUBLIC

AT = datetime(2020, 6, 28, 22, tzinfo=UTC)
NOTES: list[Note] = [
    Extension(AT, AT, AT + timedelta(days=1), 'Storing – "één" dag\nlanger'),
    Withdrawal(AT, "bank", "te duur"),
    Activation(AT, b"h" * 32),
    Activation(AT, b"h" * 32, "2406 en verder"),
    Revocation(AT, b"o" * 32, b"n" * 32),
    Revocation(AT, b"o" * 32),
    Addition(AT, "2405", 3, ""),
    LotDrawn(AT, ("bank", "kas"), "met ballen"),
    Closed(AT, 3, 4, 3, 0, b"s" * 32, 1, "verklaring"),
]


@pytest.mark.parametrize("note", NOTES, ids=lambda note: type(note).__name__)
def test_a_note_comes_back_from_its_leaf(note: Note) -> None:
    assert read_note(note_leaf(note)) == note


def test_every_kind_of_note_is_tried() -> None:
    assert {note_leaf(note).kind for note in NOTES} == set(LeafKind) - {LeafKind.MANIFEST, LeafKind.BALLOT}


@pytest.mark.parametrize("other", [leaf for note in NOTES if (leaf := note_leaf(note))] + [manifest_leaf(b"x" * 32)])
def test_no_other_leaf_is_a_ballot(other: Leaf) -> None:
    assert encode_leaf(other)[:10] != encode_leaf(ballot_leaf(b"x" * 32))[:10]


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("activation", b"{}"),
        ("activation", b"[]"),
        ("activation", b"null"),
        ("activation", b"{"),
        ("activation", b'{"area":"2405","at":"2020-06-28T22:00:00Z","h":"HH"}'),
        ("activation", b'{"area":1,"at":"2020-06-28T22:00:00Z","h":""}'),
        ("activation", b'{"area":"2405","at":5,"h":""}'),
        ("activation", b'{"area":"2405","at":"2020-06-28","h":""}'),
        ("activation", b'{"area":"2405","at":"2020-6-28T22:00:00Z","h":""}'),
        ("activation", b'{"at":"2020-06-28T22:00:00Z","area":"2405","h":""}'),
        ("activation", b'{"area":"2405","at":"2020-06-28T22:00:00Z","h":"","more":1}'),
        ("activation", b'{"area": "2405","at":"2020-06-28T22:00:00Z","h":""}'),
        ("activation", b'{"area":"2405","at":"2020-06-28T22:00:00Z","h":"AB"}'),
        ("addition", b'{"area":"2405","at":"2020-06-28T22:00:00Z","people":true,"reason":""}'),
        ("addition", b'{"area":"2405","at":"2020-06-28T22:00:00Z","people":1.0,"reason":""}'),
        ("lot", b'{"at":"2020-06-28T22:00:00Z","how":"","order":"bank"}'),
        ("lot", b'{"at":"2020-06-28T22:00:00Z","how":"","order":[1]}'),
        ("ballot", b"x" * 32),
        ("manifest", b"{}"),
    ],
)
def test_a_note_in_another_form_is_refused(kind: str, body: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_note(Leaf(LeafKind(kind), body))


def test_moments_are_whole_seconds_in_utc() -> None:
    odd = datetime(2020, 6, 29, 0, 0, 1, 999_999, tzinfo=UTC)
    assert moment_text(odd) == "2020-06-29T00:00:01Z" and read_moment(moment_text(odd)) == odd.replace(microsecond=0)


@given(st.lists(st.binary(max_size=3), max_size=40), st.integers(0, 40))
def test_a_tree_grows_in_any_steps(leaves: list[bytes], at: int) -> None:
    grown = GrowingTree().with_leaves(leaves[:at]).with_leaves(leaves[at:])
    assert grown.size == len(leaves) and grown.root == tree_root(leaves)
    assert len(grown.branches) == grown.size.bit_count()


@pytest.mark.parametrize(
    "change",
    [
        {"size": 6},
        {"root": b"r" * 32},
        {"at": AT + timedelta(seconds=1)},
        {"signature": bytes(64)},
        {"signature": b""},
    ],
)
def test_a_head_is_signed_as_a_whole(change: dict[str, object]) -> None:
    head = sign_head(LOG_KEY, "begroot/x", 5, b"x" * 32, AT)
    other = Head(**({"size": 5, "root": b"x" * 32, "at": AT, "signature": head.signature} | change))  # type: ignore[arg-type]
    assert verify_head(LOG_PUBLIC, "begroot/x", head)
    assert not verify_head(LOG_PUBLIC, "begroot/x", other) and not verify_head(LOG_PUBLIC, "begroot/y", head)
