"""The manifest's exact bytes, pure: one line of JSON with sorted keys, no spaces, UTF-8."""

import json
from datetime import UTC, datetime
from typing import Any

import cattrs

from pb.base.hashing import tagged_hash
from pb.rounds.codec import frame_from_json, frame_to_json
from pb.rounds.values import Frame
from pb.voting.values import Manifest, PlanWords

MANIFEST_VERSION = "begroot-manifest/1"

_converter = cattrs.Converter(forbid_extra_keys=True)
_converter.register_unstructure_hook(datetime, lambda moment: moment.astimezone(UTC).isoformat().replace("+00:00", "Z"))
_converter.register_structure_hook(datetime, lambda text, _: datetime.fromisoformat(text))
_converter.register_unstructure_hook(Frame, frame_to_json)
_converter.register_structure_hook(Frame, lambda plain, _: frame_from_json(plain))


def manifest_to_bytes(manifest: Manifest) -> bytes:
    """The bytes that are sealed: the same manifest gives the same bytes on every machine."""
    plain: dict[str, Any] = _converter.unstructure(manifest)
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def manifest_from_bytes(content: bytes) -> Manifest:
    """The manifest again. Raises `cattrs.BaseValidationError` or `ValueError` for what is not one."""
    return _converter.structure(json.loads(content), Manifest)


def words_hash(words: PlanWords) -> str:
    """By which the manifest commits to a plan's words: `H("plan", code, title, text)` in hex."""
    return tagged_hash("plan", words.code, words.title, words.text).hex()


def manifest_digest(content: bytes) -> bytes:
    """By which a sealed manifest is named: `H("manifest", bytes)`."""
    return tagged_hash("manifest", content)
