"""EJR+ up to one plan: against every group of voters, and equal shares always passes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb.counting import Election, Plan, Pot, grouped
from pb.counting.ejr import Failure, ejr_failures
from pb.counting.equal_shares import Completion, EqualShares, Utility, count_equal_shares
from tests import plain_counters
from tests.counting import LOTS, PLANS, an_election, elections

SPLIT = an_election(10, {"a": 5, "b": 5, "c": 3}, ["ab"] * 6 + ["c"] * 4)


@pytest.mark.parametrize(
    ("winners", "failures"),
    [({"a", "b"}, (Failure("c", 4),)), ({"a", "c"}, ()), (set(), (Failure("a", 6), Failure("b", 6), Failure("c", 4)))],
)
def test_a_group_that_got_nothing_fails(winners: set[str], failures: tuple[Failure, ...]) -> None:
    assert ejr_failures(SPLIT, winners, Utility.COST) == failures


@given(elections(), st.sets(st.sampled_from(PLANS)), st.sampled_from([Utility.COST, Utility.CARDINALITY]))
def test_every_group_is_tried(election: Election, winners: set[str], utility: Utility) -> None:
    found = {failure.plan for failure in ejr_failures(election, winners, utility)}
    assert found == plain_counters.ejr_fails(election, sorted(winners), utility)


@given(elections(points=True), st.sets(st.sampled_from(PLANS)), st.sampled_from(Utility))
def test_every_group_is_tried_with_points(election: Election, winners: set[str], utility: Utility) -> None:
    found = {failure.plan for failure in ejr_failures(election, winners, utility)}
    assert found == plain_counters.ejr_fails(election, sorted(winners), utility)


@given(elections(points=True), st.sampled_from(Utility), st.sampled_from(Completion), LOTS)
def test_equal_shares_never_fails(
    election: Election, utility: Utility, completion: Completion, lot: tuple[str, ...]
) -> None:
    ledger = count_equal_shares(election, EqualShares(utility, completion, unit=1), lot)
    assert ejr_failures(election, ledger.winners, utility) == ()


def test_each_pot_is_judged_by_itself_and_withdrawn_plans_are_not() -> None:
    plans = (Plan("a", 5, "n"), Plan("b", 5, "s"), Plan("c", 5, "n", withdrawn=True))
    election = Election((Pot("n", 5), Pot("s", 5)), plans, grouped(["abc"]))
    assert ejr_failures(election, {"a"}, Utility.COST) == (Failure("b", 1),)
