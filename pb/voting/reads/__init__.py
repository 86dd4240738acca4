"""Queries about the vote; they return frozen records and never write."""

from pb.voting.reads.draw import hand_drawn, missing_draw
from pb.voting.reads.files import vote_file, vote_file_names, vote_files
from pb.voting.reads.log import (
    batch_due,
    due_for_a_batch,
    find_ballot,
    last_batch,
    log_heads,
    log_leaves,
    log_record,
    logged_ballots,
    notes_of,
    waiting,
)
from pb.voting.reads.piles import opened, sealed_piles, turnout
from pb.voting.reads.reports import all_reports, waiting_reports
from pb.voting.reads.sealed import (
    ballot_words,
    box_of,
    due_to_close,
    manifest,
    manifest_content,
    round_and_box,
    sealed_manifest,
    sealed_of,
    standing_of,
    the_box,
)
from pb.voting.reads.settling import settling_of

__all__ = [
    "all_reports",
    "ballot_words",
    "batch_due",
    "box_of",
    "due_for_a_batch",
    "due_to_close",
    "find_ballot",
    "hand_drawn",
    "last_batch",
    "log_heads",
    "log_leaves",
    "log_record",
    "logged_ballots",
    "manifest",
    "manifest_content",
    "missing_draw",
    "notes_of",
    "opened",
    "round_and_box",
    "sealed_manifest",
    "sealed_of",
    "sealed_piles",
    "settling_of",
    "standing_of",
    "the_box",
    "turnout",
    "vote_file",
    "vote_file_names",
    "vote_files",
    "waiting",
    "waiting_reports",
]
