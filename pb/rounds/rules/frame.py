"""Whether a frame can be adopted: all reasons at once, each with the field of the editor that it is about."""

from zoneinfo import available_timezones

from pb.base.refusals import Reason
from pb.rounds.rules.ballot import ballot_reasons
from pb.rounds.rules.calendar import calendar_reasons
from pb.rounds.rules.counting import counting_reasons
from pb.rounds.rules.door import door_reasons
from pb.rounds.rules.money import money_reasons
from pb.rounds.rules.people import criteria_reasons, place_reasons, plan_reasons, selection_reasons
from pb.rounds.values import Frame, FrameRefusal

CHECKS = (
    money_reasons,
    place_reasons,
    plan_reasons,
    selection_reasons,
    ballot_reasons,
    counting_reasons,
    criteria_reasons,
    door_reasons,
    calendar_reasons,
)


def frame_reasons(frame: Frame) -> list[Reason]:
    """Why this frame cannot be adopted; empty when a round can be held, and won, under it."""
    if frame.zone not in available_timezones():
        return [FrameRefusal.ZONE_UNKNOWN(about="zone", zone=frame.zone)]
    return [reason for check in CHECKS for reason in check(frame)]
