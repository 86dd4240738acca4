"""What is open, and where a round stands: it follows from the frame's calendar and the clock alone."""

from datetime import datetime

from pb.base.refusals import Reason
from pb.rounds.rules.local import closing_to_local
from pb.rounds.values import PhaseKind, RoundRecord, RoundRefusal, Stage


def stage_at(round_: RoundRecord, now: datetime) -> Stage:
    """Where the round is at its own moment `now`: the phase that began last, then counting, then the result."""
    if round_.published_at is not None and round_.published_at <= now:
        return Stage.RESULT
    begun = [phase for phase in round_.frame.calendar.phases if phase.opens <= now]
    if not round_.adopted or not begun:
        return Stage.AHEAD
    last = max(begun, key=lambda phase: phase.opens)
    if last.kind is PhaseKind.VOTE and now >= last.closes:
        return Stage.COUNT
    return Stage(last.kind)


def phase_reasons(round_: RoundRecord, kind: PhaseKind, now: datetime) -> list[Reason]:
    """Why deeds of this phase are not open at the round's own moment `now`; empty when they are."""
    phase = round_.frame.calendar.phase(kind)
    if not round_.adopted:
        return [RoundRefusal.NOT_ADOPTED()]
    if phase is None:
        return [RoundRefusal.NO_SUCH_PHASE()]
    if now < phase.opens:
        return [RoundRefusal.PHASE_AHEAD(opens=phase.opens)]
    if now >= phase.closes:
        return [RoundRefusal.PHASE_OVER(closes=closing_to_local(phase.closes, round_.frame.zone))]
    return []
