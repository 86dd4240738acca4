"""Most votes: skip and stop, what a winner needs, ties with and without a lot, and pots."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb.base.refusals import Refused
from pb.counting import Conditions, CountRefusal, Election, MostVotes, Plan, Pot, count_most_votes, grouped
from pb.counting.ledger import Tie, Why
from tests.counting import an_election, reason_of, votes_of

SKIP, STOP = MostVotes(skip=True), MostVotes(skip=False)
THREE = an_election(10_00, {"a": 6_00, "b": 5_00, "c": 4_00}, votes_of(a=3, b=2, c=1))


@pytest.mark.parametrize(
    ("rule", "winners", "left"),
    [(SKIP, ("a", "c"), 0), (STOP, ("a",), 4_00)],
)
def test_skip_looks_further_and_stop_ends(rule: MostVotes, winners: tuple[str, ...], left: int) -> None:
    ledger = count_most_votes(THREE, rule)
    assert (ledger.winners, ledger.left) == (winners, left)


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        (SKIP, [Why.FITS, Why.DOES_NOT_FIT, Why.FITS]),
        (STOP, [Why.FITS, Why.DOES_NOT_FIT, Why.AFTER_STOP]),
        (MostVotes(conditions=Conditions(least_votes=2)), [Why.FITS, Why.DOES_NOT_FIT, Why.TOO_FEW_VOTES]),
    ],
)
def test_each_step_says_why(rule: MostVotes, why: list[Why]) -> None:
    assert [step.why for step in count_most_votes(THREE, rule).steps] == why


def test_a_step_has_its_place_votes_and_money() -> None:
    step = count_most_votes(THREE, SKIP).step_of("b")
    assert step is not None
    assert (step.place, step.votes, step.cost, step.before, step.after, step.won) == (2, 2, 5_00, 4_00, 4_00, False)


def test_a_plan_that_was_not_on_the_ballot_has_no_step() -> None:
    assert count_most_votes(THREE, SKIP).step_of("z") is None


def test_a_withdrawn_plan_wins_nothing_and_its_ballots_count() -> None:
    ledger = count_most_votes(an_election(10, {"a": 10, "b": 10}, ["ab", "a"], withdrawn="a"), STOP)
    assert (ledger.winners, ledger.ballots) == (("b",), 2)
    assert ledger.steps[0].why is Why.WITHDRAWN


def test_each_pot_pays_its_own_plans() -> None:
    plans = (Plan("a", 5, "n"), Plan("b", 5, "s"), Plan("c", 4, "n"))
    election = Election((Pot("n", 5), Pot("s", 5)), plans, grouped(["abc", "a", "c", "c"]))
    ledger = count_most_votes(election, SKIP)
    assert [(step.pot, step.place, step.plan, step.won) for step in ledger.steps] == [
        ("n", 1, "c", True),
        ("n", 2, "a", False),
        ("s", 1, "b", True),
    ]
    assert (ledger.money, ledger.cost, ledger.left) == (10, 9, 1)


def test_equal_votes_the_cheaper_first() -> None:
    ledger = count_most_votes(an_election(10, {"a": 8, "b": 7}, votes_of(a=2, b=2)), SKIP)
    assert ledger.winners == ("b",)
    assert {step.tie for step in ledger.steps} == {Tie.LOWER_COST}


def test_equal_votes_by_lot_alone() -> None:
    rule = MostVotes(conditions=Conditions(cheaper_first=False))
    ledger = count_most_votes(an_election(10, {"a": 8, "b": 7}, votes_of(a=2, b=2)), rule, lot=("a", "b"))
    assert ledger.winners == ("a",)
    assert {step.tie for step in ledger.steps} == {Tie.LOT}


@pytest.mark.parametrize(("lot", "winner"), [(("a", "b", "c"), "a"), (("b", "c", "a"), "b")])
def test_the_lot_settles_what_cost_does_not(lot: tuple[str, ...], winner: str) -> None:
    election = an_election(10, {"a": 8, "b": 8, "c": 9}, votes_of(a=2, b=2, c=1))
    assert count_most_votes(election, SKIP, lot).winners == (winner,)


def test_a_tie_that_decides_needs_a_lot() -> None:
    with pytest.raises(Refused) as refused:
        count_most_votes(an_election(10, {"a": 8, "b": 8}, votes_of(a=2, b=2)), SKIP)
    assert reason_of(refused).refusal is CountRefusal.TIE_NEEDS_LOT
    assert reason_of(refused).facts == {"plans": "a, b"}


def test_a_tie_that_changes_nothing_needs_none() -> None:
    ledger = count_most_votes(an_election(16, {"a": 8, "b": 8}, votes_of(a=2, b=2)), SKIP)
    assert ledger.winners == ("a", "b")
    assert {step.tie for step in ledger.steps} == {Tie.NO_MATTER}


@pytest.mark.parametrize("lot", [("a",), ("a", "b", "c", "c"), ("a", "b", "z")])
def test_a_lot_names_every_plan_once(lot: tuple[str, ...]) -> None:
    with pytest.raises(Refused) as refused:
        count_most_votes(THREE, SKIP, lot)
    assert reason_of(refused).refusal is CountRefusal.LOT_INCOMPLETE


def test_an_election_that_is_not_whole_is_not_counted() -> None:
    with pytest.raises(Refused) as refused:
        count_most_votes(an_election(0, {"a": 1}, ["a"]), SKIP)
    assert reason_of(refused).refusal is CountRefusal.POT_WITHOUT_MONEY


small_elections = st.builds(
    an_election,
    st.integers(1, 12),
    st.fixed_dictionaries({"a": st.integers(1, 6), "b": st.integers(1, 6), "c": st.integers(1, 6)}),
    st.lists(st.sets(st.sampled_from("abc")), max_size=6),
)


@given(small_elections, st.booleans(), st.booleans(), st.integers(0, 2))
def test_a_lot_is_asked_exactly_when_lots_disagree(election: Election, skip: bool, cheaper: bool, least: int) -> None:
    rule = MostVotes(skip, Conditions(least, cheaper_first=cheaper))
    outcomes = {frozenset(count_most_votes(election, rule, lot).winners) for lot in permutations("abc")}
    try:
        alone = {frozenset(count_most_votes(election, rule).winners)}
    except Refused as refused:
        assert refused.reasons[0].refusal is CountRefusal.TIE_NEEDS_LOT
        assert len(outcomes) > 1
    else:
        assert alone == outcomes
