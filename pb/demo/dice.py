"""Numbers that look like chance and are the same on every machine: pure, from a word."""

import random
from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Throws that depend only on `word` and on how many went before."""

    def __init__(self, word: str) -> None:
        self._throw = random.Random(word).random  # noqa: S311 - a recording must come out the same; nothing is secret

    def below(self, end: int) -> int:
        """A whole number from 0 up to `end`, `end` itself not."""
        return int(self._throw() * end)

    def one_of(self, items: Sequence[T]) -> T:
        """One of the items, each as likely."""
        return items[self.below(len(items))]

    def weighted(self, weights: Sequence[float]) -> int:
        """A place in `weights`, as likely as its weight."""
        left = self._throw() * sum(weights)
        for place, weight in enumerate(weights):
            left -= weight
            if left < 0:
                return place
        return len(weights) - 1

    def some_of(self, items: Sequence[T], count: int) -> list[T]:
        """So many different items, in the order in which they were drawn."""
        left = list(items)
        return [left.pop(self.below(len(left))) for _ in range(count)]

    def moment(self, start: datetime, end: datetime) -> datetime:
        """A moment in `[start, end)`, to the second."""
        return (start + (end - start) * self._throw()).replace(microsecond=0)
