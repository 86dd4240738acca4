"""The log as a book in which is only written at the end, and which is signed after each entry.

Before anything is added, the leaves are read whole and held against the last head: whoever changed a leaf in the tables
would have to sign anew, and the key is not in the tables.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from pb.base.refusals import Refused
from pb.voting import locks
from pb.voting.keys import RoundKeys, keys_of
from pb.voting.log.progress import Progress, silent
from pb.voting.models import LogHead, LogLeaf
from pb.voting.protocol import GrowingTree, encode_leaf, log_origin, manifest_leaf, note_leaf, sign_head, verify_head
from pb.voting.reads import log_heads, log_leaves
from pb.voting.values import Box, Leaf, LeafKind, LogRefusal, Note, SealedManifest

ROWS_AT_ONCE = 10_000
"""Rows handed to the database together."""


@dataclass(frozen=True, slots=True)
class Book:
    """A log that was read and found whole. `number` is that of the manifest it begins with, `signed` its last moment."""

    round_id: int
    number: int
    origin: str
    keys: RoundKeys
    leaves: tuple[Leaf, ...]
    tree: GrowingTree
    signed: datetime | None

    def ballots(self) -> set[bytes]:
        """The hashes of the ballots that stand in it."""
        return {leaf.body for leaf in self.leaves if leaf.kind is LeafKind.BALLOT}


def open_book(session: Session, round_id: int, sealed: SealedManifest) -> Book:
    """The log that begins with this manifest, for an entry; nobody else writes in it until the transaction ends.

    Raises `Refused` where this process does not hold the keys, and where the leaves are not those that were signed.
    """
    locks.hold_log(session, round_id)
    keys, origin = keys_of(sealed.manifest), log_origin(sealed.manifest.round, sealed.digest)
    heads = log_heads(round_id, sealed.number, session, newest=1)
    leaves = log_leaves(round_id, sealed.number, session)
    tree = GrowingTree().with_leaves(encode_leaf(leaf) for leaf in leaves)
    for head in (signed.head for signed in heads):
        if (head.size, head.root) == (tree.size, tree.root) and verify_head(keys.log_public, origin, head):
            return Book(round_id, sealed.number, origin, keys, leaves, tree, head.at)
    raise Refused(LogRefusal.BROKEN(), status=503)


def add_leaves(
    session: Session, book: Book, leaves: Sequence[Leaf], closes: datetime, now: datetime, progress: Progress = silent
) -> None:
    """Write the leaves at the end of the log and sign it; `closes` is the closing that holds.

    Raises `Refused` where the log has ended: nothing comes after its last leaf.
    """
    if book.leaves and book.leaves[-1].kind is LeafKind.CLOSED:
        raise Refused(LogRefusal.ENDED(), status=409)
    rows = [_row(book, position, leaf) for position, leaf in enumerate(leaves, start=book.tree.size)]
    for start in range(0, len(rows), ROWS_AT_ONCE):
        progress("write", start, len(rows))
        session.execute(insert(LogLeaf), rows[start : start + ROWS_AT_ONCE])
    tree = book.tree.with_leaves(encode_leaf(leaf) for leaf in leaves)
    moment = max(now, book.signed or now)  # a clock that was set back does not put a head before an earlier one
    head = sign_head(book.keys.log_key, book.origin, tree.size, tree.root, moment)
    session.add(
        LogHead(
            round_id=book.round_id,
            number=book.number,
            size=head.size,
            ballots=sum(leaf.kind is LeafKind.BALLOT for leaf in (*book.leaves, *leaves)),
            root=head.root,
            signature=head.signature,
            closes=closes,
            signed_at=head.at,
        )
    )
    session.flush()


def begin_log(session: Session, round_id: int, sealed: SealedManifest, content: bytes, now: datetime) -> None:
    """Begin the log of a manifest: its exact bytes are leaf 0. That of an earlier manifest stays as it was."""
    locks.hold_log(session, round_id)
    keys, origin = keys_of(sealed.manifest), log_origin(sealed.manifest.round, sealed.digest)
    book = Book(round_id, sealed.number, origin, keys, (), GrowingTree(), None)
    add_leaves(session, book, [manifest_leaf(content)], sealed.manifest.closes, now)


def add_note(session: Session, box: Box, sealed: SealedManifest, note: Note, now: datetime) -> None:
    """Write an administrative deed in the log, in the deed's own transaction; ballots that wait stay waiting."""
    book = open_book(session, box.round_id, sealed)
    add_leaves(session, book, [note_leaf(note)], box.closes, now)


def _row(book: Book, position: int, leaf: Leaf) -> dict[str, Any]:
    return {
        "round_id": book.round_id,
        "number": book.number,
        "position": position,
        "kind": leaf.kind,
        "body": leaf.body,
    }
