"""What the desk notes: who votes for somebody else, and how often."""

from datetime import datetime

from pb.base.refusals import Reason
from pb.voting.desk.values import NoteRefusal
from pb.voting.values import Box

MOST_PROXIES = 2
"""Letters with which one person may vote for others."""


def proxy_reasons(box: Box, now: datetime, seen: bool, letters: int, letter_noted: bool) -> list[Reason]:
    """Why this person cannot vote with this letter. `letters` are those they hold; `seen`: identity, letter and note."""
    if now >= box.closes:
        return [NoteRefusal.CLOSED()]
    found = [] if seen else [NoteRefusal.NOT_SEEN(about="seen")]
    if letter_noted:
        found.append(NoteRefusal.LETTER_ALREADY(about="letter"))
    if letters >= MOST_PROXIES:
        found.append(NoteRefusal.TWO_ALREADY(about="name"))
    return found
