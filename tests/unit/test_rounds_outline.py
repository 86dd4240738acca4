"""From a GeoJSON file that anybody may have made to a small map: hostile files, limits, and a drawing to scale."""

import json
import re
from math import cos, pi, radians, sin
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb.base.refusals import Refused
from pb.rounds.outline import geojson
from pb.rounds.outline.geojson import LARGEST, MOST_PARTS, read_outline
from pb.rounds.outline.rules import METRES, MOST_CORNERS, corner_reasons, simpler, size_reasons, small_map, thinned
from pb.rounds.outline.values import Part, Ring

EAST, NORTH = 4.65, 52.13


def square(side: int, east: int = 0, north: int = 0) -> list[list[float]]:
    """A closed square of so many metres a side; its corner lies so many metres from a point in Alphen."""
    corners = [(0, 0), (side, 0), (side, side), (0, side), (0, 0)]
    return [list(place(east + x, north + y)) for x, y in corners]


def place(east: float, north: float) -> tuple[float, float]:
    return EAST + east / METRES / cos(radians(NORTH)), NORTH + north / METRES


def polygon(*rings: Any) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


def read(found: Any) -> tuple[Part, ...]:
    return read_outline(json.dumps(found).encode())


def refused(content: bytes) -> str:
    with pytest.raises(Refused) as caught:
        read_outline(content)
    (reason,) = caught.value.reasons
    assert reason.about == "file"
    return reason.refusal.value


def as_ring(points: list[list[float]]) -> Ring:
    return tuple((east, north) for east, north in points)


@pytest.mark.parametrize(
    ("found", "names"),
    [
        (polygon(square(500)), [""]),
        (feature(polygon(square(500)), postcode="2405"), ["2405"]),
        (feature(polygon(square(500)), POSTCODE4=2405, naam="Centrum"), ["2405"]),
        (feature(polygon(square(500)), omschrijving="x"), [""]),
        (feature(polygon(square(500)), name=" Oude\u202e\n centrum <b>" + "x" * 40), ["Oude centrum <b>xxxxxxxx"]),
        (
            feature({"type": "MultiPolygon", "coordinates": [[square(500)], [square(90, 700)]]}, name="West"),
            ["West", ""],
        ),
        (
            collection(
                feature(polygon(square(500)), name="A"), feature(None), feature(polygon(square(9, 600)), name="B")
            ),
            ["A", "B"],
        ),
        ({"type": "Feature", "properties": None, "geometry": polygon(square(500))}, [""]),
    ],
)
def test_areas_are_found_with_their_names(found: Any, names: list[str]) -> None:
    assert [part.name for part in read(found)] == names


def test_an_open_ring_is_closed_and_heights_are_passed_over() -> None:
    points = [[*point, 3.5] for point in square(500)[:-1]]
    (part,) = read(polygon(points))
    assert part.rings == (as_ring(square(500)),)


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "outline.no_file"),
        (b" " * (LARGEST + 1), "outline.too_large"),
        (b"postcode;naam", "outline.not_json"),
        (b"\xff\xfe{\x00", "outline.not_json"),
        (b'{"type": "Polygon", "coordinates": [[[NaN, 1], [2, 3], [4, 5]]]}', "outline.not_json"),
        (b"[" * 200_000, "outline.not_json"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "outline.not_json"),
        (b'{"type": "Polygon", "coordinates": [[[' + b"9" * 5_000 + b", 1]]]}", "outline.not_json"),
        (b"null", "outline.no_area"),
        (b'"Polygon"', "outline.no_area"),
        (b"[]", "outline.no_area"),
        (b'{"type": "Point", "coordinates": [4.65, 52.13]}', "outline.no_area"),
        (b'{"type": "FeatureCollection", "features": [1, null, "x", []]}', "outline.no_area"),
        (b'{"type": "FeatureCollection", "features": {"a": 1}}', "outline.no_area"),
        (b'{"type": "Feature", "geometry": "Polygon"}', "outline.no_area"),
    ],
)
def test_files_that_hold_no_area_say_what_to_do(content: bytes, key: str) -> None:
    assert refused(content) == key


@pytest.mark.parametrize(
    ("coordinates", "key"),
    [
        (None, "outline.ring_wrong"),
        ([], "outline.ring_wrong"),
        ([[]], "outline.ring_wrong"),
        ([[[4.65, 52.13], [4.66, 52.13], [4.65, 52.13]]], "outline.ring_wrong"),
        ([4.65, 52.13], "outline.ring_wrong"),
        ([[["4.65", "52.13"]]], "outline.ring_wrong"),
        ([[[True, False], [4, 5], [6, 7]]], "outline.ring_wrong"),
        ([[[4.65]]], "outline.ring_wrong"),
        ([[[[[4.65, 52.13]]]]], "outline.ring_wrong"),
        ([[[104_500, 459_300], [104_900, 459_300], [104_900, 459_900]]], "outline.not_degrees"),
        ([[[4.65, 85.1], [4.66, 52.13], [4.66, 52.14]]], "outline.not_degrees"),
        ([[[10**400, 52.1], [4.66, 52.13], [4.66, 52.14]]], "outline.not_degrees"),
    ],
)
def test_areas_that_are_not_whole_say_what_to_do(coordinates: Any, key: str) -> None:
    assert refused(json.dumps({"type": "Polygon", "coordinates": coordinates}).encode()) == key


