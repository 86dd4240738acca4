"""The right to vote as a door proves it, and why it does not."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from pb.base.refusals import Refusal
from pb.rounds.values import DoorKind

LIFETIME = timedelta(minutes=15)
"""How long a sign-in or a mail under way counts, and afterwards the proof that came of it."""

Claims = Mapping[str, Any]
"""What a broker tells about somebody."""


class ProofRefusal(Refusal):
    """Why somebody's right to vote is not proven."""

    NOT_SIGNED_IN = "proof.not_signed_in"
    CANCELLED = "proof.cancelled"
    EXPIRED = "proof.expired"
    LEVEL_TOO_LOW = "proof.level_too_low"
    AGE_UNKNOWN = "proof.age_unknown"
    TOO_YOUNG = "proof.too_young"
    PLACE_UNKNOWN = "proof.place_unknown"
    OUTSIDE = "proof.outside"
    NOT_ON_ROLL = "proof.not_on_roll"
    BROKER_AWAY = "proof.broker_away"
    BROKER_UNKNOWN = "proof.broker_unknown"
    WRONG_CODE = "proof.wrong_code"
    TOO_MANY_MAILS = "proof.too_many_mails"


@dataclass(frozen=True, slots=True)
class Proof:
    """That somebody may vote in a round, and as whom: it lives on their device, sealed, and in no table.

    `slot` is their place in this round, and tells nothing of who they are. Where the roll decides, `entry` is the
    credential of theirs, and slot, ballot style and area are read from the roll when they vote.
    """

    door: DoorKind
    round: str
    slot: bytes = b""
    style: str = ""
    area: str = ""
    entry: bytes = b""
