"""What stands in the public log of a round: its leaves by kind, and the signed heads over them.

Hashes and seeds are bytes, moments whole seconds in UTC. `docs/protocol.md` has their exact form.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pb.voting.values.vote import Choices


class LeafKind(StrEnum):
    """The type tag of a leaf, its first field."""

    MANIFEST = "manifest"
    BALLOT = "ballot"
    EXTENSION = "extension"
    WITHDRAWAL = "withdrawal"
    ACTIVATION = "activation"
    REVOCATION = "revocation"
    ADDITION = "addition"
    LOT = "lot"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Extension:
    """An amendment: people may vote longer. `paper_closes` is until when paper is entered."""

    at: datetime
    closes: datetime
    paper_closes: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """An amendment: a plan left the ballot. Ballots that chose it stay valid for the rest."""

    at: datetime
    plan: str
    reason: str


@dataclass(frozen=True, slots=True)
class Activation:
    """A spare credential counts from now on. With an `area` it adds one person to the roll of that area."""

    at: datetime
    h: bytes
    area: str = ""


@dataclass(frozen=True, slots=True)
class Revocation:
    """The credential `old` counts no more. `new`, a spare one, stands for the same slot; empty where there is none."""

    at: datetime
    old: bytes
    new: bytes = b""


@dataclass(frozen=True, slots=True)
class Addition:
    """People who came on the roll after the sealing without a credential, in a round whose door is a sign-in."""

    at: datetime
    area: str
    people: int
    reason: str


@dataclass(frozen=True, slots=True)
class LotDrawn:
    """A physical draw: every plan, the first wins a tie. It takes the place of the order that the seed gives."""

    at: datetime
    order: Choices
    how: str


@dataclass(frozen=True, slots=True)
class Closed:
    """The last leaf: how many `ballots` count, how many `leaves` of ballots there are, and how many slots were `spent`.

    `revoked` of the spent slots voted with a credential that was revoked afterwards. `logins` came through a sign-in or
    a mail, and `statement` is what their broker signed. `seed` is the revealed seed of the lot.
    """

    at: datetime
    ballots: int
    leaves: int
    spent: int
    revoked: int
    seed: bytes
    logins: int = 0
    statement: str = ""


Note = Extension | Withdrawal | Activation | Revocation | Addition | LotDrawn | Closed
"""An administrative leaf."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A leaf: its kind and its body, which is a ballot's hash, the manifest's bytes, or the JSON of a note."""

    kind: LeafKind
    body: bytes


@dataclass(frozen=True, slots=True)
class Head:
    """A signed head: the root over the first `size` leaves, and when it was signed."""

    size: int
    at: datetime
    root: bytes
    signature: bytes
