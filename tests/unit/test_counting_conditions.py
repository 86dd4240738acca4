"""What holds under every rule: thresholds, conflicts, caps, and settings that make no sense."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb.base.refusals import Refused
from pb.counting import (
    Cap,
    Conditions,
    CountRefusal,
    Election,
    EqualShares,
    MostVotes,
    PerEuro,
    Phragmen,
    Plan,
    Pot,
    VotesPerEuro,
    count,
    count_most_votes,
    grouped,
    grouped_points,
)
from pb.counting.ledger import Why
from pb.counting.rules import Rule
from pb.counting.space import Space
from tests import plain_counters
from tests.counting import LOTS, PLANS, POT, an_election, elections, reason_of, votes_of

FOUR = an_election(10, {"a": 4, "b": 4, "c": 4, "d": 2}, votes_of(a=4, b=3, c=2, d=1))


def whys(conditions: Conditions, skip: bool = True) -> list[str]:
    """What became of a, b, c and d."""
    return [step.why.value for step in count_most_votes(FOUR, MostVotes(skip, conditions)).steps]


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        (Conditions(), ["fits", "fits", "does_not_fit", "fits"]),
        (Conditions(least_votes=3), ["fits", "fits", "too_few_votes", "too_few_votes"]),
        (Conditions(least_percent=Fraction(20)), ["fits", "fits", "does_not_fit", "too_few_votes"]),
        (Conditions(least_percent=Fraction(201, 10)), ["fits", "fits", "too_few_votes", "too_few_votes"]),
        (Conditions(conflicts=(("a", "b"),)), ["fits", "excluded", "fits", "fits"]),
        (Conditions(conflicts=(("a", "b"), ("a", "c"))), ["fits", "excluded", "excluded", "fits"]),
        (Conditions(caps=(Cap("north", 5, ("a", "b", "d")),)), ["fits", "cap_full", "fits", "cap_full"]),
        (Conditions(caps=(Cap("north", 6, ("a", "d")),)), ["fits", "fits", "does_not_fit", "fits"]),
        (Conditions(caps=(Cap("none", 0, ("a",)),)), ["cap_full", "fits", "fits", "fits"]),
    ],
)
def test_what_conditions_do(conditions: Conditions, expected: list[str]) -> None:
    assert whys(conditions) == expected


def test_a_plan_kept_out_by_a_cap_does_not_end_a_count_with_stop() -> None:
    conditions = Conditions(caps=(Cap("north", 5, ("a", "b")),))
    assert whys(conditions, skip=False) == ["fits", "cap_full", "fits", "fits"]


def test_points_count_for_the_threshold_and_ballots_for_the_percentage() -> None:
    ballots = grouped_points([{"a": 5}, {"b": 1}, {"b": 1}])
    election = Election((Pot(POT, 9),), (Plan("a", 1, POT), Plan("b", 1, POT)), ballots)
    ledger = count_most_votes(election, MostVotes(conditions=Conditions(least_votes=3)))
    assert [(step.plan, step.votes, step.why) for step in ledger.steps] == [
        ("a", 5, Why.FITS),
        ("b", 2, Why.TOO_FEW_VOTES),
    ]
    half = count_most_votes(election, MostVotes(conditions=Conditions(least_percent=Fraction(50))))
    assert half.winners == ("b",)


@pytest.mark.parametrize(
    ("conditions", "refusal"),
    [
        (Conditions(conflicts=(("a", "z"),)), CountRefusal.CONDITION_PLAN_UNKNOWN),
        (Conditions(caps=(Cap("c", 1, ("z",)),)), CountRefusal.CONDITION_PLAN_UNKNOWN),
        (Conditions(caps=(Cap("c", -1, ("a",)),)), CountRefusal.CAP_NEGATIVE),
        (Conditions(least_votes=-1), CountRefusal.THRESHOLD_WRONG),
        (Conditions(least_percent=Fraction(-1)), CountRefusal.THRESHOLD_WRONG),
        (Conditions(least_percent=Fraction(101)), CountRefusal.THRESHOLD_WRONG),
    ],
)
def test_settings_that_make_no_sense_are_refused(conditions: Conditions, refusal: CountRefusal) -> None:
    with pytest.raises(Refused) as refused:
        count_most_votes(FOUR, MostVotes(conditions=conditions))
    assert reason_of(refused).refusal is refusal


@given(elections(), LOTS, st.integers(0, 8), st.sets(st.sampled_from(PLANS)), st.sets(st.sampled_from(PLANS)))
def test_winners_keep_every_condition(
    election: Election, lot: tuple[str, ...], money: int, capped: set[str], conflict: set[str]
) -> None:
    conditions = Conditions(conflicts=(tuple(sorted(conflict)),), caps=(Cap("c", money, tuple(sorted(capped))),))
    ledger = count_most_votes(election, MostVotes(conditions=conditions), lot)
    taken: list[str] = []
    for step in ledger.steps:
        plan = next(plan for plan in election.plans if plan.id == step.plan)
        fits = plain_counters.fits(election, conditions, taken, plan) and step.cost <= step.before
        assert step.won is fits
        taken += [step.plan] if step.won else []


@given(elections(), st.integers(0, 12), st.sets(st.sampled_from(PLANS)))
def test_what_holds_together_can_win_in_turn(election: Election, money: int, conflict: set[str]) -> None:
    space = Space(Conditions(conflicts=(tuple(sorted(conflict)),)), money)
    plans = election.plans[:3]
    together = sum(plan.cost for plan in plans) <= money and len(conflict & {plan.id for plan in plans}) < 2
    assert space.holds(plans) is together


@pytest.mark.parametrize("rule", [MostVotes(), EqualShares(), Phragmen(), VotesPerEuro(), PerEuro()])
def test_a_pot_without_plans_keeps_its_money(rule: Rule) -> None:
    """In Amsterdam one of eleven areas had no feasible plan."""
    election = Election((Pot("n", 5), Pot("s", 6)), (Plan("a", 4, "n"),), grouped(["a", "a", ""]))
    ledger = count(election, rule)
    assert (ledger.winners, ledger.money, ledger.left) == (("a",), 11, 7)
