"""The outline of an area and the small map that is drawn of it, and why a file is refused."""

from dataclasses import dataclass

from pb.base.refusals import Refusal

Position = tuple[float, float]
"""East and north in degrees (WGS 84), as GeoJSON has them."""
Ring = tuple[Position, ...]
"""A closed line: the last position is the first again."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the area with its name, such as a postcode; empty where the file names none. Inner rings are holes."""

    name: str
    rings: tuple[Ring, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """A part as it is drawn: the path of an SVG, and where its name stands."""

    name: str
    path: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class SmallMap:
    """The whole drawing. `across` and `down` are its real size in metres; the bar is `bar` long in the drawing and `metres`
    in the world.
    """

    width: int
    height: int
    shapes: tuple[Shape, ...]
    across: int
    down: int
    bar: float
    metres: int


class OutlineRefusal(Refusal):
    """Why a file is not taken: each says what to do."""

    NO_FILE = "outline.no_file"
    TOO_LARGE = "outline.too_large"
    NOT_JSON = "outline.not_json"
    NO_AREA = "outline.no_area"
    NOT_DEGREES = "outline.not_degrees"
    RING_WRONG = "outline.ring_wrong"
    TOO_MANY = "outline.too_many"
    TOO_WIDE = "outline.too_wide"
    TOO_SMALL = "outline.too_small"
