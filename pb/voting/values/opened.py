"""What comes out of the two piles after the close."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pb.base.hashing import tracking_code
from pb.voting.values.vote import Choices


@dataclass(frozen=True, slots=True, order=True)
class OpenedBallot:
    """One ballot after the close, without any trace of its voter."""

    style: str
    channel: str
    choices: Choices
    nonce: bytes
    commitment: bytes

    @property
    def tracking(self) -> str:
        """The 20 signs on the voter's receipt."""
        return tracking_code(self.commitment)


@dataclass(frozen=True, slots=True, order=True)
class SpentToken:
    """One right to vote that was used: its token (empty where there is no code), ballot style and area."""

    kind: str
    token: bytes
    style: str
    area: str


@dataclass(frozen=True, slots=True)
class Opened:
    """The two opened piles of a round, and what a count needs beside them.

    `ballots` and `spent` are sorted by content. `withdrawn` are plans that left the ballot while people voted: they
    win nothing, and ballots with them stay valid for the rest. `seed` settles the lot, in hex, unless the frame has it
    `drawn` by hand.
    """

    ballots: tuple[OpenedBallot, ...]
    spent: tuple[SpentToken, ...]
    withdrawn: Choices
    seed: str
    drawn: Choices = ()


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many took part (`voted`, blank included) of those who might (`eligible`).

    `areas` gives the same pair per area, `styles` the ballots of each ballot style and `channels` those of each channel;
    all are empty until the piles are opened.
    """

    voted: int
    eligible: int
    areas: Mapping[str, tuple[int, int]]
    styles: Mapping[str, int] = field(default_factory=dict)
    channels: Mapping[str, int] = field(default_factory=dict)
