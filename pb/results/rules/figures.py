"""Figures for people and for drawings; nothing is decided by them."""

from collections.abc import Sequence

from pb.base.money import Cents
from pb.results.values import MoneyPart


def share_of(part: int, whole: int) -> int:
    """A part in whole per cents, half a per cent up; of nothing it is nothing."""
    return (200 * part + whole) // (2 * whole) if whole else 0


def money_parts(costs: Sequence[Cents], money: Cents) -> list[MoneyPart]:
    """The costs one behind another on a bar of all the money. For drawing only: nothing is decided by these figures."""
    parts, start = [], 0
    for cost in costs:
        parts.append(MoneyPart(100 * start / money, 100 * cost / money, cost))
        start += cost
    return parts
