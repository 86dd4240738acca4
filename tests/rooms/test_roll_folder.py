"""What a municipality's machine writes for the printer, the site and the desk; and letters that are scanned back."""

import csv
import io
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb.base.hashing import credential_of, token_of
from pb.base.refusals import Refused
from pb.roll.codes import make_code, show_code
from pb.roll.files import read_credentials
from pb.roll.folder import TEST_LETTERS, issue_to_folder
from pb.roll.parameters import write_parameters
from pb.roll.scans import compare_scans, read_desk_file
from pb.roll.values import RegisterRefusal
from tests.roll import ROUND, a_line, a_register, people, some_parameters


def made_in(folder: Path, register: bytes) -> tuple[Path, list[tuple[str, int, int]]]:
    told: list[tuple[str, int, int]] = []
    (folder / "register.csv").write_bytes(register)
    (folder / "round.json").write_bytes(write_parameters(some_parameters()))
    out = folder / "out"
    issue_to_folder(folder / "register.csv", folder / "round.json", out, 1, lambda *part: told.append(part))
    return out, told


def rows(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text())))


def test_everything_lands_in_a_folder_for_its_owner_alone(tmp_path: Path) -> None:
    folder, told = made_in(tmp_path, a_register(people(3)))
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert sorted(str(path.relative_to(folder)) for path in files) == [
        "credentials.csv", "desk.csv", "letters-001.pdf", "print.csv", "spare-001.pdf", "test/desk.csv",
        "test/letters-001.pdf",
    ]  # fmt: skip
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    assert {path.stat().st_mode & 0o777 for path in (folder, folder / "test")} == {0o700}
    assert told == [("letters", 3, 4), ("letters", 4, 4)]


def test_the_print_shop_can_tell_that_it_has_every_letter(tmp_path: Path) -> None:
    folder, _ = made_in(tmp_path, a_register(people(3)))
    heading, *printed = rows(folder / "print.csv")
    assert heading == ["file", "letters", "first", "last", "sha256"]
    assert [row[:4] for row in printed] == [
        ["letters-001.pdf", "3", "1", "3"],
        ["spare-001.pdf", "1", "R-all-1", "R-all-1"],
    ]
    assert all(sha256((folder / row[0]).read_bytes()).hexdigest() == row[4] for row in printed)


def test_test_letters_count_nowhere(tmp_path: Path) -> None:
    folder, _ = made_in(tmp_path, a_register(people(3)))
    on_the_roll = {
        one.h.hex() for one in read_credentials(io.BytesIO((folder / "credentials.csv").read_bytes()), ROUND, ["all"])
    }
    tried = read_desk_file((folder / "test" / "desk.csv").read_bytes())
    assert len(on_the_roll) == 4 and len(tried) == TEST_LETTERS and not on_the_roll & tried.keys()


def test_a_mistake_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        made_in(tmp_path, a_register([a_line(1), a_line(1)]))
    assert not (tmp_path / "out").exists()


def test_letters_are_never_mixed_with_older_ones(tmp_path: Path) -> None:
    folder, _ = made_in(tmp_path, a_register(people(2)))
    before = (folder / "credentials.csv").read_bytes()
    with pytest.raises(Refused) as caught:
        made_in(tmp_path, a_register(people(2)))
    assert caught.value.reasons[0].refusal is RegisterRefusal.FOLDER_NOT_EMPTY
    assert (folder / "credentials.csv").read_bytes() == before


# What a scanner read, held against the desk file

CODES = [make_code() for _ in range(4)]
DESK = {credential_of(token_of(ROUND, code)).hex(): f"L{place}" for place, code in enumerate(CODES)}
LINK = "https://begroot.example.org/rondes/alphen/stemmen#"


def test_every_letter_is_read_once() -> None:
    lines = [LINK + CODES[0], CODES[1].lower(), "", show_code(CODES[2]), f"  {LINK}{CODES[3]}\r"]
    found = compare_scans(DESK, "\n".join(lines), ROUND)
    assert found.good and set(found.read) == set(DESK.values()) and not found.missing


@pytest.mark.parametrize(
    ("line", "unknown"),
    [
        (LINK + make_code(), (2,)),
        (LINK, (2,)),
        ("stickers", (2,)),
        (CODES[1][:-1], (2,)),
        ("#" * 10_000, (2,)),
        (LINK + CODES[0], ()),
    ],
    ids=("unknown code", "no code", "no letter", "cut off", "very long", "twice"),
)
def test_what_is_not_as_it_was_made(line: str, unknown: tuple[int, ...]) -> None:
    found = compare_scans(DESK, f"{CODES[0]}\n{line}", ROUND)
    assert not found.good and found.unknown == unknown
    assert found.twice == (() if unknown else ("L0",)) and found.missing == ("L1", "L2", "L3")


def test_another_rounds_letters_are_unknown() -> None:
    assert compare_scans(DESK, "\n".join(CODES), "cd" * 16).unknown == (1, 2, 3, 4)


@given(st.lists(st.sampled_from([*CODES, "x", make_code()]), max_size=12))
def test_no_line_is_left_out(lines: list[str]) -> None:
    found = compare_scans(DESK, "\n".join(lines), ROUND)
    known = [line for line in lines if line in CODES]
    assert len(found.unknown) == len(lines) - len(known) and len(found.read) == len(set(known))
    assert set(found.read).isdisjoint(found.missing) and set(found.read) | set(found.missing) == set(DESK.values())


@pytest.mark.parametrize(
    "content", [b"", b"letter;h\n", b"\xff\xfe", b"letter,h\nL1\n", b'letter,h\n"L1', b"h,letter\n"]
)
def test_only_a_desk_file_is_one(content: bytes) -> None:
    with pytest.raises(Refused):
        read_desk_file(content)
