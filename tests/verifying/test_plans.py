"""The words of the plans, changed, dropped, added and swapped: V13 says that they are not what was sealed."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.tampering import FILES, SCENE, Files, failing, keys
from tests.verifier import verify

Change = Callable[[dict[str, Any]], object]


def with_words(change: Change) -> Files:
    """The files with other words, in the form that they must have."""
    plain = json.loads(FILES["plans.json"])
    change(plain)
    return FILES | {"plans.json": verify.canonical(plain).encode()}


def _swap(plain: dict[str, Any], *names: str) -> None:
    first, second = plain["plans"][:2]
    for name in names:
        first[name], second[name] = second[name], first[name]


def _moved(plain: dict[str, Any]) -> None:
    """A sign goes from the end of the title to the beginning of the text."""
    plan = plain["plans"][0]
    plan["title"], plan["text"] = plan["title"][:-1], plan["title"][-1] + plan["text"]


CHANGES: dict[str, tuple[Change, str]] = {
    "a title changed": (lambda p: p["plans"][0].update(title="Een zwembad"), "plans.words"),
    "a text changed": (lambda p: p["plans"][4].update(text=""), "plans.words"),
    "one sign more": (lambda p: p["plans"][2].update(text=p["plans"][2]["text"] + " "), "plans.words"),
    "a sign from title to text": (_moved, "plans.words"),
    "titles swapped": (lambda p: _swap(p, "title"), "plans.words"),
    "words swapped": (lambda p: _swap(p, "title", "text"), "plans.words"),
    "rows swapped": (lambda p: _swap(p, "code", "title", "text"), "plans.other"),
    "a plan renamed": (lambda p: p["plans"][0].update(code="bankje"), "plans.other"),
    "a plan dropped": (lambda p: p["plans"].pop(), "plans.other"),
    "a plan added": (lambda p: p["plans"].append({"code": "zwembad", "title": "", "text": ""}), "plans.other"),
    "a plan doubled": (lambda p: p["plans"].append(p["plans"][-1]), "plans.other"),
    "no plans": (lambda p: p.update(plans=[]), "plans.other"),
    "another round": (lambda p: p.update(round="f" * 32), "form.round"),
    "another version": (lambda p: p.update(version="begroot-plans/2"), "file.broken"),
    "something more": (lambda p: p.update(remark=""), "file.broken"),
    "something more of a plan": (lambda p: p["plans"][0].update(cost=1), "file.broken"),
    "something less of a plan": (lambda p: p["plans"][0].pop("text"), "file.broken"),
    "a number for a title": (lambda p: p["plans"][0].update(title=7), "file.broken"),
    "plans that are no list": (lambda p: p.update(plans={"bank": "Een bank"}), "file.broken"),
    "a plan that is none": (lambda p: p["plans"].insert(0, "bank"), "file.broken"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_words_that_were_not_sealed(tmp_path: Path, what: str) -> None:
    change, key = CHANGES[what]
    raw = with_words(change)
    assert list(failing(tmp_path / "raw", raw)) == ["V13"]
    assert list(failing(tmp_path / "signed", SCENE.signed(raw))) == ["V13"], "whoever signs anew cannot seal anew"
    assert keys(tmp_path / "raw")["V13"] == keys(tmp_path / "signed")["V13"] == key


def test_another_form(tmp_path: Path) -> None:
    spaced = FILES | {"plans.json": FILES["plans.json"].replace(b":", b": ", 1)}
    assert list(failing(tmp_path, SCENE.signed(spaced))) == ["V13"] and keys(tmp_path)["V13"] == "form.json"


def test_words_can_be_checked_from_the_sealing_on(tmp_path: Path) -> None:
    soon = {name: FILES[name] for name in ("manifest.json", "plans.json", "log.txt")}
    assert failing(tmp_path / "whole", soon) == {}
    changed = with_words(CHANGES["a text changed"][0])
    assert list(failing(tmp_path / "changed", soon | {"plans.json": changed["plans.json"]})) == ["V13"]


def test_a_title_in_the_pabulib_file(tmp_path: Path) -> None:
    other = FILES["votes-all.pb"].replace(b"Plan bank", b"Plan zwembad")
    assert other != FILES["votes-all.pb"]
    assert list(failing(tmp_path, SCENE.signed(FILES | {"votes-all.pb": other}))) == ["V13"]
    assert keys(tmp_path)["V13"] == "pabulib.differs"
