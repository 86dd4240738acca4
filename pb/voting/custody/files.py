"""The files of an escrow, pure: a piece is for one person and may lie anywhere, the note is for the round's record."""

import base64
import json
import re
from typing import Any

from pb.base.hashing import CROCKFORD
from pb.base.refusals import Refused
from pb.voting.custody.halves import HALVES, SIGNS
from pb.voting.custody.values import EscrowNote, EscrowRefusal, Piece
from pb.voting.keyfiles import KEPT_SECRET

PIECE_KIND, NOTE_KIND = "begroot-escrow-piece/1", "begroot-escrow-note/1"
_FINGERPRINT = re.compile(rf"[{CROCKFORD}]{{{SIGNS}}}")
_ID, _KEY = re.compile(r"[0-9a-f]{32}"), re.compile(r"[0-9a-f]{64}")


def piece_to_bytes(piece: Piece) -> bytes:
    """A piece as a file."""
    sealed = {name: base64.b64encode(content).decode() for name, content in sorted(piece.sealed.items())}
    about = {"deposit": piece.deposit, "sealing": piece.sealing, "half": piece.half, "holder": piece.holder}
    return _written({"kind": PIECE_KIND, **about, "sealed": sealed})


def piece_from_bytes(content: bytes) -> Piece:
    """The piece again. Raises `Refused` for a file that is something else."""
    plain = _read(content, PIECE_KIND)
    try:
        sealed = {name: base64.b64decode(plain["sealed"][name], validate=True) for name in _keys(plain["sealed"])}
        (holder,) = _fingerprints([plain["holder"]], 1)
        if plain["half"] not in HALVES:
            raise ValueError("a half is the first or the second")
        return Piece(_like(_ID, plain["deposit"]), _like(_KEY, plain["sealing"]), plain["half"], holder, sealed)
    except (KeyError, TypeError, ValueError) as error:
        raise Refused(EscrowRefusal.NOT_THIS_FILE()) from error


def note_to_bytes(note: EscrowNote) -> bytes:
    """The note as a file."""
    holders = {"first": list(note.first), "second": list(note.second)}
    about = {"deposit": note.deposit, "sealing": note.sealing, "keys": list(note.keys)}
    return _written({"kind": NOTE_KIND, **about, **holders})


def note_from_bytes(content: bytes) -> EscrowNote:
    """The note again. Raises `Refused` for a file that is something else."""
    plain = _read(content, NOTE_KIND)
    try:
        first, second = (_fingerprints(plain[half], 2) for half in ("first", "second"))
        if len({*first, *second}) != len(first) + len(second):
            raise ValueError("somebody has two places")
        about = _like(_ID, plain["deposit"]), _like(_KEY, plain["sealing"])
        return EscrowNote(*about, _keys(plain["keys"]), first, second)
    except (KeyError, TypeError, ValueError) as error:
        raise Refused(EscrowRefusal.NOT_THIS_FILE()) from error


def _keys(names: Any) -> tuple[str, ...]:
    """Names of files of a key directory, sorted and each once."""
    found = tuple(sorted(names))
    if not found or set(found) - set(KEPT_SECRET) or len(set(found)) < len(found):
        raise ValueError("names of other files")
    return found


def _fingerprints(holders: Any, number: int) -> tuple[str, ...]:
    found = tuple(_like(_FINGERPRINT, holder) for holder in holders)
    if len(found) != number:
        raise ValueError("a half has a keeper and a deputy")
    return found


def _like(form: re.Pattern[str], text: Any) -> str:
    if not isinstance(text, str) or not form.fullmatch(text):
        raise ValueError("text in another form")
    return text


def _written(plain: dict[str, Any]) -> bytes:
    return json.dumps(plain, indent=1).encode() + b"\n"


def _read(content: bytes, kind: str) -> dict[str, Any]:
    try:
        plain = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise Refused(EscrowRefusal.NOT_THIS_FILE()) from error
    if not isinstance(plain, dict) or plain.get("kind") != kind:
        raise Refused(EscrowRefusal.NOT_THIS_FILE())
    return plain
