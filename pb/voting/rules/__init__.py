"""Decisions of the vote: whether it is open, whether choices obey the manifest, what is missing before sealing."""

from pb.voting.rules.choices import choice_reasons, money_per_pot, style_of_postcode
from pb.voting.rules.moments import closing_reasons, last_moment, open_reasons, vote_step
from pb.voting.rules.organising import pile_reasons, pot_of_plan, sealing_reasons, withdrawing_reasons

__all__ = [
    "choice_reasons",
    "closing_reasons",
    "last_moment",
    "money_per_pot",
    "open_reasons",
    "pile_reasons",
    "pot_of_plan",
    "sealing_reasons",
    "style_of_postcode",
    "vote_step",
    "withdrawing_reasons",
]
