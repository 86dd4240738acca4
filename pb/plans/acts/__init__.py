"""What proposers, neighbours and organisers do with plans."""

from pb.plans.acts.arguing import give_argument, hide_argument
from pb.plans.acts.liking import like_plan, unlike_plan
from pb.plans.acts.proposing import edit_plan, save_draft, submit_plan, withdraw_plan

__all__ = [
    "edit_plan",
    "give_argument",
    "hide_argument",
    "like_plan",
    "save_draft",
    "submit_plan",
    "unlike_plan",
    "withdraw_plan",
]
