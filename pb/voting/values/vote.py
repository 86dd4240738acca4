"""The vote while it runs: how far it is, what a cast finds, and what a voter gets back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pb.rounds.values import DoorKind

Choices = tuple[str, ...]
"""The codes of the chosen plans, sorted and each once; a blank ballot is empty."""


class Channel(StrEnum):
    """How a ballot came in."""

    WEB = "web"
    PAPER = "paper"


class VoteStep(StrEnum):
    """How far a round's vote is, for the organiser."""

    NOT_SEALED = "not_sealed"
    SEALED = "sealed"
    OPEN = "open"
    DUE = "due"
    CLOSED = "closed"
    EXPORTED = "exported"
    OPENED = "opened"


class SpentKind(StrEnum):
    """What entitled a voter: a code, a sign-in or a confirmed e-mail address."""

    CODE = "code"
    LOGIN = "login"
    EMAIL = "email"


KIND_OF = {DoorKind.CODES: SpentKind.CODE, DoorKind.SIGN_IN: SpentKind.LOGIN, DoorKind.EMAIL: SpentKind.EMAIL}
"""By what people vote at each door."""


@dataclass(frozen=True, slots=True)
class Box:
    """How far a sealed round is: when votes count, what was withdrawn meanwhile, and what happened after the close.

    `withdrawn` gives for each plan that left the ballot the reason that two people gave. `ballots` and `spent` are the
    sizes of the two piles and are known from the close on, as is `seed`. `swept_at` is when what the web had cast went
    into the log for the last time; `closed_at` follows it, later where paper is still entered.
    """

    round_id: int
    number: int
    digest: bytes
    opens: datetime
    closes: datetime
    withdrawn: Mapping[str, str]
    closed_at: datetime | None
    ballots: int
    spent: int
    seed: str
    exported_at: datetime | None
    opened_at: datetime | None
    swept_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Entitlement:
    """The right to one vote: in whose slot, by what, with which ballot. `token` is empty where there is no code.

    `credential` is the name on the roll, of a code or an entry, and empty where the door keeps no roll. `alive` tells
    whether it counts now; one that nobody has stands for itself, so that it costs the same work.
    """

    slot: bytes
    kind: SpentKind
    token: bytes
    style: str
    area: str
    alive: bool
    credential: bytes = b""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a cast finds under its locks: the round's moment, its box, and what this key was used for before.

    `alive` tells whether the right that was found before still counts.
    """

    now: datetime
    box: Box
    same: bytes | None
    alive: bool


@dataclass(frozen=True, slots=True)
class Promise:
    """What a receipt promises: the ballot's hash stands in the log at the `deadline`. Signed by the log's key."""

    deadline: datetime
    signature: bytes
    key: bytes


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a voter keeps: the tracking code, the nonce that opens it, the choices it stands for, and a promise.

    `repeated` tells that this very vote had been cast already, so that nothing was cast now.
    """

    tracking: str
    nonce: bytes
    commitment: bytes
    choices: Choices
    promise: Promise
    repeated: bool = False
