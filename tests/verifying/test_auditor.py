"""Ballots that only the auditor sees: what everyone can still check, what the auditor can, and hands that change the file."""

import base64
import json
import random
from dataclasses import replace
from pathlib import Path

import pytest
from nacl.signing import SigningKey

from pb.counting.rules import RuleName
from pb.rounds.values import BallotKind, Openings
from pb.voting.protocol import manifest_leaf, manifest_to_bytes
from pb.voting.publication import AUDITORS, BALLOTS
from tests.bundles import LOG_KEY, ROUND, Scene, a_scene, public, write_files
from tests.tampering import Edit, Files, added, dropped, failing, replaced, swapped
from tests.verifier import verify
from tests.verifying.test_counting import RULES, scene_by
from tests.verifying.test_rounds import PUBLIC_SOON, areas, overlapping

OPEN_TO_ALL = {"V1", "V2", "V3", "V4", "V5", "V8", "V10", "V12"}
"""What is checked as always where only the auditor has the ballots."""


def closed(scene: Scene) -> Scene:
    """The same vote under a frame by which only the auditor sees the ballots."""
    manifest = replace(scene.manifest, frame=replace(scene.manifest.frame, openings=Openings.AUDITOR))
    leaves = (manifest_leaf(manifest_to_bytes(manifest)), *scene.leaves[1:])
    return replace(scene, manifest=manifest, leaves=leaves)


SCENE, FEW = closed(a_scene()), areas(7, 3).close()
FILES = SCENE.files()
SETS = {"all": (SCENE, FILES), "few": (FEW, FEW.files())}


def found(folder: Path, files: Files) -> dict[str, tuple[str, str]]:
    """Answer and key of each check."""
    return {one["check"]: (one["answer"], one["key"]) for one in verify.verify(write_files(folder, files))}


def test_nothing_of_a_ballot_is_public() -> None:
    assert public(FILES).keys() == {*PUBLIC_SOON, "outcome.json", "opened.json"}
    shown = b"".join(public(FILES).values()).decode()
    assert all(ballot.nonce.hex() not in shown for ballot in SCENE.ballots)
    assert FILES[AUDITORS] == a_scene().files()[BALLOTS], "it has the form of the public one"
    few = b"".join(public(SETS["few"][1]).values()).decode()
    south = [ballot for ballot in FEW.ballots if ballot.style == "zuid"]
    assert south and all(ballot.nonce.hex() not in few for ballot in south)


def test_what_everyone_can_check(tmp_path: Path) -> None:
    answers = found(tmp_path, public(FILES))
    assert {check for check, (answer, _) in answers.items() if answer == "ok"} == OPEN_TO_ALL
    assert {answers[check] for check in answers.keys() - OPEN_TO_ALL} == {("unchecked", "openings.auditor")}


def test_before_the_result_it_is_said_too(tmp_path: Path) -> None:
    answers = found(tmp_path, {name: FILES[name] for name in PUBLIC_SOON})
    assert answers["V6"] == ("unchecked", "openings.auditor") and "failed" not in {one for one, _ in answers.values()}


@pytest.mark.parametrize("which", SETS)
def test_the_auditor_checks_everything(tmp_path: Path, which: str) -> None:
    assert {answer for answer, _ in found(tmp_path, SETS[which][1]).values()} == {"ok"}


@pytest.mark.parametrize("voters", [8, 23, 40])
def test_so_with_any_number_of_voters(tmp_path: Path, voters: int) -> None:
    files = closed(a_scene(voters, chance=voters)).files()
    assert {answer for answer, _ in found(tmp_path / "auditor", files).values()} == {"ok"}
    assert "failed" not in {answer for answer, _ in found(tmp_path / "everyone", public(files)).values()}


@pytest.mark.parametrize(
    "numbers", [{"a": 2, "ab": 6, "b": 7}, {"a": 6, "b": 4, "c": 1}, {"a": 1, "ab": 1, "b": 1}, {}]
)
@pytest.mark.parametrize("openings", Openings)
def test_so_with_small_groups(tmp_path: Path, numbers: dict[str, int], openings: Openings) -> None:
    scene = closed(overlapping(numbers)) if openings is Openings.AUDITOR else overlapping(numbers)
    assert {answer for answer, _ in found(tmp_path / "auditor", scene.files()).values()} == {"ok"}
    assert "failed" not in {answer for answer, _ in found(tmp_path / "everyone", public(scene.files())).values()}


BALLOT, TO_ALL = r"all,.*", r"zuid,.*"
"""A row of the file for all ballots, and of the one for a small group."""


def cheats(row: str) -> list[tuple[str, Edit, str]]:
    """What is done to the auditor's file, and the check that notices although everything is signed anew."""
    return [
        ("choices changed", replaced(r"([0-9a-f]{64}),(?:[a-z]*|\"[^\"]*\")\n", r"\1,tuin\n"), "V6"),
        ("nonce changed", replaced("(?m)(,[0-9a-f]{64},)[0-9a-f]{64}", r"\g<1>" + "0" * 64), "V6"),
        ("hash changed", replaced("(?m)^([a-z]+,[a-z]+,)[0-9a-f]{64}", r"\g<1>" + "0" * 64), "V6"),
        ("style changed", replaced("(?m)^(all|zuid),", "elders,"), "V7"),
        ("channel changed", replaced("(?m)^(all|zuid),[a-z]+,", r"\g<1>,fax,"), "V13"),
        ("row dropped", dropped(row), "V9"),
        ("row added", added(row, lambda text: text.split("\n")[1]), "V6"),
        ("rows swapped", swapped(row, 0, 1), "V13"),
        ("columns renamed", replaced("style,channel", "style,door"), "V13"),
        ("no end of the line", replaced(r"\n$", ""), "V13"),
    ]


