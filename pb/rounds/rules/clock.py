"""Where a practice round's clock can be put: the next moment at which something begins or ends."""

from datetime import datetime

from pb.rounds.rules.calendar import paper_closing
from pb.rounds.values import Frame


def next_moment(frame: Frame, now: datetime) -> datetime | None:
    """The next moment of the calendar after `now` (UTC), or `None` once the result is due."""
    phases = frame.calendar.phases
    moments = {moment for phase in phases for moment in (phase.opens, phase.closes)}
    moments |= {paper_closing(frame, phases[-1].closes), frame.calendar.result} if phases else set()
    return min((moment for moment in moments if moment > now), default=None)
