"""Values of the vote, in parts: what two people seal, the running vote, its log, what the piles hold, and every no."""

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
from pb.voting.values.refusals import KeyRefusal, PileRefusal, SealRefusal, VoteRefusal, WithdrawRefusal
from pb.voting.values.vote import Box, Channel, Choices, Receipt, SpentKind, Standing, VoteStep

__all__ = [
    "Activation",
    "Addition",
    "BallotPlan",
    "Box",
    "Channel",
    "Choices",
    "Closed",
    "Extension",
    "Head",
    "KeyRefusal",
    "Leaf",
    "LeafKind",
    "LotDrawn",
    "Manifest",
    "Note",
    "Opened",
    "OpenedBallot",
    "PileRefusal",
    "Receipt",
    "Revocation",
    "SealRefusal",
    "SealSizes",
    "SealedManifest",
    "SpentKind",
    "SpentToken",
    "Standing",
    "Turnout",
    "VoteRefusal",
    "VoteStep",
    "WithdrawRefusal",
    "Withdrawal",
]
