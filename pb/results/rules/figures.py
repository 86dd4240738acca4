"""Figures for people and for drawings; nothing is decided by them."""

from collections.abc import Sequence

from pb.base.money import Cents
from pb.results.values import Band, MoneyPart


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


ROW, BAR, WIDTH, WIDEST = 48, 24, 160, 40
"""A row of the flow in pixels; the bar of all money, how far a stream goes, and how wide the widest stream is."""


def flow_bands(parts: Sequence[Cents]) -> list[Band]:
    """Streams from one bar of all the money to a row for each part, in their order; each keeps its width to the end."""
    scale, bands = WIDEST / max(parts), list[Band]()
    top = (ROW * len(parts) - scale * sum(parts)) / 2
    for row, part in enumerate(parts):
        height = part * scale
        bands.append(Band(round(top, 1), round(height, 1), _stream(top, ROW * (row + 0.5) - height / 2, height)))
        top += height
    return bands


def _stream(top: float, end: float, height: float) -> str:
    bend, low, end_low = (BAR + WIDTH) // 2, top + height, end + height
    there = f"M{BAR},{top:.1f}C{bend},{top:.1f} {bend},{end:.1f} {WIDTH},{end:.1f}"
    return f"{there}V{end_low:.1f}C{bend},{end_low:.1f} {bend},{low:.1f} {BAR},{low:.1f}Z"


def part_of(part: Cents, whole: Cents) -> float:
    """A part in per cent for a bar, at most all of it."""
    return round(min(100 * part / whole, 100), 2) if whole else 0.0
