"""What may be counted, adopted and published."""

from pb.base.refusals import Reason
from pb.results.values import CountingRefusal, Outcome


def counting_reasons(opened: bool, earlier: Outcome | None) -> list[Reason]:
    """Why votes cannot be counted, or counted again: the piles must be `opened`, and what is adopted stands."""
    if not opened:
        return [CountingRefusal.NOT_OPENED()]
    return [CountingRefusal.ALREADY_ADOPTED()] if earlier and earlier.decision else []


def adopting_reasons(outcome: Outcome | None, number: int | None = None) -> list[Reason]:
    """Why no decision about the outcome can be entered; `number` is the count that it is about, when it is confirmed."""
    if outcome is None:
        return [CountingRefusal.NOT_COUNTED()]
    if outcome.decision:
        return [CountingRefusal.ALREADY_ADOPTED()]
    return [CountingRefusal.COUNTED_ANEW()] if number not in {None, outcome.number} else []


def publishing_reasons(outcome: Outcome | None) -> list[Reason]:
    """Why the outcome cannot become public."""
    if outcome is None:
        return [CountingRefusal.NOT_COUNTED()]
    if outcome.decision is None:
        return [CountingRefusal.NOT_ADOPTED()]
    return [CountingRefusal.ALREADY_PUBLISHED()] if outcome.published_at else []
