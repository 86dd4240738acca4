"""The frame as JSON and back: what a frame version keeps, and what the manifest hashes."""

import json
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

import cattrs

from pb.rounds.values import Decision, Frame

_converter = cattrs.Converter(forbid_extra_keys=True)
_converter.register_unstructure_hook(datetime, lambda moment: moment.astimezone(UTC).isoformat().replace("+00:00", "Z"))
_converter.register_structure_hook(datetime, lambda text, _: datetime.fromisoformat(text))
_converter.register_unstructure_hook(date, lambda day: day.isoformat())
_converter.register_structure_hook(date, lambda text, _: date.fromisoformat(text))


def frame_to_json(frame: Frame) -> dict[str, Any]:
    """Plain values: moments as `2020-05-27T10:00:00Z`, days as `2020-05-27`, money in cents."""
    plain: dict[str, Any] = _converter.unstructure(frame)
    return plain


@lru_cache(maxsize=256)
def frame_from_text(text: str) -> Frame:
    """The frame that a row holds as text; parsed once, as pages read the same few frames all day."""
    return frame_from_json(json.loads(text))


def frame_from_json(plain: dict[str, Any]) -> Frame:
    """The frame again. Raises `cattrs.BaseValidationError` where the JSON was not written by `frame_to_json`."""
    return _converter.structure(plain, Frame)


def decision_to_json(decision: Decision) -> dict[str, Any]:
    """Plain values, as a request for a second person keeps them."""
    plain: dict[str, Any] = _converter.unstructure(decision)
    return plain


def decision_from_json(plain: dict[str, Any]) -> Decision:
    """The decision again. Raises `cattrs.BaseValidationError` for JSON that was not written by `decision_to_json`."""
    return _converter.structure(plain, Decision)
