"""Whether a calendar can be lived: phases in their order, and the result after the vote and after paper was entered."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from pb.base.refusals import Reason
from pb.rounds.values import Frame, FrameRefusal, Phase, PhaseKind

ORDER = list(PhaseKind)
NEEDED = (PhaseKind.PROPOSE, PhaseKind.VOTE)
MOST_PAPER_DAYS, MOST_REPORT_DAYS = 30, 60


def paper_closing(frame: Frame, closes: datetime) -> datetime:
    """Until when paper forms are entered, for a vote that closes at `closes`: whole days on the municipality's clock."""
    return (frame.local(closes) + timedelta(days=frame.paper_days)).astimezone(UTC)


def calendar_reasons(frame: Frame) -> Iterator[Reason]:
    """Every reason about the calendar; `about` is `vote.opens`, `vote.closes`, `result` or `delivered_by`."""
    yield from _set_reasons(frame.calendar.phases)
    yield from _order_reasons(frame.calendar.phases)
    yield from _end_reasons(frame)


def _set_reasons(phases: tuple[Phase, ...]) -> Iterator[Reason]:
    often = Counter(phase.kind for phase in phases)
    for kind in NEEDED:
        if not often[kind]:
            yield FrameRefusal.PHASE_MISSING(about=f"{kind}.opens")
    for kind, times in often.items():
        if times > 1:
            yield FrameRefusal.PHASE_TWICE(about=f"{kind}.opens")


def _order_reasons(phases: tuple[Phase, ...]) -> Iterator[Reason]:
    for phase in phases:
        if phase.closes <= phase.opens:
            yield FrameRefusal.PHASE_EMPTY(about=f"{phase.kind}.closes")
    in_order = sorted(phases, key=lambda phase: ORDER.index(phase.kind))
    for earlier, later in pairwise(in_order):
        if later.opens < earlier.closes:
            yield FrameRefusal.PHASES_OVERLAP(about=f"{later.kind}.opens", closes=earlier.closes)


def _end_reasons(frame: Frame) -> Iterator[Reason]:
    calendar = frame.calendar
    vote = calendar.phase(PhaseKind.VOTE)
    if not 0 <= frame.paper_days <= MOST_PAPER_DAYS:
        yield FrameRefusal.PAPER_DAYS_WRONG(about="paper_days", most=MOST_PAPER_DAYS)
    elif vote and calendar.result < (entered := paper_closing(frame, vote.closes)):
        yield FrameRefusal.RESULT_TOO_EARLY(about="result", closes=entered)
    if not 1 <= frame.report_days <= MOST_REPORT_DAYS:
        yield FrameRefusal.REPORT_DAYS_WRONG(about="report_days", most=MOST_REPORT_DAYS)
    if calendar.delivered_by <= frame.local(calendar.result).date():
        yield FrameRefusal.DELIVERY_TOO_EARLY(about="delivered_by")
