"""Decisions of custody: which escrow belongs to a round, and from when on its keys may be destroyed."""

from collections.abc import Collection
from datetime import datetime, timedelta

from pb.base.refusals import Reason
from pb.voting.custody.values import DestroyRefusal, EscrowNote, EscrowRefusal
from pb.voting.rules import unanswered_reasons

KEPT_FOR = timedelta(days=14)
"""So long after publication the keys are there at least: a report may need them."""


def recording_reasons(note: EscrowNote, sealing: str, known: Collection[str], destroyed: bool) -> list[Reason]:
    """Why this escrow does not go into the record. `sealing` is the public half of the round's sealing pair in hex."""
    if destroyed:
        return [DestroyRefusal.ALREADY()]
    if note.sealing != sealing:
        return [EscrowRefusal.OTHER_ROUND(about="note")]
    return [EscrowRefusal.ALREADY_THERE(about="note")] if note.deposit in known else []


def earliest_destruction(published_at: datetime | None) -> datetime | None:
    """From when on the keys may be destroyed; nothing before publication."""
    return published_at + KEPT_FOR if published_at else None


def destroying_reasons(published_at: datetime | None, reports: int, destroyed: bool, now: datetime) -> list[Reason]:
    """Why the keys are not destroyed now. So many `reports` wait for an answer, and an answer may need the keys."""
    earliest = earliest_destruction(published_at)
    if destroyed:
        return [DestroyRefusal.ALREADY()]
    if earliest is None:
        return [DestroyRefusal.NOT_PUBLISHED()]
    early = [DestroyRefusal.TOO_EARLY(moment=earliest)] if now < earliest else []
    return [*early, *unanswered_reasons(reports)]
