"""Pure decisions about rounds: what is open, what a frame must be, what may change, and who decides with whom."""

from pb.rounds.rules.amend import amendment_reasons, draft_reasons, moments_of
from pb.rounds.rules.ballot import advises_auditor, form_of
from pb.rounds.rules.calendar import paper_closing
from pb.rounds.rules.clock import next_moment
from pb.rounds.rules.counting import advises_more_choices, counts_numbers
from pb.rounds.rules.decide import adoption_reasons, decision_reasons
from pb.rounds.rules.frame import frame_reasons
from pb.rounds.rules.local import closing_from_local, closing_to_local, from_local
from pb.rounds.rules.naming import naming_reasons, question_reasons
from pb.rounds.rules.phases import phase_reasons, stage_at
from pb.rounds.rules.requests import ASKERS, DECIDERS, DESK, asking_reasons, confirming_reasons, refusing_reasons

__all__ = [
    "ASKERS",
    "DECIDERS",
    "DESK",
    "adoption_reasons",
    "advises_auditor",
    "advises_more_choices",
    "amendment_reasons",
    "asking_reasons",
    "closing_from_local",
    "closing_to_local",
    "confirming_reasons",
    "counts_numbers",
    "decision_reasons",
    "draft_reasons",
    "form_of",
    "frame_reasons",
    "from_local",
    "moments_of",
    "naming_reasons",
    "next_moment",
    "paper_closing",
    "phase_reasons",
    "question_reasons",
    "refusing_reasons",
    "stage_at",
]
