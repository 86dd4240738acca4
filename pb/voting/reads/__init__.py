"""Queries about the vote; they return frozen records and never write."""

from pb.voting.reads.piles import opened, sealed_piles, turnout
from pb.voting.reads.sealed import (
    ballot_words,
    box_of,
    due_to_close,
    manifest,
    manifest_content,
    sealed_manifest,
    sealed_of,
    standing_of,
)

__all__ = [
    "ballot_words",
    "box_of",
    "due_to_close",
    "manifest",
    "manifest_content",
    "opened",
    "sealed_manifest",
    "sealed_of",
    "sealed_piles",
    "standing_of",
    "turnout",
]
