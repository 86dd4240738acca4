"""The winners of real elections under every rule, beside those that others have counted and those that really won.

The files and the winners stand outside the repository (`PB_ELECTIONS`).
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from functools import cache
from typing import Any

import pytest

from pb.counting import (
    Completion,
    Conditions,
    Election,
    EqualShares,
    MostVotes,
    Phragmen,
    Utility,
    VotesPerEuro,
    ledger_from_json,
    ledger_to_json,
)
from pb.counting.ejr import ejr_failures
from pb.counting.ledger import End, Ledger
from pb.counting.pabulib import PabulibFile, caps_of, election_of, read_pabulib, rule_of, write_pabulib
from pb.counting.rules import Rule, count
from tests.counting import ELECTIONS, real_election

NAMES = (
    "France_Toulouse_2019.pb",
    "Netherlands_Amsterdam_252.pb",
    "Netherlands_Assen_2024.pb",
    "Poland_Krakow_2021_Pradnik_Bialy.pb",
    "Poland_Lodz_2022.pb",
    "Poland_Swiecie_2023.pb",
    "Poland_Warszawa_2023_Ursynow.pb",
    "Poland_Wieliczka_2023_Green_Budget.pb",
)
RULES: dict[str, Rule] = {
    "greedy_votes": MostVotes(),
    "greedy_votes_stop": MostVotes(skip=False),
    "greedy_score": MostVotes(),
    "greedy_score_stop": MostVotes(skip=False),
    "greedy_votes_per_cost": VotesPerEuro(),
    "mes_cost": EqualShares(Utility.COST, Completion.NONE),
    "mes_card": EqualShares(Utility.CARDINALITY, Completion.NONE),
    "mes_points": EqualShares(Utility.POINTS, Completion.NONE),
    "mes_cost_add1": EqualShares(Utility.COST, stop_when_exhaustive=True),
    "mes_cost_add1_nostop": EqualShares(Utility.COST),
    "mes_card_add1": EqualShares(Utility.CARDINALITY, stop_when_exhaustive=True),
    "mes_card_add1_nostop": EqualShares(Utility.CARDINALITY),
    "mes_points_add1": EqualShares(Utility.POINTS, stop_when_exhaustive=True),
    "mes_cost_add1_nostop_then_greedy": EqualShares(Utility.COST, Completion.ADD1_MOST_VOTES),
    "phragmen": Phragmen(),
}
BORDA = ("Poland_Krakow_2021_Pradnik_Bialy.pb", "mes_points")
"""Counted by others with 2, 1 and 0 for three places; the points in the file are 3, 2 and 1. See `docs/counting.md`."""


@cache
def expected() -> dict[str, Any]:
    """What others have counted, by file; empty where the folder is absent."""
    path = ELECTIONS / "expected.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


@cache
def file_of(name: str) -> PabulibFile:
    """The file, read once."""
    return read_pabulib(real_election(name))


@cache
def election_named(name: str) -> Election:
    """The election in a file."""
    return election_of(file_of(name))


def cases() -> Iterator[tuple[str, str]]:
    """Every file with every rule of which winners are known; one to skip, in words, where the folder is absent."""
    for name, known in expected().items():
        for rule, found in known["rules"].items():
            if not rule.startswith("_") and found["winners"] is not None:
                yield name, rule
    if not expected():
        yield NAMES[0], "greedy_score"


@pytest.mark.parametrize(("name", "rule"), list(cases()))
def test_winners_are_those_that_others_have_counted(name: str, rule: str) -> None:
    election = election_named(name)
    known = expected()[name]["rules"][rule]
    ledger = count(_from_two_down(election) if (name, rule) == BORDA else election, RULES[rule])
    assert set(ledger.winners) == set(known["winners"])
    assert known.get("cost") in {None, str(ledger.cost // 100)}
    assert ledger_from_json(ledger_to_json(ledger)) == ledger
    for key, utility in (("ejr_plus_1_cost", Utility.COST), ("ejr_plus_1_card", Utility.CARDINALITY)):
        if key in known:
            assert (not ejr_failures(election, ledger.winners, utility)) is known[key]


def _from_two_down(election: Election) -> Election:
    """The same rankings with the last place worth nothing."""
    return replace(
        election,
        ballots=tuple(replace(one, points=tuple(points - 1 for points in one.points)) for one in election.ballots),
    )


def test_every_rule_that_others_have_counted_is_counted() -> None:
    if not expected():
        pytest.skip("the folder of real elections is not there")
    assert {rule for _, rule in cases()} <= set(RULES)
    assert set(expected()) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_rule_of_the_file_gives_the_winners_of_the_file(name: str) -> None:
    file = file_of(name)
    ledger = count(election_named(name), rule_of(file))
    assert ledger.winners
    assert file.official in (None, tuple(project.id for project in file.projects if project.id in ledger.winners))


@pytest.mark.parametrize("name", [name for name in NAMES if name not in {NAMES[0], NAMES[3]}])
@pytest.mark.parametrize(("key", "utility"), [("cost", Utility.COST), ("card", Utility.CARDINALITY)])
def test_shares_are_raised_as_far_as_others_raised_them(name: str, key: str, utility: Utility) -> None:
    election = election_named(name)
    known = expected()[name]["rules"]["_add1"][key]
    share = count(election, EqualShares(utility)).shares[0]
    assert share.first == 100 * Fraction(known["share_start"])
    assert share.last == 100 * Fraction(known["share_last"])
    assert share.rises == known["steps"] - 1
    stopped = count(election, EqualShares(utility, stop_when_exhaustive=True)).shares[0]
    exhaustive = known["share_stop_exhaustive"]
    assert stopped.end is (End.OVERSPENT if exhaustive == "None" else End.NOTHING_FITS)
    assert exhaustive == "None" or stopped.last == 100 * Fraction(exhaustive)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in {NAMES[0], NAMES[3]}])
def test_prices_and_effective_votes_are_those_of_others(name: str) -> None:
    ledger = count(election_named(name), EqualShares(completion=Completion.NONE))
    bought = [step for step in ledger.steps if step.price is not None]
    trace = expected()[name]["mes_cost_trace"]
    assert [step.plan for step in bought] == [one["project"] for one in trace]
    for step, one in zip(bought, trace, strict=True):
        assert float(step.price or 0) / 100 == pytest.approx(one["full_payment"], abs=1e-6)
        assert float(step.cost / (step.price or 1)) == pytest.approx(one["effective_votes"], abs=1e-6)


def test_caps_per_neighbourhood_hold_under_every_rule() -> None:
    file, election = file_of(NAMES[1]), election_named(NAMES[1])
    conditions = Conditions(caps=caps_of(file))
    assert [(cap.name, cap.money) for cap in conditions.caps] == [
        ("Oostelijke Eilanden", 150_000_00),
        ("Haarlemmerhouttuinen", 100_000_00),
        ("Other", 250_000_00),
    ]
    rules: list[Callable[[Conditions], Rule]] = [
        lambda these: MostVotes(conditions=these),
        lambda these: EqualShares(conditions=these),
        Phragmen,
        VotesPerEuro,
    ]
    for rule in rules:
        ledger = count(election, rule(conditions))
        assert [cap.name for cap in conditions.caps if _spent(ledger, cap.plans) > cap.money] == []
        assert any(step.why == "cap_full" for step in ledger.steps)


def _spent(ledger: Ledger, plans: tuple[str, ...]) -> int:
    return sum(step.cost for step in ledger.steps if step.won and step.plan in plans)


@pytest.mark.parametrize("name", NAMES)
def test_a_real_file_is_written_and_read_back_equal(name: str) -> None:
    file = file_of(name)
    assert read_pabulib(write_pabulib(file)) == file