CASES = [(which, *case) for which, row in (("all", BALLOT), ("few", TO_ALL)) for case in cheats(row)]


@pytest.mark.parametrize(
    ("which", "edit", "check"), [(a, c, d) for a, _, c, d in CASES], ids=[f"{a}: {b}" for a, b, *_ in CASES]
)
def test_the_file_of_the_auditor_changed(tmp_path: Path, which: str, edit: Edit, check: str) -> None:
    scene, files = SETS[which]
    other = edit(files[AUDITORS].decode()).encode()
    assert other != files[AUDITORS]
    assert "V13" in failing(tmp_path / "raw", files | {AUDITORS: other})
    assert check in failing(tmp_path / "signed", scene.signed(files | {AUDITORS: other}))


def opened_with(files: Files, **changes: object) -> Files:
    """The files with other words in `opened.json`, signed anew."""
    plain = json.loads(files["opened.json"]) | changes
    del plain["signature"]
    signature = SigningKey(LOG_KEY).sign(verify.fields("opened", ROUND, verify.canonical(plain))).signature
    content = plain | {"signature": base64.b64encode(signature).decode()}
    return files | {"opened.json": verify.canonical(content).encode()}


def outcome_with(key: str, value: object) -> Files:
    """The files with another outcome, signed anew."""
    plain = json.loads(FILES["outcome.json"])
    assert plain[key] != value
    text = json.dumps(plain | {key: value}, sort_keys=True, indent=2, ensure_ascii=True) + "\n"
    return SCENE.signed(FILES | {"outcome.json": text.encode()})


def closed_too_late() -> Files:
    """An operator who opens nothing although the frame wants the ballots to be public."""
    scene = a_scene()
    files = scene.files() | {AUDITORS: scene.files()[BALLOTS]}
    hidden = {name: content for name, content in files.items() if name != BALLOTS and not name.endswith(".pb")}
    return opened_with(scene.signed(hidden), openings="auditor")


def in_both_files() -> Files:
    """The ballots of a small group, which stand in the public file as well."""
    files = SETS["few"][1]
    first, *rows = (files[BALLOTS] + files[AUDITORS].partition(b"\n")[2]).split(b"\n")[:-1]
    rows.sort(key=lambda row: row.split(b",")[2])
    return FEW.signed(files | {BALLOTS: b"\n".join([first, *rows, b""])})


def totals(change: int, **more: int) -> Files:
    """Other totals than those of the ballots."""
    told = json.loads(FILES["opened.json"])["totals"]["all"]
    return opened_with(FILES, totals={"all": {"web": sum(told.values()) + change} | more})


def for_nobody() -> Files:
    """A file for the auditor where everyone sees every ballot."""
    scene = a_scene()
    assert AUDITORS not in scene.files()
    return scene.signed(scene.files() | {AUDITORS: b"style,channel,C,r,choices\n"})


LEDGER = json.loads(FILES["outcome.json"])
CHEATS: list[tuple[str, Files, str, str]] = [
    ("closed what was to be open", public(closed_too_late()), "V13", "opened.openings"),
    ("closed it, for the auditor", closed_too_late(), "V13", "opened.openings"),
    ("fewer ballots in the totals", public(totals(-1)), "V9", "leaf.number"),
    ("more ballots in the totals", public(totals(1)), "V9", "leaf.number"),
    ("other totals, for the auditor", totals(-5, paper=5), "V13", "opened.totals"),
    ("a channel with few", public(totals(-1, paper=1)), "V13", "opened.small"),
    ("the ballots in public too", SCENE.signed(FILES | {BALLOTS: FILES[AUDITORS]}), "V13", "opened.more"),
    ("a file that nobody needs", for_nobody(), "V13", "opened.more"),
    ("no hash of all ballots", SCENE.signed(public(FILES)), "V13", "opened.file"),
    ("no hash of a few ballots", FEW.signed(public(SETS["few"][1])), "V13", "opened.file"),
    ("ballots in both files", in_both_files(), "V12", "ballot.twice"),
    ("ballots of few in public", in_both_files(), "V13", "opened.totals"),
    ("another lot", public(outcome_with("lot", LEDGER["lot"][::-1])), "V11", "count.other"),
    ("fewer winners", public(outcome_with("winners", LEDGER["winners"][1:])), "V11", "count.other"),
    ("money gone", public(outcome_with("left", LEDGER["left"] - 1)), "V11", "count.other"),
    ("another number of ballots", outcome_with("ballots", LEDGER["ballots"] + 1), "V11", "count.other"),
]
"""What an operator with the log's key does, what somebody has of it, and the check that notices."""


@pytest.mark.parametrize(("files", "check", "key"), [case[1:] for case in CHEATS], ids=[case[0] for case in CHEATS])
def test_an_operator_who_cheats(tmp_path: Path, files: Files, check: str, key: str) -> None:
    assert found(tmp_path, files)[check] == ("failed", key)


@pytest.mark.parametrize(("rule", "kind"), RULES)
def test_every_rule_is_counted_again_by_the_auditor(tmp_path: Path, rule: RuleName, kind: BallotKind) -> None:
    scene = closed(scene_by(rule, kind, random.Random(7)))  # noqa: S311 - the same votes in every run
    assert {answer for answer, _ in found(tmp_path / "auditor", scene.files()).values()} == {"ok"}
    assert found(tmp_path / "everyone", public(scene.files()))["V11"] == ("unchecked", "openings.auditor")
