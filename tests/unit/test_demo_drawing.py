"""The demo's pictures: small, whole, each its own, and made of parts that somebody drew."""

from xml.etree import ElementTree

import pytest

from pb.demo.content import DemoPlan, plans, reports
from pb.demo.drawing import colours, draw, parts

SVG = "{http://www.w3.org/2000/svg}"
SCENES = [plan.scene for plan in plans()] + [report.scene for report in reports() if report.scene]


def _tree(drawn: str) -> ElementTree.Element:
    return ElementTree.fromstring(drawn)  # noqa: S314 - drawn by the function under test


@pytest.mark.parametrize("plan", plans(), ids=lambda plan: plan.key)
def test_a_plan_has_a_small_picture_of_its_own_with_words(plan: DemoPlan) -> None:
    drawn = draw(plan.scene)
    assert len(drawn.encode()) < 4000
    assert drawn.startswith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 240">')
    assert [other.key for other in plans() if draw(other.scene) == drawn] == [plan.key]
    assert plan.draft.picture_alt.startswith("Tekening van ")


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene[-1])
def test_a_picture_is_whole(scene: tuple[str, ...]) -> None:
    """It is XML, every colour has its rule, and what is used again is there to be used."""
    root = _tree(draw(scene))
    style = root.findtext(f"{SVG}style") or ""
    painted = {shape.get("class") for shape in root.iter() if shape.get("class")}
    assert painted and all(f".{name}{{" in style for name in painted)
    names = [one.get("id") for one in root.iter() if one.get("id")]
    used = {use.get("href", "").removeprefix("#") for use in root.iter(f"{SVG}use")}
    assert len(names) == len(set(names)) and used <= set(names)


def test_a_scene_keeps_its_order_and_looks_both_ways() -> None:
    drawn = draw(["grass", "tree 40", "person 100 -2", "tree 200"])
    assert (
        drawn.index("translate(40 176)") < drawn.index("translate(100 208) scale(-2 2)") < drawn.index('href="#tree"')
    )


def test_evening_lies_behind_the_ground_and_its_veil_above() -> None:
    drawn = draw(["dusk", "square", "lamp 100"])
    places = [drawn.index(f'class="{name}"') for name in ("night", "slab", "veil", "rod")]
    assert places == sorted(places)
    assert "night" not in draw(["square", "lamp 100"])


def test_two_people_in_a_picture_do_not_look_alike() -> None:
    drawn = draw(["square", "person 100", "person 200"])
    coats = [shape.get("color") for shape in _tree(drawn) if shape.get("color")]
    assert len(set(coats)) == len(coats) == 2


def test_nobody_draws_what_nobody_drew() -> None:
    with pytest.raises(KeyError, match="unicorn"):
        draw(["grass", "unicorn 100"])


def test_no_part_and_no_colour_is_left_over() -> None:
    named = {line.split()[0] for scene in SCENES for line in scene} | {"day", "evening", "veil"}
    assert set(parts()) == named - {"dusk"}
    assert set(colours()) == {name for part in parts().values() for name in part.classes}
