"""Who keeps halves of a round's keys, and whether the keys still exist."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pb.base.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Piece:
    """One half of every secret, sealed to the keeper with the fingerprint `holder`.

    `deposit` names the pieces that were made together, `sealing` is the public half of the round's sealing pair in
    hex, `half` is 1 or 2, and `sealed` has a sealed half for each file of the key directory.
    """

    deposit: str
    sealing: str
    half: int
    holder: str
    sealed: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class EscrowNote:
    """What the record says of an escrow, without any secret: which files it saves and who holds their halves.

    `first` and `second` are the fingerprints of keeper and deputy of each half.
    """

    deposit: str
    sealing: str
    keys: tuple[str, ...]
    first: tuple[str, ...]
    second: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Destruction:
    """That two people destroyed the keys: when, and which files this server had."""

    at: datetime
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Custody:
    """What the record says of a round's keys. `earliest` is when they may be destroyed; nothing before publication."""

    notes: tuple[EscrowNote, ...]
    earliest: datetime | None
    destroyed: Destruction | None


class EscrowRefusal(Refusal):
    """Why halves of keys are not made, put together or recorded."""

    NOT_THIS_FILE = "escrow.not_this_file"
    SAME_KEEPER = "escrow.same_keeper"
    NOTHING_TO_KEEP = "escrow.nothing_to_keep"
    NOT_TWO_HALVES = "escrow.not_two_halves"
    OTHER_DEPOSIT = "escrow.other_deposit"
    KEY_MISSING = "escrow.key_missing"
    BROKEN = "escrow.broken"
    OTHER_ROUND = "escrow.other_round"
    ALREADY_THERE = "escrow.already_there"


class DestroyRefusal(Refusal):
    """Why the keys of a round are not destroyed."""

    NOT_PUBLISHED = "destroy.not_published"
    TOO_EARLY = "destroy.too_early"
    REST_FIRST = "destroy.rest_first"
    ALREADY = "destroy.already"
