"""The verifier as a program: it stands alone, speaks plainly, and nothing that it reads makes it fall over."""

import ast
import json
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.signing import SigningKey

from tests.bundles import write_files
from tests.tampering import FILES, SCENE, failing
from tests.verifier import PROGRAM, ROOT, VECTORS, vectors, verify

SOURCE = PROGRAM.read_text(encoding="utf-8")


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The program by a bare Python: no packages, no settings, another folder."""
    return subprocess.run(
        [sys.executable, "-I", "-S", str(PROGRAM), *arguments], capture_output=True, text=True, cwd="/"
    )


def test_it_needs_the_standard_library_only() -> None:
    tree = ast.parse(SOURCE)
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names} <= set(sys.stdlib_module_names)


def test_it_tells_people_and_ends_well(tmp_path: Path) -> None:
    found = run(str(write_files(tmp_path, FILES)))
    assert found.returncode == 0 and not found.stderr
    assert [line.split()[:2] for line in found.stdout.splitlines()] == [[f"V{at}", "ok"] for at in range(1, 14)]


def test_it_tells_programs(tmp_path: Path) -> None:
    broken = FILES | {"ballots.csv": FILES["ballots.csv"].replace(b",bank\n", b",kas\n", 1)}
    found = run(str(write_files(tmp_path, broken)), "--json")
    lines = [json.loads(line) for line in found.stdout.splitlines()]
    assert found.returncode == 1 and len(lines) == 13
    assert all(set(line) == {"check", "answer", "key", "facts", "text"} for line in lines)
    assert [line["check"] for line in lines if line["answer"] == "failed"] == ["V6", "V11", "V13"]


def test_the_round_of_the_vectors_verifies_for_ever() -> None:
    """Whatever becomes of the program that holds the vote, what it once published must not turn into a failure."""
    found = run(str(VECTORS / "round"))
    assert found.returncode == 0 and found.stdout.count(" ok ") == 13, found.stdout


def test_what_cannot_be_checked_is_no_failure(tmp_path: Path) -> None:
    found = run(str(tmp_path), "--json")
    assert found.returncode == 0
    assert {json.loads(line)["answer"] for line in found.stdout.splitlines()} == {"unchecked"}


def test_no_folder_is_said(tmp_path: Path) -> None:
    found = run(str(tmp_path / "nothing"))
    assert found.returncode == 2 and "is no folder" in found.stderr


def test_every_sentence_is_used_and_every_use_has_one() -> None:
    used = set(re.findall(r'"([a-z]+\.[a-z]+)"', SOURCE.partition("class Answer")[2]))
    known = {key for key in verify.SENTENCES if not key.startswith("V")}
    assert used & known == known and {key for key in used if key.partition(".")[0] in {"file", "head", "form"}} <= known
    assert {f"{check}.ok" for check in verify.CHECKS} == set(verify.SENTENCES) - known


@pytest.mark.parametrize("seed", range(60))
def test_any_changed_byte_is_noticed(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - the same bytes in every run
    name = dice.choice(sorted(FILES))
    content = bytearray(FILES[name])
    content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
    assert failing(tmp_path, FILES | {name: bytes(content)})


HOSTILE = [
    b"",
    b"\n",
    b"\0" * 50,
    b"\xff\xfe\n",
    b"[" * 200_000,
    b"null",
    b"{}",
    b"[]\n",
    b'{"a":1e999}',
    b'{"a":NaN}',
    b'{"round":' + b"9" * 5000 + b"}",
    b"META\n",
    b"META\nkey;value\nPROJECTS\nVOTES\n",
    b'";;"\n',
    b"begroot-log/1 00112233445566778899aabbccddeeff\nhead 1 x\n",
    b'begroot-log/1 00112233445566778899aabbccddeeff\nclosed {"at":[]}\n',
    b"begroot-spent/1 00112233445566778899aabbccddeeff 0\r\n",
]


@pytest.mark.parametrize("name", sorted(FILES))
@pytest.mark.parametrize("content", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_that_it_reads_makes_it_fall_over(tmp_path: Path, name: str, content: bytes) -> None:
    assert "V13" in failing(tmp_path, FILES | {name: content})


@pytest.mark.parametrize("key", sorted(json.loads(FILES["manifest.json"])))
@pytest.mark.parametrize("value", [None, -1, "x", [], {}, [[]], {"all": {}}, True])
def test_a_manifest_of_strange_values_is_answered(tmp_path: Path, key: str, value: object) -> None:
    plain = json.loads(FILES["manifest.json"])
    if plain[key] != value:
        assert "V1" in failing(tmp_path, FILES | {"manifest.json": verify.canonical(plain | {key: value}).encode()})


@pytest.mark.parametrize("key", sorted(json.loads(FILES["opened.json"])))
@pytest.mark.parametrize("value", [None, -1, "x", [], {}, [[]], {"all": {}}, True])
def test_an_opened_json_of_strange_values_is_answered(tmp_path: Path, key: str, value: object) -> None:
    plain = json.loads(FILES["opened.json"])
    if plain[key] != value:
        assert failing(tmp_path, FILES | {"opened.json": verify.canonical(plain | {key: value}).encode()})


@pytest.mark.parametrize("case", vectors("fields"), ids=str)
def test_fields(case: dict[str, object]) -> None:
    assert verify.fields(*case["fields"]).hex() == case["bytes"]
    assert verify.tagged_hash(*case["fields"]).hex() == case["sha256"]


def test_roots() -> None:
    tree = vectors("tree")
    leaves = [bytes.fromhex(leaf) for leaf in tree["leaves"]]
    assert [verify.tree_root(leaves[:size]).hex() for size in range(9)] == tree["roots"]


@pytest.mark.parametrize("case", vectors("ed25519"), ids=lambda case: case["public"][:8])
def test_signatures_of_the_rfc(case: dict[str, str]) -> None:
    public, message, signature = (bytes.fromhex(case[name]) for name in ("public", "message", "signature"))
    assert verify.signed(public, message, signature)
    assert not verify.signed(public, message + b"x", signature)
    assert not verify.signed(public, message, signature[:-1])
    s = int.from_bytes(signature[32:], "little") + verify.L
    assert not verify.signed(public, message, signature[:32] + s.to_bytes(32, "little"))
    for bit in range(0, 512, 7):
        other = bytearray(signature)
        other[bit // 8] ^= 1 << bit % 8
        assert not verify.signed(public, message, bytes(other))


@pytest.mark.parametrize(
    "public", [b"", bytes(31), b"\xff" * 32, (2).to_bytes(32, "little"), (1 << 255 | 1).to_bytes(32, "little")]
)
def test_what_is_no_key_signed_nothing(public: bytes) -> None:
    assert not verify.signed(public, b"", bytes(64))


ORDER_EIGHT = bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")


@pytest.mark.parametrize("public", [(1).to_bytes(32, "little"), bytes(32), ORDER_EIGHT])
def test_a_key_under_which_anybody_can_sign_signed_nothing(public: bytes) -> None:
    """With such a key the equation holds for nearly any signature; libsodium and browsers refuse it too."""
    base, one = verify._base(), (1).to_bytes(32, "little")
    forged = verify._bytes(base.add_to(verify._NOTHING, 5)) + (5).to_bytes(32, "little")
    assert not verify.signed(public, b"any", forged) and not verify.signed(public, b"any", one + bytes(32))


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=99), st.integers(0, 63))
def test_signatures_of_any_key(seed: bytes, message: bytes, at: int) -> None:
    key = SigningKey(seed)
    public, signature = bytes(key.verify_key), key.sign(message).signature
    assert verify.signed(public, message, signature)
    other = signature[:at] + bytes([signature[at] ^ 1]) + signature[at + 1 :]
    assert not verify.signed(public, message, other)


def test_the_page_tells_of_every_check() -> None:
    page = (ROOT / "docs" / "protocol.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| (V\d+) \|", page, re.MULTILINE)) == set(verify.CHECKS)
    assert SCENE.content.decode() == FILES["manifest.json"].decode()
