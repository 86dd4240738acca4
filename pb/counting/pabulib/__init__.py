"""Files of the Pabulib collection, in and out; the format is described on https://pabulib.org/format."""

from pb.counting.pabulib.convert import election_of
from pb.counting.pabulib.limits import warnings
from pb.counting.pabulib.reader import read_pabulib
from pb.counting.pabulib.refusals import FileRefusal, FileWarning
from pb.counting.pabulib.rules import caps_of, rule_of, utility_of
from pb.counting.pabulib.values import PabulibFile, Project, Vote, VoteType
from pb.counting.pabulib.writer import write_pabulib

__all__ = [
    "FileRefusal",
    "FileWarning",
    "PabulibFile",
    "Project",
    "Vote",
    "VoteType",
    "caps_of",
    "election_of",
    "read_pabulib",
    "rule_of",
    "utility_of",
    "warnings",
    "write_pabulib",
]
