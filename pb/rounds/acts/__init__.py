"""What people do with rounds; one function a deed, one transaction each."""

from pb.rounds.acts.amend import amend_frame, ask_amendment
from pb.rounds.acts.frame import adopt_frame, ask_adoption, change_frame, record_decision, save_frame
from pb.rounds.acts.lives import advance_clock, create_round, freeze, mark_corrected, mark_published, mark_sealed
from pb.rounds.acts.questions import save_question
from pb.rounds.acts.roles import grant_role, revoke_role
from pb.rounds.acts.two_people import confirm_request, refuse_request, request_second_person

__all__ = [
    "adopt_frame",
    "advance_clock",
    "amend_frame",
    "ask_adoption",
    "ask_amendment",
    "change_frame",
    "confirm_request",
    "create_round",
    "freeze",
    "grant_role",
    "mark_corrected",
    "mark_published",
    "mark_sealed",
    "record_decision",
    "refuse_request",
    "request_second_person",
    "revoke_role",
    "save_frame",
    "save_question",
]
