"""Values of the vote, in parts: what two people seal, the running vote, its log, what the piles hold, and every no."""

from pb.voting.values.book import CodeCount, Found, LogRecord, Signed
from pb.voting.values.log import (
    Activation,
    Addition,
    Closed,
    Extension,
    Head,
    Leaf,
    LeafKind,
    LotDrawn,
    Note,
    Revocation,
    Withdrawal,
)
from pb.voting.values.manifest import BallotPlan, Manifest, SealedManifest, SealSizes
from pb.voting.values.opened import Opened, OpenedBallot, SpentToken, Turnout
from pb.voting.values.refusals import (
    DeskRefusal,
    KeyRefusal,
    LogRefusal,
    PileRefusal,
    SealRefusal,
    VoteRefusal,
    WithdrawRefusal,
)
from pb.voting.values.vote import Box, Channel, Choices, Promise, Receipt, SpentKind, Standing, VoteStep

__all__ = [
    "Activation",
    "Addition",
    "BallotPlan",
    "Box",
    "Channel",
    "Choices",
    "Closed",
    "CodeCount",
    "DeskRefusal",
    "Extension",
    "Found",
    "Head",
    "KeyRefusal",
    "Leaf",
    "LeafKind",
    "LogRecord",
    "LogRefusal",
    "LotDrawn",
    "Manifest",
    "Note",
    "Opened",
    "OpenedBallot",
    "PileRefusal",
    "Promise",
    "Receipt",
    "Revocation",
    "SealRefusal",
    "SealSizes",
    "SealedManifest",
    "Signed",
    "SpentKind",
    "SpentToken",
    "Standing",
    "Turnout",
    "VoteRefusal",
    "VoteStep",
    "WithdrawRefusal",
    "Withdrawal",
]
