"""Whether a frame can be adopted now, and whether the decision about it is written down completely."""

import re
from datetime import date, datetime

from pb.base.refusals import Reason
from pb.rounds.rules.frame import frame_reasons
from pb.rounds.values import Decision, DecisionRefusal, Frame, FrameRefusal, PhaseKind, RoundRefusal

LINK = re.compile(r"https?://[^\s/]+\S*")


def adoption_reasons(frame: Frame, decision: Decision, now: datetime) -> list[Reason]:
    """Why this decision cannot put this frame into force at the round's own moment `now`."""
    found = frame_reasons(frame)
    if any(reason.refusal is FrameRefusal.ZONE_UNKNOWN for reason in found):
        return found
    propose = frame.calendar.phase(PhaseKind.PROPOSE)
    if propose and propose.closes <= now:
        found.append(RoundRefusal.PROPOSE_PAST(about="propose.closes"))
    return found + decision_reasons(decision, frame.local(now).date())


def decision_reasons(decision: Decision, today: date) -> list[Reason]:
    """What is missing or wrong in a decision; `today` is the day where the round is held."""
    found: list[Reason] = []
    if not decision.body:
        found.append(DecisionRefusal.BODY_MISSING(about="body"))
    if not decision.number:
        found.append(DecisionRefusal.NUMBER_MISSING(about="number"))
    if not LINK.fullmatch(decision.link):
        found.append(DecisionRefusal.LINK_WRONG(about="link"))
    if decision.date > today:
        found.append(DecisionRefusal.DATE_AHEAD(about="date"))
    return found
