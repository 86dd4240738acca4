"""A draw by hand, left out, doubled, changed, made too early, or made where the rules ask for none: V11 says so."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pb.rounds.values import CountingRule, LotBy, TieRule
from pb.voting.protocol import note_leaf, read_note
from pb.voting.values import Extension, Leaf, LeafKind, LotDrawn
from tests.bundles import Scene, resealed
from tests.tampering import Files, failing, keys
from tests.verifying.test_operator import exchanged, inserted, kinds, without
from tests.verifying.test_rounds import drawn

SCENE = drawn("tuin", "kas", "bank", "bomen", "water")
BY_SEED = resealed(SCENE, frame=replace(SCENE.manifest.frame, counting=CountingRule(tie=TieRule.LOT)))


def lot(scene: Scene = SCENE) -> tuple[int, LotDrawn]:
    """Where the draw stands, and what it says."""
    place = kinds(scene, LeafKind.LOT)[0]
    note = read_note(scene.leaves[place])
    assert isinstance(note, LotDrawn)
    return place, note


def with_draw(**changes: object) -> Scene:
    """The draw with changes, the count as it was."""
    place, note = lot()
    return exchanged(SCENE, place, note_leaf(replace(note, **changes)))  # type: ignore[arg-type]


def extended() -> Scene:
    """The vote closes later than it was drawn."""
    later = SCENE.manifest.closes + timedelta(days=1)
    place, note = lot()
    extension: Leaf = note_leaf(Extension(note.at - timedelta(days=2), later, later, "Storing"))
    return exchanged(SCENE, place, extension, SCENE.leaves[place])


def behind_the_closing() -> Scene:
    """The draw as the very last leaf, which V5 sees."""
    return exchanged(without(SCENE, LeafKind.LOT), -1, SCENE.leaves[-1], SCENE.leaves[lot()[0]])


def counted_by_seed() -> Scene:
    """The draw is hidden, and the outcome is that of the seed."""
    return replace(without(SCENE, LeafKind.LOT), lot=())


def counted_anew(scene: Scene) -> Scene:
    """The outcome follows the draw that stands in the log now."""
    return replace(scene, lot=lot(scene)[1].order)


CHEATS: dict[str, tuple[Callable[[], Scene], str]] = {
    "left out": (lambda: without(SCENE, LeafKind.LOT), "lot.number"),
    "left out, and counted by the seed": (counted_by_seed, "lot.number"),
    "there twice": (lambda: inserted(SCENE, SCENE.leaves[lot()[0]]), "lot.number"),
    "two that differ": (lambda: inserted(SCENE, note_leaf(replace(lot()[1], order=lot()[1].order[::-1]))), "lot.number"),
    "the winner changed": (lambda: with_draw(order=("kas", "tuin", "bank", "bomen", "water")), "count.step"),
    "plans without votes swapped": (lambda: with_draw(order=("tuin", "kas", "bomen", "bank", "water")), "count.step"),
    "a plan dropped": (lambda: with_draw(order=lot()[1].order[:-1]), "lot.order"),
    "a plan added": (lambda: with_draw(order=(*lot()[1].order, "school")), "lot.order"),
    "a plan twice": (lambda: with_draw(order=(*lot()[1].order[:-1], "kas")), "lot.order"),
    "nothing drawn": (lambda: with_draw(order=()), "lot.order"),
    "made while people voted": (lambda: with_draw(at=SCENE.manifest.closes - timedelta(seconds=1)), "lot.early"),
    "made before an extended closing": (extended, "lot.early"),
    "made though the rules ask for none": (lambda: BY_SEED, "lot.number"),
    "behind the closing": (behind_the_closing, "V11.ok"),
}  # fmt: skip


@pytest.mark.parametrize("what", CHEATS)
def test_an_operator_with_every_key(tmp_path: Path, what: str) -> None:
    make, key = CHEATS[what]
    found = failing(tmp_path, make().files())
    assert keys(tmp_path)["V11"] == key and ("V11" in found or "V5" in found), found
    assert not {"V2", "V3", "V4"} & found.keys()


def test_nobody_can_tell_a_draw_that_was_written_and_counted_otherwise(tmp_path: Path) -> None:
    """Who holds every key can write another order and count by it: the people at the draw are the check on that."""
    other = with_draw(order=("kas", "tuin", "bank", "bomen", "water"))
    assert failing(tmp_path, counted_anew(other).files()) == {}


def edited(pattern: str, by: str) -> Files:
    """The files with another log, as anybody can make them."""
    files = SCENE.files()
    log = re.sub(pattern, by, files["log.txt"].decode(), count=1)
    assert log.encode() != files["log.txt"]
    return files | {"log.txt": log.encode()}


ROWS = {
    "changed": (r'\["tuin","kas"', '["kas","tuin"', {"V3", "V4", "V11", "V13"}),
    "dropped": (r"(?m)^lot .*\n", "", {"V3", "V4", "V11", "V13"}),
    "doubled": (r"(?m)^(lot .*\n)", r"\1\1", {"V3", "V4", "V11", "V13"}),
    "swapped with its head": (r"(?m)^(lot .*\n)(head .*\n)", r"\2\1", {"V13"}),
    "told otherwise": ("buurthuis", "gemeentehuis", {"V3", "V4", "V13"}),
    "not a list": (r'"order":\[[^]]*\]', '"order":"tuin"', {"V13"}),
}


@pytest.mark.parametrize("what", ROWS)
def test_the_row_of_the_draw(tmp_path: Path, what: str) -> None:
    pattern, by, wanted = ROWS[what]
    raw = edited(pattern, by)
    assert wanted <= failing(tmp_path / "raw", raw).keys()
    assert failing(tmp_path / "signed", SCENE.signed(raw)), "whoever signs the totals anew has not signed the log"


def test_the_frame_says_by_whom_it_is_drawn(tmp_path: Path) -> None:
    assert SCENE.manifest.frame.counting.lot is LotBy.HAND
    assert failing(tmp_path, SCENE.files()) == {}
