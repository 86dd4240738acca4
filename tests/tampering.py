"""A round's public files and hands that change them, for tests: each hand gives a function from text to text."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.bundles import a_scene, write_files
from tests.verifier import verify

Files = dict[str, bytes]
Edit = Callable[[str], str]

SCENE = a_scene()
FILES = SCENE.files()


def failing(folder: Path, files: Files) -> dict[str, str]:
    """The checks that fail, each with its sentence."""
    found = list(verify.verify(write_files(folder, files)))
    assert [one["check"] for one in found] == [f"V{number}" for number in range(1, 14)]
    assert all(
        one["text"] and "{" not in one["text"].replace("{}", "") for one in found if not one["key"].startswith("count.")
    )
    return {one["check"]: one["text"] for one in found if one["answer"] == "failed"}


def keys(folder: Path) -> dict[str, str]:
    """The key of every check's answer about the files in a folder."""
    return {one["check"]: one["key"] for one in verify.verify(folder)}


def edited(name: str, edit: Edit) -> Files:
    """The files with another content of one of them."""
    before = FILES[name].decode()
    after = edit(before)
    assert after != before, "nothing was changed"
    return FILES | {name: after.encode()}


def _places(text: str, pattern: str) -> tuple[list[str], list[int]]:
    lines = text.split("\n")
    found = [at for at, line in enumerate(lines) if re.fullmatch(pattern, line)]
    assert found, f"no line like {pattern}"
    return lines, found


def replaced(pattern: str, by: Any) -> Edit:
    """The first piece of text like this becomes another."""
    return lambda text: re.sub(pattern, by, text, count=1)


def dropped(pattern: str, which: int = 0) -> Edit:
    """A line like this is left out."""

    def edit(text: str) -> str:
        lines, found = _places(text, pattern)
        del lines[found[which]]
        return "\n".join(lines)

    return edit


def added(pattern: str, line: Edit) -> Edit:
    """Another line stands behind the first one like this."""

    def edit(text: str) -> str:
        lines, found = _places(text, pattern)
        lines.insert(found[0] + 1, line(text))
        return "\n".join(lines)

    return edit


def swapped(pattern: str, one: int, other: int) -> Edit:
    """Two lines like this are in each other's place."""

    def edit(text: str) -> str:
        lines, found = _places(text, pattern)
        a, b = found[one], found[other]
        lines[a], lines[b] = lines[b], lines[a]
        return "\n".join(lines)

    return edit


def first(pattern: str) -> Edit:
    """The first line like this."""

    def edit(text: str) -> str:
        lines, found = _places(text, pattern)
        return lines[found[0]]

    return edit
