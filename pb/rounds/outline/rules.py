"""From an outline to a small map: made simpler, checked for its size, laid flat, drawn to scale. Nothing is decided by it."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import cos, hypot, radians

from pb.base.refusals import Reason
from pb.rounds.outline.values import OutlineRefusal, Part, Position, Ring, Shape, SmallMap

METRES = 111_320
"""Of one degree to the north."""
WIDEST, SMALLEST = 60_000, 30
"""What is wider is no neighbourhood, and what is smaller cannot be seen; in metres."""
SIDE, MARGIN = 320, 14
"""The longest side of the drawing, and what stays free round the area."""
FINEST = 0.6
"""A corner that stands out less than this in the drawing is left out."""
MOST_CORNERS = 2_000
"""More than a small map can show."""
BARS = (10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000)

Box = tuple[float, float, float, float]


def size_reasons(parts: Sequence[Part]) -> list[Reason]:
    """Why an area cannot be drawn as a neighbourhood."""
    across, down = _size(_box(parts))
    if max(across, down) > WIDEST:
        return [OutlineRefusal.TOO_WIDE(about="file", most=WIDEST // 1000)]
    return [OutlineRefusal.TOO_SMALL(about="file", least=SMALLEST)] if min(across, down) < SMALLEST else []


def corner_reasons(parts: Sequence[Part]) -> list[Reason]:
    """Why an area has more corners than can be drawn, after `thinned`."""
    corners = sum(len(ring) for part in parts for ring in part.rings)
    return [OutlineRefusal.TOO_MANY(about="file")] if corners > MOST_CORNERS else []


def thinned(parts: Sequence[Part]) -> tuple[Part, ...]:
    """The area without positions that lie on the one before in the drawing. Takes one look at each, however many there are."""
    narrower, finest = _narrower(_box(parts)), _finest(parts)
    return tuple(Part(part.name, tuple(_thin(ring, finest, narrower) for ring in part.rings)) for part in parts)


def simpler(parts: Sequence[Part]) -> tuple[Part, ...]:
    """A thinned area with as many corners as a small map shows. Pieces and holes of less than a dot are left out."""
    narrower, finest = _narrower(_box(parts)), _finest(parts)
    kept = [Part(part.name, tuple(_lean(part.rings, finest, narrower))) for part in parts]
    return tuple(part for part in kept if part.rings)


def small_map(parts: Sequence[Part]) -> SmallMap:
    """The drawing: north is up, and the longest side of the area fills it."""
    west, _, _, north = box = _box(parts)
    across, down = _size(box)
    scale = (SIDE - 2 * MARGIN) / max(across, down)
    east_scale = METRES * _narrower(box) * scale

    def at(position: Position) -> Position:
        return MARGIN + (position[0] - west) * east_scale, MARGIN + (north - position[1]) * METRES * scale

    metres = max(one for one in BARS if one == BARS[0] or one * scale <= SIDE / 3)
    return SmallMap(
        width=round(across * scale) + 2 * MARGIN,
        height=round(down * scale) + 2 * MARGIN,
        shapes=tuple(_shape(part.name, [[at(one) for one in ring] for ring in part.rings]) for part in parts),
        across=round(across),
        down=round(down),
        bar=round(metres * scale, 1),
        metres=metres,
    )


def _box(parts: Iterable[Part]) -> Box:
    """West, south, east and north of everything."""
    positions = [one for part in parts for ring in part.rings for one in ring]
    easts, norths = [east for east, _ in positions], [north for _, north in positions]
    return min(easts), min(norths), max(easts), max(norths)


def _narrower(box: Box) -> float:
    """How much shorter a degree to the east is than one to the north, in the middle of the area."""
    return cos(radians((box[1] + box[3]) / 2))


def _size(box: Box) -> tuple[float, float]:
    west, south, east, north = box
    return (east - west) * METRES * _narrower(box), (north - south) * METRES


def _finest(parts: Sequence[Part]) -> float:
    """What does not show in the drawing, in degrees to the north."""
    return FINEST * max(_size(_box(parts))) / SIDE / METRES


def _thin(ring: Ring, finest: float, narrower: float) -> Ring:
    kept = [ring[0]]
    for east, north in ring[1:-1]:
        if hypot((east - kept[-1][0]) * narrower, north - kept[-1][1]) > finest:
            kept.append((east, north))
    return (*kept, ring[0])


def _lean(rings: Sequence[Ring], finest: float, narrower: float) -> Iterable[Ring]:
    """The rings without corners that do not show; without its outer ring a part is nothing."""
    for place, ring in enumerate(rings):
        lean = _without_small_corners([(east * narrower, north) for east, north in ring], finest)
        if len(lean) > 3:
            yield tuple(ring[one] for one in lean)
        elif place == 0:
            return


def _without_small_corners(line: Sequence[Position], finest: float) -> list[int]:
    """Which positions of a closed line stay (Douglas and Peucker), without calling itself: files come from anybody."""
    kept, waiting = {0, len(line) - 1}, [(0, len(line) - 1)]
    while waiting:
        first, last = waiting.pop()
        middle = max(range(first + 1, last), key=lambda one: _off(line[one], line[first], line[last]), default=None)
        if middle is not None and _off(line[middle], line[first], line[last]) > finest:
            kept.add(middle)
            waiting += [(first, middle), (middle, last)]
    return sorted(kept)


def _off(position: Position, one: Position, other: Position) -> float:
    """How far a position lies from the piece of line between two others."""
    (x, y), (left, low), (right, high) = position, one, other
    across, up = right - left, high - low
    long = across * across + up * up
    along = 0.0 if long == 0 else min(1.0, max(0.0, ((x - left) * across + (y - low) * up) / long))
    return hypot(x - left - along * across, y - low - along * up)


def _shape(name: str, rings: Sequence[Sequence[Position]]) -> Shape:
    path = "".join(f"M{'L'.join(f'{x:.1f},{y:.1f}' for x, y in ring[:-1])}Z" for ring in rings)
    x, y = _middle(rings[0])
    return Shape(name, path, round(x, 1), round(y, 1))


def _middle(ring: Sequence[Position]) -> Position:
    """Where the weight of a ring lies; a line without width has the middle of its corners."""
    area = x = y = 0.0
    for (left, low), (right, high) in pairwise(ring):
        turn = left * high - right * low
        area, x, y = area + turn, x + (left + right) * turn, y + (low + high) * turn
    if abs(area) < 1e-9:
        return sum(one for one, _ in ring) / len(ring), sum(one for _, one in ring) / len(ring)
    return x / (3 * area), y / (3 * area)
