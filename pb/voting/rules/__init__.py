"""Decisions of the vote: whether it is open, what a ballot may hold, what organisers and desk may do, when the log grows."""

from pb.voting.rules.choices import choice_reasons, money_per_pot, style_of_postcode
from pb.voting.rules.desk import (
    activation_reasons,
    identity_reasons,
    is_fresh,
    reissue_reasons,
    revocation_reasons,
)
from pb.voting.rules.draw import drawing_reasons, drawn_reasons, lot_drawn, lot_of, waiting_draw_reasons
from pb.voting.rules.log import (
    SETTLING,
    code_count,
    deadline_of,
    expected_by,
    is_batch_due,
    people_per_area,
    settling_key,
)
from pb.voting.rules.moments import (
    closing_reasons,
    is_paper_over,
    last_moment,
    open_reasons,
    paper_until,
    told_channels,
    vote_step,
)
from pb.voting.rules.organising import pile_reasons, pot_of_plan, sealing_reasons, withdrawing_reasons
from pb.voting.rules.reports import (
    answering_reasons,
    awaiting_reasons,
    report_reasons,
    reporting_reasons,
    reports_until,
    unanswered_reasons,
)

__all__ = [
    "SETTLING",
    "activation_reasons",
    "answering_reasons",
    "awaiting_reasons",
    "choice_reasons",
    "closing_reasons",
    "code_count",
    "deadline_of",
    "drawing_reasons",
    "drawn_reasons",
    "expected_by",
    "identity_reasons",
    "is_batch_due",
    "is_fresh",
    "is_paper_over",
    "last_moment",
    "lot_drawn",
    "lot_of",
    "money_per_pot",
    "open_reasons",
    "paper_until",
    "people_per_area",
    "pile_reasons",
    "pot_of_plan",
    "reissue_reasons",
    "report_reasons",
    "reporting_reasons",
    "reports_until",
    "revocation_reasons",
    "sealing_reasons",
    "settling_key",
    "style_of_postcode",
    "told_channels",
    "unanswered_reasons",
    "vote_step",
    "waiting_draw_reasons",
    "withdrawing_reasons",
]
