"""Rounds of every kind verify: money in pots, small groups, sign-in, a drawn lot, nobody at all; and half a publication."""

from dataclasses import replace
from pathlib import Path

import pytest

from pb.roll.values import CredentialKind, StyleCount
from pb.rounds.values import BallotKind, BallotRule, CountingRule, Frame, LotBy, Misfit, Pot, PotKind, Theme, TieRule
from pb.voting.protocol import manifest_leaf, note_leaf
from pb.voting.values import Addition, Extension
from tests.bundles import Maker, Scene, a_scene, public, rewritten, write_files
from tests.factories import a_frame
from tests.tampering import failing, keys
from tests.verifier import verify

THEMES = (Pot("groen", "Groen", 20_000_00), Pot("straat", "Straat", 10_000_00))
AREAS = (Pot("noord", "Noord", 20_000_00, ("2405",)), Pot("zuid", "Zuid", 10_000_00, ("2406",)))
IN_POTS = {"bank": 1, "bomen": 0, "kas": 0, "tuin": 0, "water": 1}


def answers(scene: Scene, folder: Path) -> dict[str, str]:
    """What each check answers about the public files of a scene."""
    write_files(folder, public(scene.files()))
    return {one["check"]: one["answer"] for one in verify.verify(folder)}


def in_pots(kind: PotKind, pots: tuple[Pot, ...]) -> Frame:
    """A frame with money in pots."""
    themes = tuple(Theme(pot.code, pot.name) for pot in pots) if kind is PotKind.THEME else ()
    return a_frame(pot_kind=kind, pots=pots, themes=themes)


@pytest.mark.parametrize("misfit", Misfit)
@pytest.mark.parametrize("tie", TieRule)
@pytest.mark.parametrize("voters", [8, 23, 60])
def test_a_round_with_one_pot(tmp_path: Path, voters: int, misfit: Misfit, tie: TieRule) -> None:
    frame = a_frame(counting=CountingRule(misfit=misfit, tie=tie))
    assert set(answers(a_scene(voters, frame, chance=voters), tmp_path).values()) == {"ok"}


def test_a_round_in_which_people_choose_up_to_two(tmp_path: Path) -> None:
    maker = Maker(a_frame(ballot=BallotRule(BallotKind.UP_TO, 2)))
    people = [maker.code() for _ in range(6)]
    maker.seal()
    for h in people:
        maker.vote(h, "kas", "tuin")
    assert set(answers(maker.close(), tmp_path / "well").values()) == {"ok"}
    maker.vote(people[0], "kas", "tuin", "bank")
    maker.leaves.pop()
    maker.batches.pop()
    assert keys(write_files(tmp_path / "ill", maker.close().files()))["V7"] == "ballot.many"


def test_a_round_with_pots_for_themes(tmp_path: Path) -> None:
    maker = Maker(in_pots(PotKind.THEME, THEMES), {plan: THEMES[at].code for plan, at in IN_POTS.items()})
    people = [maker.code() for _ in range(9)]
    maker.seal()
    for at, h in enumerate(people):
        maker.vote(h, *[("bank", "bomen"), ("kas",), ("water",)][at % 3])
    assert set(answers(maker.close(), tmp_path).values()) == {"ok"}


def areas(north: int, south: int) -> Maker:
    """A vote in two areas, each with its own money."""
    maker = Maker(in_pots(PotKind.AREA, AREAS), {plan: AREAS[at].code for plan, at in IN_POTS.items()})
    people = [(maker.code("noord"), "kas") for _ in range(north)] + [(maker.code("zuid"), "bank") for _ in range(south)]
    maker.code("noord")
    maker.code("zuid")
    maker.seal()
    for h, plan in people:
        maker.vote(h, plan)
    return maker


def test_a_round_with_pots_for_areas(tmp_path: Path) -> None:
    assert set(answers(areas(7, 5).close(), tmp_path).values()) == {"ok"}


