"""Two halves of every secret, pure: each is random alone, and together, by XOR, they are the secret."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from pb.base.hashing import base32_signs, join_fields, split_fields, tagged_hash
from pb.base.refusals import Refused
from pb.voting.custody.values import EscrowNote, EscrowRefusal, Piece

HALVES = (1, 2)
PLACES = ((1, "keeper"), (1, "deputy"), (2, "keeper"), (2, "deputy"))
"""Who holds what: each half has a keeper and a deputy."""
SIGNS = 20

Share = tuple[bytes, bytes]
"""Half of a secret, and the check value of the whole."""


@dataclass(frozen=True, slots=True)
class Deposit:
    """Everything that an escrow makes: four pieces in the order of `PLACES`, and the note for the round's record."""

    pieces: tuple[Piece, ...]
    note: EscrowNote


def fingerprint(public: bytes) -> str:
    """By which people know a keeper's public half: 20 signs that one can read to another."""
    return base32_signs(tagged_hash("keeper", public), SIGNS)


def fingerprint_of(private: bytes) -> str:
    """The same, of a private half."""
    return fingerprint(bytes(PrivateKey(private).public_key))


def split(keys: Mapping[str, bytes], sealing: bytes, keepers: Sequence[bytes]) -> Deposit:
    """The secrets by name in halves, each sealed to two of the four public halves, in the order of `PLACES`.

    Raises `Refused` where somebody would have two places, and where there is nothing to keep.
    """
    if len(set(keepers)) != len(PLACES):
        raise Refused(EscrowRefusal.SAME_KEEPER())
    if not keys:
        raise Refused(EscrowRefusal.NOTHING_TO_KEEP())
    deposit, masks = secrets.token_hex(16), {name: secrets.token_bytes(len(key)) for name, key in keys.items()}
    shares = {1: masks, 2: {name: _xor(key, masks[name]) for name, key in keys.items()}}
    pieces = tuple(
        _piece(keys, shares[half], public, deposit, sealing.hex(), half)
        for (half, _), public in zip(PLACES, keepers, strict=True)
    )
    holders = tuple(piece.holder for piece in pieces)
    return Deposit(pieces, EscrowNote(deposit, sealing.hex(), tuple(sorted(keys)), holders[:2], holders[2:]))


def _piece(
    keys: Mapping[str, bytes], shares: Mapping[str, bytes], public: bytes, deposit: str, sealing: str, half: int
) -> Piece:
    box = SealedBox(PublicKey(public))
    sealed = {
        name: bytes(box.encrypt(join_fields("escrow", deposit, str(half), name, share, _check(name, keys[name]))))
        for name, share in shares.items()
    }
    return Piece(deposit, sealing, half, fingerprint(public), sealed)


def join(pieces: Sequence[Piece], privates: Sequence[bytes]) -> dict[str, bytes]:
    """The secrets again, from one piece of each half and the private halves of those who hold them.

    Raises `Refused` for pieces that do not belong together, when a holder's key is missing, or something was changed.
    """
    if sorted(piece.half for piece in pieces) != list(HALVES):
        raise Refused(EscrowRefusal.NOT_TWO_HALVES())
    if len({(piece.deposit, piece.sealing, frozenset(piece.sealed)) for piece in pieces}) != 1:
        raise Refused(EscrowRefusal.OTHER_DEPOSIT())
    held = {fingerprint_of(private): private for private in privates}
    first, second = (_shares(piece, held) for piece in pieces)
    return {name: _whole(name, first[name], second[name]) for name in first}


def _shares(piece: Piece, held: Mapping[str, bytes]) -> dict[str, Share]:
    private = held.get(piece.holder)
    if private is None:
        raise Refused(EscrowRefusal.KEY_MISSING(holder=piece.holder))
    return {name: _share(private, piece, name, sealed) for name, sealed in piece.sealed.items()}


def _share(private: bytes, piece: Piece, name: str, sealed: bytes) -> Share:
    try:
        *about, share, check = split_fields(SealedBox(PrivateKey(private)).decrypt(sealed), 6)
    except (CryptoError, ValueError) as error:
        raise Refused(EscrowRefusal.BROKEN()) from error
    if about != [field.encode() for field in ("escrow", piece.deposit, str(piece.half), name)]:
        raise Refused(EscrowRefusal.BROKEN())
    return share, check


def _whole(name: str, first: Share, second: Share) -> bytes:
    key = _xor(first[0], second[0])
    if not first[1] == second[1] == _check(name, key):
        raise Refused(EscrowRefusal.BROKEN())
    return key


def _check(name: str, key: bytes) -> bytes:
    return tagged_hash("escrow", name, key)


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
