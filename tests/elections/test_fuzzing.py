"""Damaged files, thousands of them: each is read and counted, or refused by one reason with its place; nothing else comes out."""

import random

import pytest

from pb.base.refusals import Refused
from pb.counting.pabulib import election_of, read_pabulib, rule_of, warnings
from pb.counting.refusals import CountRefusal
from pb.counting.rules import count
from tests.counting import real_election
from tests.unit.test_counting_pabulib import PLAIN

PIECES = (
    *(
        b"",
        b";",
        b'"',
        b'""',
        b"\n",
        b"\r\n",
        b",",
        b"-",
        b".",
        b" ",
        b"0",
        b"1e9",
        b"nan",
        b"inf",
        b"9" * 30,
        b"#" * 1000,
    ),
    *(
        b"\x80",
        b"\xff\xfe",
        b"\0",
        b"\xef\xbb\xbf",
        "५".encode(),
        "\u2028".encode(),
        b"META\n",
        b"PROJECTS\n",
        b"VOTES\n",
    ),
)
TIMES = 6000


def damaged(dice: random.Random, content: bytes) -> bytes:
    """The bytes with a few of them exchanged, dropped or doubled; now and then cut off, or with lines mixed."""
    changed = bytearray(content)
    for _ in range(dice.randint(1, 5)):
        at = dice.randrange(len(changed) + 1)
        changed[at : at + dice.choice((0, 0, 1, 2, 8))] = dice.choice(PIECES)
    if dice.random() < 0.1:
        del changed[dice.randrange(len(changed)) :]
    if dice.random() < 0.1:
        lines = bytes(changed).split(b"\n")
        dice.shuffle(lines)
        changed = bytearray(b"\n".join(lines))
    return bytes(changed)


def outcome(content: bytes) -> str:
    """What comes of the bytes: a count, or the refusal; anything else is a fault of ours."""
    try:
        file = read_pabulib(content)
    except Refused as refused:
        (reason,) = refused.reasons
        assert reason.facts["line"] >= 1 and reason.facts["column"] >= 1
        return str(reason.refusal)
    warnings(file)
    try:
        return count(election_of(file), rule_of(file)).rule
    except Refused as refused:
        assert isinstance(refused.reasons[0].refusal, CountRefusal)
        return str(refused.reasons[0].refusal)


@pytest.mark.parametrize("seed", range(4))
def test_a_small_file_of_our_own(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - the same damage every time
    found = {outcome(damaged(dice, PLAIN.encode())) for _ in range(TIMES)}
    assert {"most-votes", "pabulib.not_utf8", "pabulib.fields_wrong", "pabulib.not_an_amount"} <= found


@pytest.mark.parametrize(
    "name", ["Netherlands_Assen_2024.pb", "France_Toulouse_2019.pb", "Poland_Krakow_2021_Pradnik_Bialy.pb"]
)
def test_a_real_file(name: str) -> None:
    content = real_election(name)
    dice = random.Random(name)  # noqa: S311 - the same damage every time
    found = {outcome(damaged(dice, content)) for _ in range(TIMES // 60)}
    assert len(found) > 5


@pytest.mark.parametrize("length", [0, 1, 3, 50, 500])
def test_bytes_of_no_file(length: int) -> None:
    dice = random.Random(length)  # noqa: S311 - the same bytes every time
    assert {outcome(dice.randbytes(length)) for _ in range(200)} <= {
        "pabulib.not_utf8",
        "pabulib.section_missing",
        "pabulib.strange_sign",
        "pabulib.quote_open",
        "pabulib.quote_wrong",
    }
