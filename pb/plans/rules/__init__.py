"""Pure decisions about plans: who may do what and when, whether a plan is whole, and what should not be made public."""

from pb.plans.rules.content import (
    asked_of,
    cost_reasons,
    dearest,
    draft_reasons,
    keeping_reasons,
    pot_of,
    submission_reasons,
)
from pb.plans.rules.naming import code_for, code_reasons
from pb.plans.rules.people import (
    arguing_reasons,
    argument_reasons,
    editing_reasons,
    hiding_reasons,
    like_reasons,
    proposing_reasons,
    submitting_reasons,
    support_reasons,
    withdrawing_reasons,
)
from pb.plans.rules.personal import personal_data_in, personal_reasons, public_texts

__all__ = [
    "arguing_reasons",
    "argument_reasons",
    "asked_of",
    "code_for",
    "code_reasons",
    "cost_reasons",
    "dearest",
    "draft_reasons",
    "editing_reasons",
    "hiding_reasons",
    "keeping_reasons",
    "like_reasons",
    "personal_data_in",
    "personal_reasons",
    "pot_of",
    "proposing_reasons",
    "public_texts",
    "submission_reasons",
    "submitting_reasons",
    "support_reasons",
    "withdrawing_reasons",
]
