"""The demo's pictures: a scene of named parts becomes a small SVG; pure.

A scene's lines are grounds, by name alone, and parts as `name place size`, back to front. `place` is how far from the
left of 320 the part stands; `size` is 1 unless it is said, and below zero the part looks the other way. `dusk` makes it
evening. What a part looks like stands in `parts.svg`.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PARTS = Path(__file__).parent / "parts.svg"
WIDTH, HEIGHT = 320, 240
DUSK = "dusk"
DAY, EVENING, VEIL = ("day",), ("evening",), ("veil",)
"""What lies behind the grounds, and what an evening lays over them."""
COATS = ("#a63a1e", "#0b5c55", "#3f7c9b", "#d18a1c", "#7d5fa3")
SKINS = ("#e6b58e", "#8d5a3c", "#c98d63")
"""Whoever stands in a picture gets the next coat and the next skin, so that a crowd is not one person."""


@dataclass(frozen=True, slots=True)
class Part:
    """A drawn thing: `foot` is where it stands, counted from the top; its shapes have that point at 0 0."""

    foot: int
    shapes: str

    @property
    def classes(self) -> frozenset[str]:
        """The colours that it is painted with."""
        return frozenset(re.findall(r'class="(\w+)"', self.shapes))


@dataclass(frozen=True, slots=True)
class Placed:
    """A part in a scene; a ground has neither place nor size."""

    name: str
    place: int = 0
    size: float = 1.0


@cache
def parts() -> dict[str, Part]:
    """Every part by its name."""
    found = re.findall(r'^<g id="(\w+)" foot="(\d+)">\n(.+?)\n</g>$', PARTS.read_text(), re.DOTALL | re.MULTILINE)
    return {name: Part(int(foot), shapes) for name, foot, shapes in found}


@cache
def colours() -> dict[str, str]:
    """The rule of every colour by its name."""
    return {rule[1:].partition("{")[0]: rule for rule in re.findall(r"^\.\w+\{.+\}$", PARTS.read_text(), re.MULTILINE)}


def draw(scene: Sequence[str]) -> str:
    """The picture of a scene. Raises `KeyError` for a part that nobody drew."""
    placed = [_placed(line) for line in scene if line != DUSK]
    grounds, things = [one for one in placed if not one.place], [one for one in placed if one.place]
    before, after = (EVENING, VEIL) if DUSK in scene else (DAY, ())
    behind = [*before, *(one.name for one in grounds), *after]
    drawn = "".join(parts()[name].shapes for name in behind) + "".join(_things(things))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f"<style>{_palette(drawn)}</style>{drawn}</svg>"
    )


def name_of(drawn: str) -> str:
    """The name under which a picture is kept: another picture never has it, so browsers may keep it for ever."""
    return hashlib.sha256(drawn.encode()).hexdigest()[:32]


def _placed(line: str) -> Placed:
    name, *numbers = line.split()
    return Placed(name, *(int(number) for number in numbers[:1]), *(float(number) for number in numbers[1:]))


def _things(things: Sequence[Placed]) -> Iterable[str]:
    """Each part where it stands; what stands there twice is drawn once and used again."""
    often, seen = Counter(one.name for one in things), Counter[str]()
    for one in things:
        part, place = parts()[one.name], _where(one) + _dress(one, sum(seen.values()))
        name = f' id="{one.name}"' if often[one.name] > 1 else ""
        shapes = f"<g{name}>{part.shapes}</g>" if name else part.shapes
        yield f'<use href="#{one.name}"{place}/>' if seen[one.name] else f"<g{place}>{shapes}</g>"
        seen[one.name] += 1


def _where(one: Placed) -> str:
    scale = "" if one.size == 1 else f" scale({one.size:g} {abs(one.size):g})"
    return f' transform="translate({one.place} {parts()[one.name].foot}){scale}"'


def _dress(one: Placed, number: int) -> str:
    """Skin is inherited by what has no class of its own, a coat by what says `currentColor`."""
    coat = f' color="{COATS[number % len(COATS)]}"' if "coat" in parts()[one.name].classes else ""
    return coat + (f' fill="{SKINS[number % len(SKINS)]}"' if coat else "")


def _palette(drawn: str) -> str:
    used = dict.fromkeys(re.findall(r'class="(\w+)"', drawn))
    return "".join(colours()[name] for name in used)
