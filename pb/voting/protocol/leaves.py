"""The leaves of the public log, pure and byte-exact: the fields (kind, body), and the body of each kind.

A ballot's body is its hash, the manifest's are its bytes, a note's is one line of JSON with sorted keys, in which bytes
are hex and moments whole seconds in UTC.
"""

import json
from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any, get_type_hints

from pb.base.hashing import join_fields
from pb.voting.values.log import (
    Activation,
    Addition,
    Closed,
    Extension,
    Leaf,
    LeafKind,
    LotDrawn,
    Note,
    Revocation,
    Withdrawal,
)
from pb.voting.values.vote import Choices

_NOTES: dict[LeafKind, type[Note]] = {
    LeafKind.EXTENSION: Extension,
    LeafKind.WITHDRAWAL: Withdrawal,
    LeafKind.ACTIVATION: Activation,
    LeafKind.REVOCATION: Revocation,
    LeafKind.ADDITION: Addition,
    LeafKind.LOT: LotDrawn,
    LeafKind.CLOSED: Closed,
}
_KINDS = {note: kind for kind, note in _NOTES.items()}


def manifest_leaf(content: bytes) -> Leaf:
    """Leaf 0: the exact bytes of the sealed manifest."""
    return Leaf(LeafKind.MANIFEST, content)


def ballot_leaf(commitment: bytes) -> Leaf:
    """The leaf of a ballot: its hash `C`."""
    return Leaf(LeafKind.BALLOT, commitment)


def note_leaf(note: Note) -> Leaf:
    """The leaf of an administrative deed."""
    plain = {field.name: _plain(getattr(note, field.name)) for field in fields(note)}
    return Leaf(_KINDS[type(note)], canonical_json(plain))


def read_note(leaf: Leaf) -> Note:
    """The administrative deed in a leaf. Raises `ValueError` for another leaf, and for JSON in another form."""
    kind = _NOTES.get(leaf.kind)
    plain = json.loads(leaf.body)
    if kind is None or not isinstance(plain, dict) or set(plain) != {field.name for field in fields(kind)}:
        raise ValueError(f"no administrative leaf: {leaf.kind}")
    note = kind(**{name: _read(plain[name], hint) for name, hint in get_type_hints(kind).items()})
    if note_leaf(note) != leaf:
        raise ValueError("the leaf is not in its one form")
    return note


def encode_leaf(leaf: Leaf) -> bytes:
    """The bytes of a leaf, which the tree hashes."""
    return join_fields(leaf.kind, leaf.body)


def canonical_json(plain: Any) -> bytes:
    """JSON in its one form: sorted keys, no spaces, UTF-8 as it is, no line's end."""
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def moment_text(moment: datetime) -> str:
    """A moment in whole seconds: `2020-06-28T21:59:59Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read_moment(text: str) -> datetime:
    """The moment again. Raises `ValueError` for another form."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return moment_text(value)
    return value.hex() if isinstance(value, bytes) else value


_FROM_TEXT: dict[Any, Callable[[str], Any]] = {str: str, bytes: bytes.fromhex, datetime: read_moment}


def _read(value: Any, hint: Any) -> Any:
    """A value of the JSON as the note holds it; `ValueError` for another type."""
    if isinstance(value, str) and hint in _FROM_TEXT:
        return _FROM_TEXT[hint](value)
    if type(value) is int and hint is int:
        return value
    if isinstance(value, list) and hint == Choices and all(isinstance(one, str) for one in value):
        return tuple(value)
    raise ValueError("a value of another type")
