"""Queries of the selection; they return frozen records and never write."""

from pb.selection.reads.groups import plan_groups
from pb.selection.reads.jury import comparison, final_scores, jury_progress, own_scores
from pb.selection.reads.shortlist import ground_of, selection_of, shortlist
from pb.selection.reads.standings import (
    candidates,
    funnel,
    marks_of,
    standing_of_plan,
    standings,
    verdict_of,
    verdicts,
)

__all__ = [
    "candidates",
    "comparison",
    "final_scores",
    "funnel",
    "ground_of",
    "jury_progress",
    "marks_of",
    "own_scores",
    "plan_groups",
    "selection_of",
    "shortlist",
    "standing_of_plan",
    "standings",
    "verdict_of",
    "verdicts",
]
