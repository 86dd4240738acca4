"""Escrow of a round's keys, pure: two halves of every secret, each sealed to one keeper and a deputy."""

from pb.voting.custody.files import note_from_bytes, note_to_bytes, piece_from_bytes, piece_to_bytes
from pb.voting.custody.halves import PLACES, SIGNS, Deposit, fingerprint, join, split

__all__ = [
    "PLACES",
    "SIGNS",
    "Deposit",
    "fingerprint",
    "join",
    "note_from_bytes",
    "note_to_bytes",
    "piece_from_bytes",
    "piece_to_bytes",
    "split",
]
