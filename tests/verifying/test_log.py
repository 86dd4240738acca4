"""Every kind of row in the log, changed, dropped, added, swapped: the check that is named for it fails."""

import re
from pathlib import Path

import pytest

from tests.tampering import FILES, SCENE, Edit, added, dropped, edited, failing, first, replaced, swapped
from tests.verifier import verify


def test_nothing_fails_where_nothing_was_touched(tmp_path: Path) -> None:
    assert failing(tmp_path, FILES) == {}
    assert [one["answer"] for one in verify.verify(tmp_path)] == ["ok"] * 13


BALLOT, HEAD = r"ballot [0-9a-f]{64}", r"head [0-9]+ .*"
LOG: list[tuple[str, Edit, str]] = [
    ("manifest changed", replaced("420000", "420001"), "V1"),
    ("manifest dropped", dropped(r"manifest .*"), "V1"),
    ("manifest added", added(HEAD, first(r"manifest .*")), "V1"),
    ("ballot changed", replaced(r"(ballot )[0-9a-f]{4}", r"\g<1>0000"), "V9"),
    ("ballot dropped", dropped(BALLOT), "V3"),
    ("ballot added", added(BALLOT, lambda _: "ballot " + "ab" * 32), "V9"),
    ("ballot doubled", added(BALLOT, first(BALLOT)), "V12"),
    ("ballots swapped", swapped(BALLOT, 0, 1), "V3"),
    ("ballots swapped at the end", swapped(BALLOT, -1, -2), "V4"),
    ("ballots of two batches swapped", swapped(BALLOT, 0, -1), "V3"),
    ("activation changed", replaced(r'(activation \{"area":")2405', r"\g<1>2406"), "V3"),
    ("activation dropped", dropped(r"activation .*"), "V8"),
    ("activation added", added(r"activation .*", first(r"activation .*")), "V8"),
    ("revocation changed", replaced(r'(revocation .*"new":")[0-9a-f]{64}', r"\g<1>"), "V8"),
    ("revocation dropped", dropped(r"revocation .*"), "V8"),
    ("revocation added", added(r"revocation .*", first(r"revocation .*")), "V8"),
    ("revocations swapped", swapped(r"revocation .*", 0, 1), "V3"),
    ("withdrawal changed", replaced(r'"plan":"water"', '"plan":"bank"'), "V11"),
    ("withdrawal dropped", dropped(r"withdrawal .*"), "V11"),
    ("withdrawal added", added(r"withdrawal .*", lambda text: first(r"withdrawal .*")(text).replace("water", "bank")), "V11"),
    ("closing: ballots", replaced(r'"ballots":23', '"ballots":22'), "V9"),
    ("closing: leaves", replaced(r'"leaves":26', '"leaves":25'), "V9"),
    ("closing: spent", replaced(r'"spent":23', '"spent":24'), "V9"),
    ("closing: logins", replaced(r'"logins":0', '"logins":1'), "V9"),
    ("closing: revoked", replaced(r'"revoked":1', '"revoked":0'), "V8"),
    ("closing: seed", replaced(r'("seed":")20', r"\g<1>21"), "V11"),
    ("closing: statement", replaced(r'"statement":""', '"statement":"x"'), "V4"),
    ("closing dropped", dropped(r"closed .*"), "V5"),
    ("closing added", added(r"closed .*", first(r"closed .*")), "V5"),
    ("ballot after the closing", added(r"closed .*", first(BALLOT)), "V5"),
    ("head: size", replaced(r"head 1 ", "head 2 "), "V3"),
    ("head: moment", replaced(r"(head 1 2020-05-27T10:00:0)0", r"\g<1>1"), "V2"),
    ("head: later than the next", replaced(r"(head 1 )2020", r"\g<1>2021"), "V3"),
    ("head: root", replaced(r"(head 1 \S+ )\S{4}", r"\g<1>AAAA"), "V2"),
    ("head: signature", replaced(r"(head 1 \S+ \S+ )\S{4}", r"\g<1>AAAA"), "V2"),
    ("head dropped", dropped(HEAD), "V13"),
    ("last head dropped", dropped(HEAD, -1), "V4"),
    ("every head dropped", lambda text: "\n".join(x for x in text.split("\n") if not x.startswith("head")), "V2"),
    ("head added", added(HEAD, first(HEAD)), "V3"),
    ("heads swapped", swapped(HEAD, 0, 1), "V3"),
    ("head in front of its leaf", lambda text: swap_with_next(text, r"ballot .*\nhead .*"), "V13"),
    ("first line changed", replaced("begroot-log/1 0", "begroot-log/1 1"), "V13"),
    ("a line that is none", added(BALLOT, lambda _: "remark x"), "V13"),
]  # fmt: skip


def swap_with_next(text: str, pattern: str) -> str:
    """Two neighbouring lines in each other's place."""
    found = re.search(pattern, text)
    assert found
    one, other = found[0].split("\n")
    return text.replace(found[0], f"{other}\n{one}", 1)


UNSEEN = {name: edit for name, edit, _ in LOG}["head dropped"]
"""Whoever holds the log's key can hide a head that nobody kept."""


@pytest.mark.parametrize(("edit", "check"), [case[1:] for case in LOG], ids=[case[0] for case in LOG])
def test_the_log(tmp_path: Path, edit: Edit, check: str) -> None:
    raw = edited("log.txt", edit)
    assert {check, "V13"} <= failing(tmp_path / "raw", raw).keys()
    signed = failing(tmp_path / "signed", SCENE.signed(raw))
    assert check in signed or edit is UNSEEN