@pytest.mark.parametrize(("north", "south"), [(7, 1), (7, 4), (2, 9), (3, 3)])
def test_few_ballots_of_an_area_are_withheld(tmp_path: Path, north: int, south: int) -> None:
    scene = areas(north, south).close()
    few = {name for name, number in (("noord", north), ("zuid", south)) if number < 5}
    assert scene.shown().withheld == {name: {"noord": north, "zuid": south}[name] for name in few}
    found = answers(scene, tmp_path)
    assert found.pop("V11") == "unchecked" and set(found.values()) == {"ok"}
    assert {path.name for path in tmp_path.glob("*.pb")} == {
        f"votes-{pot.code}.pb" for pot in AREAS if pot.code not in few
    }


def test_what_is_withheld_cannot_grow(tmp_path: Path) -> None:
    scene = areas(7, 3).close()
    hidden = replace(scene.shown(), withheld={"zuid": 3, "noord": 1})
    shown = replace(hidden, ballots=hidden.ballots[1:])
    assert "V9" in failing(tmp_path, scene.signed(replace(scene, ballots=shown.ballots).files(), shown))


def overlapping(numbers: dict[str, int]) -> Scene:
    """A vote in which ballot styles share a pot, as in a choice of areas."""
    styles = {"a": ("groen",), "ab": ("groen", "straat"), "b": ("straat",), "c": ("lucht",)}
    pots = (*THEMES, Pot("lucht", "Lucht", 5_000_00))
    maker = Maker(
        in_pots(PotKind.THEME, pots), {plan: THEMES[at].code for plan, at in IN_POTS.items()} | {"vlag": "lucht"}
    )
    plan_of = {"a": "bomen", "ab": "bank", "b": "water", "c": "vlag"}
    people = [(maker.code(style), plan_of[style]) for style, number in numbers.items() for _ in range(number)]
    maker.seal({"bank": 4_200_00, "bomen": 9_500_00, "kas": 14_000_00, "water": 2_000_00, "vlag": 1_000_00})
    assert maker.manifest
    counts = {style: StyleCount(numbers.get(style, 0), 0) for style in styles}
    maker.manifest = replace(maker.manifest, styles=styles, credentials=counts)
    maker.leaves, maker.batches = [], []
    for h, plan in people:
        maker.vote(h, plan)
    scene = maker.close()
    return rewritten(scene, [manifest_leaf(scene.content), *scene.leaves])


@pytest.mark.parametrize(
    ("numbers", "groups", "withheld"),
    [
        ({"a": 5, "ab": 6, "b": 7, "c": 8}, {}, {}),
        ({"a": 2, "ab": 6, "b": 7}, {"a+ab": ("a", "ab")}, {}),
        ({"a": 6, "ab": 4, "b": 6}, {"a+ab": ("a", "ab")}, {}),
        ({"a": 2, "ab": 2, "b": 7}, {"a+ab+b": ("a", "ab", "b")}, {}),
        ({"a": 1, "ab": 1, "b": 1}, {}, {"a": 1, "ab": 1, "b": 1}),
        ({"a": 6, "b": 4, "c": 1}, {}, {"b": 4, "c": 1}),
        ({"a": 6, "ab": 6, "c": 4}, {}, {"c": 4}),
        ({}, {}, {}),
    ],
)
def test_few_ballots_are_shown_with_their_neighbours(
    tmp_path: Path, numbers: dict[str, int], groups: dict[str, tuple[str, ...]], withheld: dict[str, int]
) -> None:
    scene = overlapping(numbers)
    shown = scene.shown()
    assert (shown.groups, shown.withheld) == (groups, withheld)
    assert {ballot.style for ballot in shown.ballots} == {
        next((name for name, members in groups.items() if style in members), style)
        for style in numbers.keys() - withheld.keys()
    }
    found = answers(scene, tmp_path)
    assert found.pop("V11") == ("unchecked" if withheld else "ok") and set(found.values()) == {"ok"}


@pytest.mark.parametrize(("paper", "channels"), [(0, {"web"}), (1, {"all"}), (4, {"all"}), (5, {"web", "paper"})])
def test_a_channel_with_few_ballots_is_not_told(tmp_path: Path, paper: int, channels: set[str]) -> None:
    maker = Maker()
    people = [maker.code() for _ in range(12)]
    maker.seal()
    for at, h in enumerate(people):
        maker.vote(h, "bank", channel="paper" if at < paper else "web")
    scene = maker.close()
    assert {ballot.channel for ballot in scene.shown().ballots} == channels
    assert set(answers(scene, tmp_path).values()) == {"ok"}


