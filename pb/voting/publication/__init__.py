"""The public files of a vote, pure: values in, bytes out, as section 6 of docs/protocol.md prescribes them."""

from pb.voting.publication.files import (
    AUDITORS,
    BALLOTS,
    ballots_file,
    ballots_files,
    credentials_file,
    log_file,
    replaced_file,
    spent_file,
)
from pb.voting.publication.grouping import GROUP_SIGN, Shown, shown_ballots
from pb.voting.publication.opened import OpenedFile, opened_file
from pb.voting.publication.plans import plans_file

__all__ = [
    "AUDITORS",
    "BALLOTS",
    "GROUP_SIGN",
    "OpenedFile",
    "Shown",
    "ballots_file",
    "ballots_files",
    "credentials_file",
    "log_file",
    "opened_file",
    "plans_file",
    "replaced_file",
    "shown_ballots",
    "spent_file",
]
