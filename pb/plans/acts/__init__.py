"""What proposers, neighbours and organisers do with plans."""

from pb.plans.acts.arguing import add_argument, give_argument, hide_argument
from pb.plans.acts.liking import add_like, like_plan, unlike_plan
from pb.plans.acts.proposing import cleaned, edit_plan, keep_draft, save_draft, submit_plan, withdraw_plan

__all__ = [
    "add_argument",
    "add_like",
    "cleaned",
    "edit_plan",
    "give_argument",
    "hide_argument",
    "keep_draft",
    "like_plan",
    "save_draft",
    "submit_plan",
    "unlike_plan",
    "withdraw_plan",
]
