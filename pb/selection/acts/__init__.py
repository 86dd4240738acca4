"""What assessors, jurors and organisers do with plans before the vote."""

from pb.selection.acts.groups import save_groups
from pb.selection.acts.jury import recuse, save_scores, submit_scores
from pb.selection.acts.shortlist import leave_shortlist, publish_shortlist
from pb.selection.acts.verdicts import judge_plan

__all__ = [
    "judge_plan",
    "leave_shortlist",
    "publish_shortlist",
    "recuse",
    "save_groups",
    "save_scores",
    "submit_scores",
]
