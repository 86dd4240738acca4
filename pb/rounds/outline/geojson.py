"""Reading a GeoJSON file that somebody sends, pure: areas come out, or a reason that says what to do.

Geometry is taken as in RFC 7946: degrees of WGS 84, east before north. Lines and points in the file are passed over.
"""

import json
from collections.abc import Iterator
from math import isfinite
from typing import Any

from pb.base.refusals import Refused
from pb.base.text import clean_line
from pb.rounds.outline.values import OutlineRefusal, Part, Position, Ring

LARGEST = 1024 * 1024
MOST_POSITIONS, MOST_PARTS = 50_000, 60
NAMES = ("postcode", "postcode4", "pc4_code", "pc4", "naam", "name")
"""What files call the property that names a piece: those of the CBS and the Kadaster, and plain words."""
LONGEST_NAME = 24
FURTHEST_EAST, FURTHEST_NORTH = 180.0, 85.0


def read_outline(content: bytes) -> tuple[Part, ...]:
    """The parts of the area in this file. Raises `Refused` with the reason about `file`."""
    if not content:
        raise _refused(OutlineRefusal.NO_FILE)
    if len(content) > LARGEST:
        raise _refused(OutlineRefusal.TOO_LARGE, most=LARGEST // 1024)
    parts = tuple(_parts(_json(content)))
    if not parts:
        raise _refused(OutlineRefusal.NO_AREA)
    positions = sum(len(ring) for part in parts for ring in part.rings)
    if len(parts) > MOST_PARTS or positions > MOST_POSITIONS:
        raise _refused(OutlineRefusal.TOO_MANY)
    return parts


def _refused(refusal: OutlineRefusal, **facts: Any) -> Refused:
    return Refused(refusal(about="file", **facts))


def _json(content: bytes) -> Any:
    """What the file says; one that nests too deep, or holds endless numbers, is none."""
    try:
        return json.loads(content.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise _refused(OutlineRefusal.NOT_JSON) from None


def _no_number(word: str) -> None:
    raise ValueError(word)


def _parts(found: Any) -> Iterator[Part]:
    """The areas of a collection, a feature or a bare geometry. What is something else is passed over."""
    features = found.get("features") if isinstance(found, dict) else None
    for feature in features if isinstance(features, list) else [found]:
        if isinstance(feature, dict):
            bare = feature.get("type") != "Feature"
            yield from _areas(feature if bare else feature.get("geometry"), "" if bare else _name(feature))


def _name(feature: dict[str, Any]) -> str:
    properties = feature.get("properties")
    given = properties if isinstance(properties, dict) else {}
    named = {str(key).lower(): value for key, value in given.items() if isinstance(value, str | int)}
    return next((clean_line(str(named[key]))[:LONGEST_NAME] for key in NAMES if key in named), "")


def _areas(geometry: Any, name: str) -> Iterator[Part]:
    if not isinstance(geometry, dict):
        return
    coordinates = geometry.get("coordinates")
    if geometry.get("type") == "Polygon":
        yield Part(name, _rings(coordinates))
    elif geometry.get("type") == "MultiPolygon":
        for place, polygon in enumerate(_list(coordinates)):
            yield Part(name if place == 0 else "", _rings(polygon))


def _rings(coordinates: Any) -> tuple[Ring, ...]:
    rings = tuple(tuple(_position(one) for one in _list(ring)) for ring in _list(coordinates))
    if not rings:
        raise _refused(OutlineRefusal.RING_WRONG)
    return tuple(_closed(ring) for ring in rings)


def _closed(ring: Ring) -> Ring:
    """The ring with its beginning at its end; less than a triangle encloses nothing."""
    if len(set(ring)) < 3:
        raise _refused(OutlineRefusal.RING_WRONG)
    return ring if ring[0] == ring[-1] else (*ring, ring[0])


def _list(found: Any) -> list[Any]:
    if not isinstance(found, list):
        raise _refused(OutlineRefusal.RING_WRONG)
    return found


def _position(found: Any) -> Position:
    """East and north; a height behind them is passed over. Metres of the Dutch grid are no degrees, and say so."""
    numbers = _list(found)[:2]
    if len(numbers) < 2 or not all(type(one) in {int, float} for one in numbers):
        raise _refused(OutlineRefusal.RING_WRONG)
    east, north = (float(one) if abs(one) < 1e9 else float("inf") for one in numbers)
    if not (isfinite(east + north) and abs(east) <= FURTHEST_EAST and abs(north) <= FURTHEST_NORTH):
        raise _refused(OutlineRefusal.NOT_DEGREES)
    return east, north
