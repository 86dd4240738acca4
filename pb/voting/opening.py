"""The two piles on their way out and back, pure: what the key's machine gets, opens and returns.

A file is one JSON object. The sealed piles are shuffled apart and carry no pseudonym; the opened ones are sorted.
"""

import base64
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pb.base.hashing import tagged_hash
from pb.base.refusals import Refused
from pb.voting.protocol import SealError, choices_text, open_ballot, open_spent
from pb.voting.values import OpenedBallot, PileRefusal, SpentToken

SEALED_KIND = "begroot-sealed-piles/1"
OPENED_KIND = "begroot-opened-piles/1"


@dataclass(frozen=True, slots=True)
class Piles:
    """The sealed ballots and the sealed spent rows of a round; `manifest` is the digest in hex that they belong to."""

    round: str
    manifest: str
    ballots: tuple[bytes, ...]
    spent: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class OpenedPiles:
    """The same two piles opened, each sorted by content."""

    round: str
    manifest: str
    ballots: tuple[OpenedBallot, ...]
    spent: tuple[SpentToken, ...]


def shuffled(pile: Sequence[bytes]) -> tuple[bytes, ...]:
    """A pile in an order that nobody can foresee or find again."""
    mixed = list(pile)
    secrets.SystemRandom().shuffle(mixed)
    return tuple(mixed)


def open_piles(piles: Piles, private: bytes) -> OpenedPiles:
    """The content of two piles, opened with the private half of the sealing pair and sorted.

    Raises `Refused` when a seal was not made for this key or its content is not a ballot.
    """
    try:
        ballots = sorted(open_ballot(private, piles.round, sealed) for sealed in piles.ballots)
        spent = sorted(open_spent(private, sealed) for sealed in piles.spent)
    except SealError as error:
        raise Refused(PileRefusal.WRONG_KEY()) from error
    return OpenedPiles(piles.round, piles.manifest, tuple(ballots), tuple(spent))


def open_file(content: bytes, private: bytes) -> bytes:
    """The file with the opened piles for a file with the sealed ones: what `pb open` does. Raises `Refused`."""
    return opened_to_bytes(open_piles(piles_from_bytes(content), private))


def piles_to_bytes(piles: Piles) -> bytes:
    """The sealed piles as a file."""
    return _written(
        kind=SEALED_KIND,
        round=piles.round,
        manifest=piles.manifest,
        ballots=[base64.b64encode(sealed).decode() for sealed in piles.ballots],
        spent=[base64.b64encode(sealed).decode() for sealed in piles.spent],
    )


def piles_from_bytes(content: bytes) -> Piles:
    """The sealed piles again. Raises `Refused` for a file that is something else or cut off."""
    plain = _read(content, SEALED_KIND)
    try:
        return Piles(
            plain["round"],
            plain["manifest"],
            tuple(base64.b64decode(text, validate=True) for text in plain["ballots"]),
            tuple(base64.b64decode(text, validate=True) for text in plain["spent"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise Refused(PileRefusal.BROKEN()) from error


def opened_to_bytes(piles: OpenedPiles) -> bytes:
    """The opened piles as a file."""
    return _written(
        kind=OPENED_KIND,
        round=piles.round,
        manifest=piles.manifest,
        ballots=[[b.style, b.channel, list(b.choices), b.nonce.hex()] for b in piles.ballots],
        spent=[[s.kind, s.token.hex(), s.style, s.area] for s in piles.spent],
    )


def opened_from_bytes(content: bytes) -> OpenedPiles:
    """The opened piles again, sorted, with each ballot's hash made anew. Raises `Refused`."""
    plain = _read(content, OPENED_KIND)
    try:
        ballots = sorted(_ballot(plain["round"], *row) for row in plain["ballots"])
        spent = sorted(_spent(*row) for row in plain["spent"])
        return OpenedPiles(str(plain["round"]), str(plain["manifest"]), tuple(ballots), tuple(spent))
    except (KeyError, TypeError, ValueError) as error:
        raise Refused(PileRefusal.BROKEN()) from error


def _ballot(round_: str, style: str, channel: str, choices: list[str], nonce: str) -> OpenedBallot:
    raw, chosen = bytes.fromhex(nonce), tuple(map(str, choices))
    commitment = tagged_hash("ballot", round_, raw, choices_text(chosen))
    return OpenedBallot(str(style), str(channel), chosen, raw, commitment)


def _spent(kind: str, token: str, style: str, area: str) -> SpentToken:
    return SpentToken(str(kind), bytes.fromhex(token), str(style), str(area))


def _written(**plain: Any) -> bytes:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _read(content: bytes, kind: str) -> dict[str, Any]:
    try:
        plain = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise Refused(PileRefusal.BROKEN()) from error
    if not isinstance(plain, dict) or plain.get("kind") != kind:
        raise Refused(PileRefusal.BROKEN())
    return plain
