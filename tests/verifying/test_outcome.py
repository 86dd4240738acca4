"""Manifest, outcome, Pabulib file and signed totals, tampered with in every value: the named check fails."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bundles import write_files
from tests.tampering import FILES, SCENE, Edit, Files, added, dropped, edited, failing, replaced, swapped
from tests.verifier import verify

STEPS = json.loads(FILES["outcome.json"])["steps"]


def outcome_with(change: Callable[[dict], None]) -> Files:  # type: ignore[type-arg]
    """The files with another outcome, written as outcomes are."""
    plain = json.loads(FILES["outcome.json"])
    change(plain)
    text = json.dumps(plain, sort_keys=True, indent=2, ensure_ascii=True) + "\n"
    assert text.encode() != FILES["outcome.json"]
    return FILES | {"outcome.json": text.encode()}


def another(value: object) -> object:
    """Another value of much the same kind."""
    if isinstance(value, bool):
        return not value
    others: dict[type, object] = {str: "other", list: ["x"], dict: {}, type(None): 1}
    return value + 1 if isinstance(value, int) else others[type(value)]


@pytest.mark.parametrize("key", sorted(STEPS[0]))
@pytest.mark.parametrize("at", range(len(STEPS)))
def test_a_value_of_a_step(tmp_path: Path, key: str, at: int) -> None:
    def change(plain: dict) -> None:  # type: ignore[type-arg]
        plain["steps"][at][key] = another(plain["steps"][at][key])

    raw = outcome_with(change)
    assert {"V11", "V13"} <= failing(tmp_path / "raw", raw).keys()
    assert "V11" in failing(tmp_path / "signed", SCENE.signed(raw))


@pytest.mark.parametrize("key", sorted(json.loads(FILES["outcome.json"])))
def test_a_value_of_the_outcome(tmp_path: Path, key: str) -> None:
    def change(plain: dict) -> None:  # type: ignore[type-arg]
        plain[key] = another(plain[key])

    assert "V11" in failing(tmp_path, SCENE.signed(outcome_with(change)))


def _drop(plain: dict) -> None:  # type: ignore[type-arg]
    del plain["steps"][1]


def _add(plain: dict) -> None:  # type: ignore[type-arg]
    plain["steps"].append(plain["steps"][0])


def _swap(plain: dict) -> None:  # type: ignore[type-arg]
    plain["steps"][:2] = plain["steps"][1::-1]


@pytest.mark.parametrize("change", [_drop, _add, _swap])
def test_steps_dropped_added_and_swapped(tmp_path: Path, change: Callable[[dict], None]) -> None:  # type: ignore[type-arg]
    assert "V11" in failing(tmp_path, SCENE.signed(outcome_with(change)))


def opened_with(key: str, value: object) -> Files:
    """The files with another value in `opened.json`, not signed anew."""
    plain = json.loads(FILES["opened.json"])
    assert plain[key] != value
    return FILES | {"opened.json": verify.canonical(plain | {key: value}).encode()}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("version", "begroot-opened/2"),
        ("round", "f" * 32),
        ("manifest", "0" * 64),
        ("at", "2020-07-04T00:00:00Z"),
        ("openings", "auditor"),
        ("totals", {"all": {"paper": 8, "web": 15}}),
        ("groups", {"all+more": ["all", "more"]}),
        ("withheld", {"all": 3}),
        ("areas", {"2405": 23}),
        ("files", {}),
        ("signature", "A" * 86 + "=="),
    ],
)
def test_what_opened_json_says(tmp_path: Path, key: str, value: object) -> None:
    assert "V13" in failing(tmp_path, opened_with(key, value))


def test_opened_json_in_another_form(tmp_path: Path) -> None:
    spaced = FILES["opened.json"].replace(b":", b": ", 1)
    assert list(failing(tmp_path, FILES | {"opened.json": spaced})) == ["V13"]


PROJECT, VOTE = r"(?:bank|kas|tuin|bomen);.*", r"\d+;[a-z\",]+"
PABULIB: list[tuple[str, Edit]] = [
    ("cost", replaced("bank;4200;", "bank;4300;")),
    ("votes", replaced(r"(bank;4200;.*;)\d+", r"\g<1>99")),
    ("winner", replaced(r"(kas;14000;[^\n]*?;)([01]);", lambda m: f"{m[1]}{1 - int(m[2])};")),
    ("project dropped", dropped(PROJECT)),
    ("project added", added(PROJECT, lambda _: "school;1;School;0;0")),
    ("projects swapped", swapped(PROJECT, 0, 1)),
    ("vote changed", replaced(r"\n(\d+);bank\n", r"\n\1;kas\n")),
    ("vote dropped", dropped(VOTE, -1)),
    ("vote added", added(VOTE, lambda _: "99;bank")),
    ("votes swapped", swapped(VOTE, 0, 1)),
    ("budget", replaced("budget;30000", "budget;40000")),
    ("number of votes", replaced(r"num_votes;\d+", "num_votes;7")),
    ("number of projects", replaced(r"num_projects;\d+", "num_projects;7")),
    ("sections", replaced("VOTES", "VOTE")),
    ("quotation", replaced("PROJECTS", 'PROJECTS;"')),
]


@pytest.mark.parametrize("edit", [case[1] for case in PABULIB], ids=[case[0] for case in PABULIB])
def test_the_pabulib_file(tmp_path: Path, edit: Edit) -> None:
    raw = edited("votes-all.pb", edit)
    assert list(failing(tmp_path / "raw", raw)) == ["V13"]
    assert list(failing(tmp_path / "signed", SCENE.signed(raw))) == ["V13"]


def _plan(**change: object) -> Edit:
    def edit(text: str) -> str:
        plain = json.loads(text)
        plain["plans"][0] |= change
        return str(verify.canonical(plain))

    return edit


@pytest.mark.parametrize(
    "edit",
    [
        _plan(cost=420001),
        _plan(words="0" * 64),
        _plan(pot="more"),
        replaced('"opens":"2020-05-27', '"opens":"2020-05-26'),
        replaced('"misfit":"skip"', '"misfit":"stop"'),
        replaced(r'("credential_root":")\w{4}', r"\g<1>0000"),
        replaced(r'("log_key":")\w{4}', r"\g<1>0000"),
        replaced('"2405":', '"2407":'),
        replaced(":", ": "),
    ],
)
def test_the_manifest(tmp_path: Path, edit: Edit) -> None:
    raw = edited("manifest.json", edit)
    assert {"V1", "V2", "V13"} <= failing(tmp_path / "raw", raw).keys()
    assert "V1" in failing(tmp_path / "signed", SCENE.signed(raw))


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_file_that_is_missing(tmp_path: Path, name: str) -> None:
    others = {other: content for other, content in FILES.items() if other != name}
    answers = {one["check"]: one["answer"] for one in verify.verify(write_files(tmp_path, others))}
    assert answers["V13"] == ("ok" if name == "opened.json" else "unchecked" if name == "manifest.json" else "failed")


def test_a_file_too_many(tmp_path: Path) -> None:
    more = FILES | {"votes-more.pb": FILES["votes-all.pb"]}
    assert list(failing(tmp_path / "raw", more)) == ["V13"] == list(failing(tmp_path / "signed", SCENE.signed(more)))
