"""What differs between two frames, field by field: pure."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from pb.rounds.rules import moments_of
from pb.rounds.values import Change, Frame


def differences(old: Frame, new: Frame) -> tuple[Change, ...]:
    """Every setting that is not the same, in the order of the frame; moments as `vote.closes`, parts as `ballot.kind`."""
    before, after = dict(_flat(old)), dict(_flat(new))
    names = list(dict.fromkeys([*before, *after]))
    return tuple(
        Change(name, before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)
    )


def _flat(frame: Frame) -> Iterator[tuple[str, Any]]:
    for field in fields(frame):
        value = getattr(frame, field.name)
        if field.name == "calendar":
            yield from moments_of(value).items()
        else:
            yield from _parts(field.name, value)


def _parts(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    """A setting, or each setting of a part, as far down as there are parts."""
    if not is_dataclass(value):
        yield name, value
        return
    for part in fields(value):
        yield from _parts(f"{name}.{part.name}", getattr(value, part.name))
