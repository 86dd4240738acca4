"""The two verifiers, written apart from one page, agree about every set of files in the tamper suite; run by Node.

The browser's own run of the twin is in tests/browser/test_check_yourself.py.
"""

import base64
import json
import os
import random
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from pb.voting.publication import AUDITORS
from tests.bundles import a_scene, public, write_files
from tests.tampering import FILES, SCENE, Files, edited
from tests.verifier import PROGRAM, VECTORS, verify
from tests.verifying import test_auditor as auditor
from tests.verifying import test_draw as draw
from tests.verifying import test_plans as plans
from tests.verifying.test_counting import RULES, scene_by
from tests.verifying.test_lists import LISTS
from tests.verifying.test_log import LOG
from tests.verifying.test_operator import CHEATS
from tests.verifying.test_outcome import PABULIB, STEPS, another, opened_with, outcome_with
from tests.verifying.test_program import HOSTILE
from tests.verifying.test_rounds import PUBLIC_SOON, areas, overlapping

RUNNER = """
import { readFileSync } from "node:fs";
import { verify } from "./verify.js";
const cases = JSON.parse(readFileSync(0, "utf-8"));
const bytes = (text) => new Uint8Array(Buffer.from(text, "base64"));
for (const [name, files] of Object.entries(cases)) {
  const found = [];
  const read = Object.fromEntries(Object.entries(files).map(([file, text]) => [file, bytes(text)]));
  for await (const one of verify(read)) found.push([one.check, one.answer, one.key]);
  console.log(JSON.stringify([name, found]));
}
"""


def _sets() -> Iterator[tuple[str, Files]]:
    yield "nothing touched", FILES
    yield "the round of the vectors", {path.name: path.read_bytes() for path in (VECTORS / "round").iterdir()}
    yield "nothing there", {}
    yield "before the result", {name: FILES[name] for name in PUBLIC_SOON}
    yield "before the opening", {name: FILES[name] for name in ("manifest.json", "plans.json", "log.txt")}
    for name in FILES:
        yield f"without {name}", {other: content for other, content in FILES.items() if other != name}
        for number, content in enumerate(HOSTILE):
            yield f"{name} is hostile {number}", FILES | {name: content}
    for case, edit, _ in LOG:
        yield from _twice(f"log: {case}", edited("log.txt", edit))
    for name, case, edit, _ in LISTS:
        yield from _twice(f"{name}: {case}", edited(name, edit))
    for case, edit in PABULIB:
        yield from _twice(f"pabulib: {case}", edited("votes-all.pb", edit))
    for case, cheat, _, _ in CHEATS:
        yield f"operator: {case}", cheat(SCENE).files()
    yield from _of_the_outcome()
    yield from _of_other_rounds()
    yield from _for_the_auditor()
    yield from _of_a_draw()
    for case, (change, _) in plans.CHANGES.items():
        yield from _twice(f"plans: {case}", plans.with_words(change))


def _twice(name: str, files: Files) -> Iterator[tuple[str, Files]]:
    yield name, files
    yield f"{name}, signed", SCENE.signed(files)


def _of_the_outcome() -> Iterator[tuple[str, Files]]:
    for key in STEPS[0]:

        def change(plain: dict, key: str = key) -> None:  # type: ignore[type-arg]
            plain["steps"][1][key] = another(plain["steps"][1][key])

        yield from _twice(f"outcome: {key}", outcome_with(change))
    for key, value in {
        "totals": {"all": {"web": 23}},
        "groups": {"a+b": ["a"]},
        "at": "",
        "areas": {"2405": 23},
    }.items():
        yield f"opened: {key}", opened_with(key, value)


def _of_other_rounds() -> Iterator[tuple[str, Files]]:
    for voters in (0, 3, 9, 40):
        yield f"{voters} voters", a_scene(max(voters, 5), chance=voters).files()
    for north, south in ((7, 5), (7, 2), (3, 3)):
        yield f"areas {north} {south}", areas(north, south).close().files()
    for numbers in ({"a": 2, "ab": 6, "b": 7}, {"a": 2, "ab": 2, "b": 7}, {"a": 6, "b": 4, "c": 1}, {}):
        yield f"styles {numbers}", overlapping(numbers).files()


def _for_the_auditor() -> Iterator[tuple[str, Files]]:
    """With the auditor's file, without it, and with others in its place."""
    for which, (scene, files) in auditor.SETS.items():
        yield f"auditor: {which}", files
        yield f"auditor: {which}, for everyone", public(files)
        yield f"auditor: {which}, not promised", scene.signed(public(files))
        for number, content in enumerate(HOSTILE):
            yield f"auditor: {which}, hostile {number}", files | {AUDITORS: content}
    for which, case, edit, _ in auditor.CASES:
        scene, files = auditor.SETS[which]
        other = files | {AUDITORS: edit(files[AUDITORS].decode()).encode()}
        yield f"auditor: {which}, {case}", other
        yield f"auditor: {which}, {case}, signed", scene.signed(other)
    for case, files, *_ in auditor.CHEATS:
        yield f"auditor: {case}", files


def _of_a_draw() -> Iterator[tuple[str, Files]]:
    yield "draw", draw.SCENE.files()
    for case, (make, _) in draw.CHEATS.items():
        yield f"draw: {case}", make().files()
    for case, (pattern, by, _) in draw.ROWS.items():
        yield from _twice(f"draw: row {case}", draw.edited(pattern, by))


def _by_rule() -> Iterator[tuple[str, Files]]:
    """Every rule with every ballot, and settings that go round."""
    for number, (rule, kind) in enumerate(RULES * 2):
        dice = random.Random(number)  # noqa: S311 - the same votes in every run
        yield f"{rule} {kind} {number}", scene_by(rule, kind, dice).files()


BY_RULE = dict(_by_rule())
SETS = dict(_sets()) | BY_RULE


@pytest.fixture(scope="module")
def twin(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[list[str]]]:
    """What the browser's verifier says of every set."""
    node = shutil.which("node")
    if node is None:
        words = "Node is not installed (Debian: apt-get install nodejs)"
        if os.environ.get("CI") == "true":
            pytest.fail(words)
        pytest.skip(words)
    folder = tmp_path_factory.mktemp("twin")
    for script in PROGRAM.parent.glob("*.js"):
        shutil.copy(script, folder)
    (folder / "package.json").write_text('{"type": "module"}')
    (folder / "run.js").write_text(RUNNER)
    cases = {
        name: {file: base64.b64encode(raw).decode() for file, raw in files.items()} for name, files in SETS.items()
    }
    run = subprocess.run([node, "run.js"], cwd=folder, input=json.dumps(cases), capture_output=True, text=True)
    assert run.returncode == 0 and not run.stderr, run.stderr
    return dict(json.loads(line) for line in run.stdout.splitlines())


@pytest.mark.parametrize("name", SETS)
def test_both_say_the_same(twin: dict[str, list[list[str]]], tmp_path: Path, name: str) -> None:
    found = verify.verify(write_files(tmp_path, SETS[name]))
    ours = [[one["check"], one["answer"], one["key"]] for one in found]
    assert [row[:2] for row in twin[name]] == [row[:2] for row in ours]
    assert name not in BY_RULE or {answer for _, answer, _ in ours} == {"ok"}
    differing = [(one, other) for one, other in zip(ours, twin[name], strict=True) if one != other]
    loose = {"unchecked", "file.odd"}  # which missing file is named first, and how a language calls nonsense
    assert not [pair for pair in differing if not loose.intersection(pair[0] + pair[1])], "the same sentence"