def test_too_much_is_refused_before_it_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    many = [feature(polygon(square(9, 12 * place))) for place in range(MOST_PARTS + 1)]
    assert refused(json.dumps(collection(*many)).encode()) == "outline.too_many"
    assert len(read(collection(*many[:-1]))) == MOST_PARTS
    monkeypatch.setattr(geojson, "MOST_POSITIONS", 4)
    assert refused(json.dumps(polygon(square(500))).encode()) == "outline.too_many"


@pytest.mark.parametrize(
    ("side", "key"), [(20, ["outline.too_small"]), (31, []), (59_000, []), (61_000, ["outline.too_wide"])]
)
def test_a_neighbourhood_has_the_size_of_one(side: int, key: list[str]) -> None:
    assert [reason.refusal.value for reason in size_reasons(read(polygon(square(side))))] == key


def test_a_line_is_no_neighbourhood() -> None:
    flat = [[EAST + step / 100, NORTH] for step in range(4)]
    assert [reason.refusal.value for reason in size_reasons(read(polygon(flat)))] == ["outline.too_small"]


def circle(corners: int, radius: float = 500, wobble: float = 0) -> list[list[float]]:
    points = []
    for step in range(corners):
        far, turn = radius + wobble * (step % 2), 2 * pi * step / corners
        points.append(list(place(far * cos(turn), far * sin(turn))))
    return points


def test_a_drawing_has_no_more_corners_than_it_shows() -> None:
    parts = simpler(thinned(read(polygon(circle(20_000)))))
    assert 20 < len(parts[0].rings[0]) < 120
    farthest = max(abs(abs(north - NORTH) * METRES) for _, north in parts[0].rings[0])
    assert 495 < farthest <= 500.01


def test_what_cannot_be_drawn_small_is_refused() -> None:
    shaggy = thinned(read(polygon(circle(MOST_CORNERS + 2, wobble=400))))
    assert [reason.refusal.value for reason in corner_reasons(shaggy)] == ["outline.too_many"]
    assert corner_reasons(thinned(read(polygon(circle(20_000))))) == []


def test_dots_and_pinholes_are_left_out_and_ponds_stay() -> None:
    found = read(
        collection(
            feature(polygon(square(1000), square(300, 100, 100), square(1, 600, 600)), name="A"),
            feature(polygon(square(1, 1100)), name="B"),
        )
    )
    parts = simpler(thinned(found))
    assert [part.name for part in parts] == ["A"] and len(parts[0].rings) == 2


def test_the_map_is_to_scale_with_north_up() -> None:
    drawn = small_map(read(feature(polygon(square(1000, 0, 0), square(200, 400, 400)), name="2405")))
    assert (drawn.width, drawn.height, drawn.across, drawn.down) == (320, 320, 1000, 1000)
    assert drawn.metres == 250 and drawn.bar == pytest.approx(73)
    (shape,) = drawn.shapes
    assert shape.path.startswith("M14.0,306.0L306.0,306.0L306.0,14.0L14.0,14.0Z") and shape.path.count("M") == 2
    assert (shape.name, shape.x, shape.y) == ("2405", 160.0, 160.0)


def test_a_long_area_is_drawn_long() -> None:
    ring = [list(place(x, y)) for x, y in ((0, 0), (2000, 0), (2000, 500), (0, 500))]
    drawn = small_map(read(polygon(ring)))
    assert (drawn.width, drawn.height, drawn.across, drawn.down) == (320, 101, 2000, 500)


@given(st.lists(st.tuples(st.integers(-900, 900), st.integers(-900, 900)), min_size=3, max_size=30, unique=True))
def test_whatever_shape_stays_inside_the_drawing(points: list[tuple[int, int]]) -> None:
    parts = read(polygon([list(place(*point)) for point in points]))
    if size_reasons(parts):
        return
    parts = simpler(thinned(parts))
    drawn = small_map(parts) if parts else None
    for shape in drawn.shapes if drawn else ():
        assert drawn is not None
        corners = [(float(x), float(y)) for x, y in re.findall(r"([-\d.]+),([-\d.]+)", shape.path)]
        assert all(0 <= x <= drawn.width + 1 and 0 <= y <= drawn.height + 1 for x, y in corners)


def test_the_demos_own_outline_is_drawn() -> None:
    from pb.demo.acts.load import OUTLINE

    drawn = small_map(simpler(thinned(read_outline(OUTLINE.read_bytes()))))
    assert [shape.name for shape in drawn.shapes] == ["2405", "2406"] and drawn.shapes[0].y < drawn.shapes[1].y
