"""Phragmén, votes per euro and per euro: small examples, and Phragmén beside a plain counter."""

from itertools import permutations

import pytest
from hypothesis import given

from pb.base.refusals import Refused
from pb.counting import (
    Cap,
    Conditions,
    CountRefusal,
    Election,
    MostVotes,
    PerEuro,
    Phragmen,
    VotesPerEuro,
    count_most_votes,
    count_per_euro,
    count_phragmen,
    count_votes_per_euro,
)
from pb.counting.ledger import Why
from tests import plain_counters
from tests.counting import LOTS, an_election, elections, reason_of, votes_of


def test_votes_per_euro_prefers_what_is_cheap_for_its_votes() -> None:
    election = an_election(10, {"a": 8, "b": 3, "c": 2}, votes_of(a=5, b=2, c=1))
    ledger = count_votes_per_euro(election, VotesPerEuro())
    assert [(step.plan, step.why) for step in ledger.steps] == [
        ("b", Why.FITS),
        ("a", Why.DOES_NOT_FIT),
        ("c", Why.FITS),
    ]


def test_ratios_are_compared_exactly() -> None:
    """One vote more in three hundred million billion euros, which floats do not tell apart."""
    costs = {"a": 3 * 10**17, "b": 3 * 10**17 - 1}
    assert count_votes_per_euro(an_election(10**18, costs, ["ab"]), VotesPerEuro()).winners == ("b", "a")


def test_per_euro_pays_the_last_plan_in_part() -> None:
    ledger = count_per_euro(an_election(10, {"a": 8, "b": 3, "c": 2}, votes_of(a=3, b=2, c=1)), PerEuro())
    assert [(step.plan, step.why, step.before) for step in ledger.steps] == [
        ("a", Why.FITS, 10),
        ("b", Why.PARTLY, 2),
        ("c", Why.AFTER_STOP, 2),
    ]
    assert (ledger.winners, ledger.left) == (("a",), 2)


def test_per_euro_ends_where_nothing_is_left() -> None:
    ledger = count_per_euro(an_election(8, {"a": 8, "b": 3}, votes_of(a=3, b=2)), PerEuro())
    assert [step.why for step in ledger.steps] == [Why.FITS, Why.DOES_NOT_FIT]


@given(elections(), LOTS)
def test_per_euro_pays_in_full_what_most_votes_with_stop_pays(election: Election, lot: tuple[str, ...]) -> None:
    """All euros of a plan have the same votes, so only the plan at which the money ends is paid otherwise."""
    ledger = count_per_euro(election, PerEuro(), lot)
    assert ledger.winners == count_most_votes(election, MostVotes(skip=False), lot).winners
    assert [step.why for step in ledger.steps].count(Why.PARTLY) <= 1


@pytest.mark.parametrize("costs", [{"a": 6, "b": 6}, {"a": 11, "b": 11}])
def test_which_plan_is_paid_in_part_needs_a_lot(costs: dict[str, int]) -> None:
    election = an_election(10, costs, ["ab"])
    with pytest.raises(Refused):
        count_per_euro(election, PerEuro())
    assert count_per_euro(election, PerEuro(), ("b", "a")).steps[0].plan == "b"


@given(elections(), LOTS)
def test_phragmen_beside_a_plain_counter(election: Election, lot: tuple[str, ...]) -> None:
    assert list(count_phragmen(election, Phragmen(), lot).winners) == plain_counters.phragmen(election, lot)


@given(elections(points=True), LOTS)
def test_phragmen_takes_a_choice_with_points_as_a_choice(election: Election, lot: tuple[str, ...]) -> None:
    assert list(count_phragmen(election, Phragmen(), lot).winners) == plain_counters.phragmen(election, lot)


@given(elections(plans="abc"))
def test_a_lot_is_asked_exactly_when_lots_disagree(election: Election) -> None:
    outcomes = {frozenset(count_phragmen(election, Phragmen(), lot).winners) for lot in permutations("abc")}
    try:
        alone = {frozenset(count_phragmen(election, Phragmen()).winners)}
    except Refused as refused:
        assert refused.reasons[0].refusal is CountRefusal.TIE_NEEDS_LOT
        assert len(outcomes) > 1
    else:
        assert alone == outcomes


def test_equals_of_which_one_lets_a_third_end_the_count_need_a_lot() -> None:
    """All three can be bought at once. After c the dear a fits no more and ends it; after b its supporters wait on."""
    election = an_election(4, {"a": 4, "b": 2, "c": 2}, ["a", "ab", "c"])
    with pytest.raises(Refused) as refused:
        count_phragmen(election, Phragmen())
    assert reason_of(refused).facts == {"plans": "b, c"}
    assert count_phragmen(election, Phragmen(), ("b", "c", "a")).winners == ("b", "c")
    assert count_phragmen(election, Phragmen(), ("c", "b", "a")).winners == ("c",)


def test_the_time_of_each_purchase_and_why_the_others_were_not_bought() -> None:
    """Three voters pay for a at 2; who also wants b has spent all by then, so b comes at 5, and c at 10 does not fit."""
    election = an_election(18, {"a": 6, "b": 8, "c": 10, "d": 1, "e": 19, "f": 3}, ["ae", "a", "ab", "b", "c"], "f")
    steps = count_phragmen(election, Phragmen()).steps
    assert [(step.plan, step.why, step.price) for step in steps] == [
        ("a", Why.BOUGHT, 2),
        ("b", Why.BOUGHT, 5),
        ("c", Why.DOES_NOT_FIT, None),
        ("e", Why.TOO_DEAR, None),
        ("d", Why.SUPPORT_TOO_POOR, None),
        ("f", Why.WITHDRAWN, None),
    ]


def test_phragmen_ends_at_a_plan_that_does_not_fit() -> None:
    ledger = count_phragmen(an_election(10, {"a": 6, "b": 8, "c": 3}, ["a"] * 4 + ["b"] * 4 + ["c"]), Phragmen())
    assert [(step.plan, step.why) for step in ledger.steps] == [
        ("a", Why.BOUGHT),
        ("b", Why.DOES_NOT_FIT),
        ("c", Why.AFTER_STOP),
    ]


def test_phragmen_passes_over_what_a_cap_or_a_winner_keeps_out() -> None:
    conditions = Conditions(conflicts=(("a", "b"),), caps=(Cap("north", 5, ("a", "c")),))
    election = an_election(20, {"a": 4, "b": 4, "c": 4, "d": 4}, ["abcd", "abc", "ab", "a"])
    ledger = count_phragmen(election, Phragmen(conditions))
    assert {step.plan: step.why for step in ledger.steps} == {
        "a": Why.BOUGHT,
        "b": Why.EXCLUDED,
        "c": Why.CAP_FULL,
        "d": Why.BOUGHT,
    }
