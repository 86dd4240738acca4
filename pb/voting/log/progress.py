"""How far the settling of a vote is, for who follows it: three parts of about the same length, as one number. Pure."""

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Told which part goes on, how much of it is done, and of how much."""
PARTS = ("read", "count", "write")
"""Ballots that wait are read, what the log ends with is counted, and all of it is written."""
EVERY = 5_000


def silent(_part: str, _done: int, _total: int) -> None:
    """Progress that nobody follows."""


def through_parts(tell: Callable[[int, int], None]) -> Progress:
    """Progress over all parts together, for somebody who is told one number of another."""

    def told(part: str, done: int, total: int) -> None:
        tell(PARTS.index(part) * total + done, len(PARTS) * total)

    return told
