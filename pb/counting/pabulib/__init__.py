"""Files of the Pabulib collection, in and out; the format is described on https://pabulib.org/format."""

from pb.counting.pabulib.convert import election_of
from pb.counting.pabulib.reader import read_pabulib
from pb.counting.pabulib.refusals import FileRefusal
from pb.counting.pabulib.values import PabulibFile, Project, Vote, VoteType
from pb.counting.pabulib.writer import write_pabulib

__all__ = [
    "FileRefusal",
    "PabulibFile",
    "Project",
    "Vote",
    "VoteType",
    "election_of",
    "read_pabulib",
    "write_pabulib",
]
