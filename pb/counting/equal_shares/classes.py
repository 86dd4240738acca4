"""Classes of voters with equally much money and the same past: of each the money, one ballot as example, and when it arose."""

import numpy as np

from pb.counting.equal_shares.precise import Pairs
from pb.counting.profile import Floats, Ints

EMPTY, FULL = 0, 1
"""The classes of those who have nothing left, and of those who have not paid yet."""


class Classes:
    """A table that grows at its end; rows are numbered from 0. `arose` is a number of purchases."""

    def __init__(self, high: float, low: float) -> None:
        self.many = 2
        self._high: Floats = np.array([0.0, high])
        self._low: Floats = np.array([0.0, low])
        self._example: Ints = np.zeros(2, np.int64)
        self._arose: Ints = np.zeros(2, np.int64)

    def money(self, classes: Ints) -> Pairs:
        """What someone of each of these classes has."""
        return Pairs(self._high.take(classes), self._low.take(classes))

    def rough(self, classes: Ints) -> Floats:
        """The same in plain floats."""
        return self._high.take(classes)

    def past(self, classes: Ints) -> tuple[Ints, Ints]:
        """One ballot of each of these classes, and after how many purchases the class arose."""
        return self._example.take(classes), self._arose.take(classes)

    def add(self, money: Pairs, example: Ints, arose: int) -> Ints:
        """New classes; gives their numbers."""
        first, self.many = self.many, self.many + len(example)
        if self.many > len(self._high):
            self._widen()
        new = slice(first, self.many)
        self._high[new], self._low[new], self._example[new], self._arose[new] = money.high, money.low, example, arose
        return np.arange(first, self.many)

    def _widen(self) -> None:
        room = 2 * self.many
        self._high, self._low = np.resize(self._high, room), np.resize(self._low, room)
        self._example, self._arose = np.resize(self._example, room), np.resize(self._arose, room)