def drawn(*order: str) -> Scene:
    """A round in which two plans are equal, and people drew lots by hand."""
    maker = Maker(a_frame(total=16_000_00, counting=CountingRule(tie=TieRule.LOT, lot=LotBy.HAND)))
    people = [maker.code() for _ in range(6)]
    maker.seal()
    for at, h in enumerate(people):
        maker.vote(h, ("kas", "tuin")[at % 2])
    maker.draw(*order)
    return maker.close()


def test_a_drawn_lot_takes_the_place_of_the_seed(tmp_path: Path) -> None:
    scene = drawn("tuin", "kas", "bank", "bomen", "water")
    assert scene.ledger().winners == ("tuin",)
    assert set(answers(scene, tmp_path).values()) == {"ok"}


@pytest.mark.parametrize("choices", [None, ()])
def test_nobody_voted_or_all_left_it_blank(tmp_path: Path, choices: tuple[str, ...] | None) -> None:
    maker = Maker()
    people = [maker.code() for _ in range(6)]
    maker.seal()
    for h in people if choices is not None else []:
        maker.vote(h, *choices or ())
    assert set(answers(maker.close(), tmp_path).values()) == {"ok"}


def test_a_sign_in_is_taken_on_trust(tmp_path: Path) -> None:
    maker = Maker()
    people = [maker.code() for _ in range(8)]
    maker.seal()
    maker.add([note_leaf(Addition(maker.at(1), "2405", 2, "Verhuisd"))])
    for _ in range(5):
        maker.login("bank")
    for h in people[:3]:
        maker.vote(h, "kas")
    found = answers(maker.close(), tmp_path)
    assert (found.pop("V8"), found.pop("V9")) == ("unchecked", "unchecked") and set(found.values()) == {"ok"}


def test_an_extension_is_an_amendment(tmp_path: Path) -> None:
    maker = Maker()
    people = [maker.code() for _ in range(5)]
    maker.seal()
    assert maker.manifest
    maker.add([note_leaf(Extension(maker.at(5), maker.manifest.closes, maker.manifest.closes, "Storing"))])
    for h in people:
        maker.vote(h, "kas")
    assert set(answers(maker.close(), tmp_path).values()) == {"ok"}


def test_a_chain_of_lost_letters(tmp_path: Path) -> None:
    maker = Maker()
    people = [maker.code() for _ in range(6)]
    spares = [maker.code(kind=CredentialKind.SPARE) for _ in range(3)]
    maker.seal()
    for h in people:
        maker.vote(h, "kas")
    maker.reissue(people[0], spares[0])
    maker.reissue(spares[0], spares[1])
    maker.vote(spares[1], "bank")
    maker.reissue(spares[1], spares[2])
    scene = maker.close()
    assert set(answers(scene, tmp_path).values()) == {"ok"}


PUBLIC_SOON = ("manifest.json", "plans.json", "log.txt", "credentials.txt", "spent.txt", "replaced.txt")


def test_what_is_public_before_the_result_can_be_checked(tmp_path: Path) -> None:
    files = a_scene().files()
    write_files(tmp_path, {name: files[name] for name in PUBLIC_SOON})
    found = {one["check"]: one["answer"] for one in verify.verify(tmp_path)}
    assert {check for check, answer in found.items() if answer == "unchecked"} == {"V6", "V7", "V9", "V11"}
    assert "failed" not in found.values()


def test_a_running_vote_can_be_checked_too(tmp_path: Path) -> None:
    scene = a_scene()
    running = rewritten(scene, scene.leaves[:-1]).files()
    write_files(tmp_path, {name: running[name] for name in ("manifest.json", "log.txt")})
    found = keys(tmp_path)
    assert found["V5"] == "log.open" and [found[f"V{at}"] for at in (1, 2, 3, 4)] == [
        f"V{at}.ok" for at in (1, 2, 3, 4)
    ]
