"""Areas and age bands, merged until none is so small that turnout says something about a person; pure."""

from collections import Counter
from collections.abc import Iterable

SMALLEST = 50
BANDS = ((0, 17), (18, 24), (25, 34), (35, 49), (50, 64), (65, 79), (80, 120))
"""Age bands, both ends included."""


def merged_areas(areas: Iterable[str]) -> dict[str, str]:
    """Area of each person → area that is shown. The smallest ones go together until none is below `SMALLEST`.

    >>> merged_areas(["A"] * 60 + ["B"] * 30 + ["C"] * 25)["B"]
    'B + C'
    """
    groups = [({area}, people) for area, people in Counter(areas).items()]
    while len(groups) > 1:
        groups.sort(key=lambda group: (group[1], sorted(group[0])))
        if groups[0][1] >= SMALLEST:
            break
        (first, people), (second, more) = groups[:2]
        groups[:2] = [(first | second, people + more)]
    return {area: " + ".join(sorted(group)) for group, _ in groups for area in group}


def merged_bands(ages: Iterable[int]) -> dict[int, str]:
    """Age of each person → band that is shown, such as `18-34`. A band that is too small joins a neighbour."""
    people = Counter(ages)
    bands = [[low, high, sum(people[age] for age in range(low, high + 1))] for low, high in BANDS]
    bands = _joined([band for band in bands if band[2]])
    return {age: f"{low}-{high}" for low, high, _ in bands for age in people if low <= age <= high}


def _joined(bands: list[list[int]]) -> list[list[int]]:
    """The smallest band joins its smaller neighbour until none is below `SMALLEST`."""
    while len(bands) > 1:
        at = min(range(len(bands)), key=lambda place: bands[place][2])
        if bands[at][2] >= SMALLEST:
            break
        beside = [place for place in (at - 1, at + 1) if 0 <= place < len(bands)]
        other = min(beside, key=lambda place: bands[place][2])
        first, second = sorted((at, other))
        bands[first : second + 1] = [[bands[first][0], bands[second][1], bands[first][2] + bands[second][2]]]
    return bands
