"""Every kind of row in the lists of credentials, tokens and ballots, tampered with: the named check fails."""

from pathlib import Path

import pytest

from tests.tampering import SCENE, Edit, added, dropped, edited, failing, first, replaced, swapped

ROW = r"[0-9a-f]{64}"
CREDENTIAL, SPENT, ROW_OF_BALLOT = rf"{ROW},all,\w+", rf"code,{ROW},all", rf"all,\w+,{ROW},.*"
LISTS: list[tuple[str, str, Edit, str]] = [
    ("credentials.txt", "changed", replaced(r"\n[0-9a-f]{2}", "\n00"), "V8"),
    ("credentials.txt", "dropped", dropped(CREDENTIAL), "V8"),
    ("credentials.txt", "added", added(CREDENTIAL, lambda _: "f" * 64 + ",all,issued"), "V8"),
    ("credentials.txt", "swapped", swapped(CREDENTIAL, 0, 1), "V8"),
    ("credentials.txt", "a spare one made an issued one", replaced(",spare", ",issued"), "V8"),
    ("credentials.txt", "another style", replaced(",all,issued", ",more,issued"), "V8"),
    ("credentials.txt", "another round", replaced("begroot-credentials/1 0", "begroot-credentials/1 1"), "V13"),
    ("credentials.txt", "another number", replaced(r"(begroot\S+ \S+ )\d+", r"\g<1>7"), "V13"),
    ("spent.txt", "changed", replaced(r"(code,)[0-9a-f]{4}", r"\g<1>0000"), "V8"),
    ("spent.txt", "dropped", dropped(SPENT), "V9"),
    ("spent.txt", "added", added(SPENT, lambda _: f"code,{'ab' * 32},all"), "V8"),
    ("spent.txt", "doubled", added(SPENT, first(SPENT)), "V8"),
    ("spent.txt", "swapped", swapped(SPENT, 0, 1), "V13"),
    ("spent.txt", "another style", replaced(r"(code,\w+,)all", r"\g<1>more"), "V8"),
    ("spent.txt", "said to be a sign-in", replaced(r"code,\w+,all", "login,,all"), "V9"),
    ("spent.txt", "another round", replaced("begroot-spent/1 0", "begroot-spent/1 1"), "V13"),
    ("replaced.txt", "changed", replaced(r"\n[0-9a-f]{4}", "\n0000"), "V9"),
    ("replaced.txt", "dropped", dropped(ROW), "V9"),
    ("replaced.txt", "added", added(ROW, lambda _: "ab" * 32), "V9"),
    ("replaced.txt", "swapped", swapped(ROW, 0, 1), "V13"),
    ("replaced.txt", "another number", replaced(r"(begroot\S+ \S+ )\d+", r"\g<1>9"), "V13"),
    ("ballots.csv", "choices changed", replaced(r',bank\n', ',kas\n'), "V6"),
    ("ballots.csv", "choices changed as they may not be", replaced('"bomen,kas"', '"kas,bomen"'), "V7"),
    ("ballots.csv", "choices that are on no ballot", replaced(r',bank\n', ',school\n'), "V7"),
    ("ballots.csv", "choices beyond the money", replaced(r',bank\n', ',"bank,bomen,kas,tuin"\n'), "V7"),
    ("ballots.csv", "number changed", replaced(r"(all,web,\w+,)[0-9a-f]{4}", r"\g<1>0000"), "V6"),
    ("ballots.csv", "hash changed", replaced(r"(all,web,)[0-9a-f]{4}", r"\g<1>0000"), "V6"),
    ("ballots.csv", "style changed", replaced(r"\nall,", "\nmore,"), "V7"),
    ("ballots.csv", "channel changed", replaced("all,web", "all,paper"), "V13"),
    ("ballots.csv", "dropped", dropped(ROW_OF_BALLOT), "V9"),
    ("ballots.csv", "doubled", added(ROW_OF_BALLOT, first(ROW_OF_BALLOT)), "V12"),
    ("ballots.csv", "added", added(ROW_OF_BALLOT, lambda _: f"all,web,{'ab' * 32},{'cd' * 32},bank"), "V6"),
    ("ballots.csv", "swapped", swapped(ROW_OF_BALLOT, 0, 1), "V13"),
    ("ballots.csv", "heading changed", replaced("style,channel", "channel,style"), "V13"),
    ("ballots.csv", "quoted without need", replaced(r",bank\n", ',"bank"\n'), "V13"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "edit", "check"),
    [(case[0], *case[2:]) for case in LISTS],
    ids=[f"{case[0]} {case[1]}" for case in LISTS],
)
def test_the_lists(tmp_path: Path, name: str, edit: Edit, check: str) -> None:
    raw = edited(name, edit)
    assert {check, "V13"} <= failing(tmp_path / "raw", raw).keys()
    assert check in failing(tmp_path / "signed", SCENE.signed(raw))
