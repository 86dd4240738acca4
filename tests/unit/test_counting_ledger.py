"""The ledger as text: one form only, and the same text read back."""

import json
import os
import subprocess
import sys
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb.base.refusals import Refused
from pb.counting import (
    Completion,
    CountRefusal,
    Election,
    EqualShares,
    MostVotes,
    PerEuro,
    Phragmen,
    Plan,
    Pot,
    Utility,
    VotesPerEuro,
    count,
    count_equal_shares,
    count_most_votes,
    grouped_points,
    ledger_from_json,
    ledger_to_json,
)
from pb.counting.rules import Rule
from tests.counting import LOTS, POT, an_election, elections, reason_of

LEDGER = count_most_votes(an_election(10_00, {"b": 6_00, "a": 5_00}, ["a", "ab", ""]), MostVotes(), lot=("b", "a"))
TEXT = ledger_to_json(LEDGER)


def test_the_text_is_read_back_equal() -> None:
    assert ledger_from_json(TEXT) == LEDGER


@given(elections(), st.sampled_from(Completion), LOTS)
def test_a_ledger_with_shares_is_read_back_equal(
    election: Election, completion: Completion, lot: tuple[str, ...]
) -> None:
    rule = EqualShares(completion=completion, unit=1, comparison=True)
    ledger = count_equal_shares(election, rule, lot)
    assert ledger_from_json(ledger_to_json(ledger)) == ledger


VOTES = st.lists(st.dictionaries(st.sampled_from("abc"), st.integers(0, 3)), min_size=1, max_size=6)
RULES = [MostVotes(), EqualShares(unit=1), EqualShares(Utility.POINTS, unit=1), Phragmen(), VotesPerEuro(), PerEuro()]


@given(VOTES, st.randoms(use_true_random=False), st.sampled_from(RULES), st.permutations("abc"))
def test_ballots_in_another_order_give_the_same_bytes(
    votes: list[dict[str, int]], dice: Random, rule: Rule, lot: list[str]
) -> None:
    mixed = [dict(dice.sample(sorted(vote.items()), len(vote))) for vote in dice.sample(votes, len(votes))]
    plans = tuple(Plan(plan, cost, POT) for plan, cost in zip("abc", (3, 4, 4), strict=True))
    texts = [
        ledger_to_json(count(Election((Pot(POT, 9),), plans, grouped_points(some)), rule, lot))
        for some in (votes, mixed)
    ]
    assert texts[0] == texts[1]


def test_the_text_says_what_a_stranger_needs() -> None:
    plain = json.loads(TEXT)
    assert (plain["rule"], plain["winners"], plain["cost"], plain["left"]) == ("most-votes", ["a"], 5_00, 5_00)
    assert plain["lot"] == ["b", "a"]
    assert [step["why"] for step in plain["steps"]] == ["fits", "does_not_fit"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "null",
        "[" * 100_000,
        TEXT + " ",
        TEXT.replace('"cost": 500', '"cost": 501', 1),
        TEXT.replace('"left": 500', '"left": 501'),
        TEXT.replace('"fits"', '"because"'),
        TEXT.replace('"blank": 1', '"blank": 1, "more": 1'),
        TEXT.replace('"blank": 1,', ""),
        json.dumps(json.loads(TEXT)),
    ],
)
def test_another_text_is_no_ledger(text: str) -> None:
    with pytest.raises(Refused) as refused:
        ledger_from_json(text)
    assert reason_of(refused).refusal is CountRefusal.NOT_A_LEDGER


PROGRAM = """
from pb.counting import MostVotes, count_most_votes, ledger_to_json
from tests.counting import an_election
ledger = count_most_votes(an_election(10_00, {"b": 6_00, "a": 5_00}, ["", "ba", "a"]), MostVotes(), lot=("b", "a"))
print(ledger_to_json(ledger), end="")
"""


def test_the_same_bytes_under_another_locale_and_hash_seed() -> None:
    other = os.environ | {"PYTHONHASHSEED": "7", "LC_ALL": "C", "LANG": "tr_TR.UTF-8", "TZ": "Pacific/Apia"}
    found = subprocess.run([sys.executable, "-c", PROGRAM], env=other, capture_output=True, check=True)
    assert found.stdout == TEXT.encode()
