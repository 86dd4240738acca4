"""Values of the vote, in parts: what two people seal, the running vote, what comes out of the piles, and every no."""

from pb.voting.values.manifest import BallotPlan, Manifest, SealedManifest, SealSizes
from pb.voting.values.opened import Opened, OpenedBallot, SpentToken, Turnout
from pb.voting.values.refusals import KeyRefusal, PileRefusal, SealRefusal, VoteRefusal, WithdrawRefusal
from pb.voting.values.vote import Box, Channel, Choices, Receipt, SpentKind, Standing, VoteStep

__all__ = [
    "BallotPlan",
    "Box",
    "Channel",
    "Choices",
    "KeyRefusal",
    "Manifest",
    "Opened",
    "OpenedBallot",
    "PileRefusal",
    "Receipt",
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
]
