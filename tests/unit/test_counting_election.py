"""What an election is, and everything that can be wrong with one."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb.counting import Ballot, CountRefusal, Election, Plan, Pot, election_reasons, grouped
from tests.counting import an_election

WHOLE = an_election(10_00, {"a": 5_00, "b": 6_00}, ["a", "ab", "", "ba"])


def test_equal_ballots_are_one_group_whatever_their_order() -> None:
    assert WHOLE.ballots == (Ballot((), 1), Ballot(("a",), 1), Ballot(("a", "b"), 2))


def test_voters_blank_ballots_and_votes() -> None:
    assert (WHOLE.voters, WHOLE.blank, WHOLE.votes()) == (4, 1, {"a": 3, "b": 2})


def test_a_plan_that_nobody_chose_has_no_votes() -> None:
    assert an_election(1, {"a": 1, "b": 1}, ["a"]).votes() == {"a": 1, "b": 0}


@given(st.lists(st.lists(st.sampled_from("abcd"), max_size=5), max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_ballots_does_not_matter(votes: list[list[str]], chance: st.DataObject) -> None:
    mixed = [sorted(vote, reverse=True) for vote in votes]
    chance.shuffle(mixed)
    assert grouped(mixed) == grouped(votes)


def test_a_whole_election_has_no_reasons() -> None:
    assert election_reasons(WHOLE) == []


@pytest.mark.parametrize(
    ("changed", "refusals"),
    [
        ({"pots": (), "plans": (), "ballots": ()}, {CountRefusal.NO_POT, CountRefusal.NO_PLAN}),
        ({"pots": (Pot("all", 1), Pot("all", 2))}, {CountRefusal.POT_TWICE}),
        ({"pots": (Pot("all", 0),)}, {CountRefusal.POT_WITHOUT_MONEY}),
        ({"pots": (Pot("other", 1),)}, {CountRefusal.PLAN_WITHOUT_POT}),
        ({"plans": (*WHOLE.plans, Plan("a", 1, "all"))}, {CountRefusal.PLAN_TWICE}),
        ({"plans": (Plan("a", 0, "all"), Plan("b", -1, "all"))}, {CountRefusal.COST_NOT_POSITIVE}),
        ({"ballots": (Ballot(("a",), 0),)}, {CountRefusal.BALLOT_EMPTY_GROUP}),
        ({"ballots": (Ballot(("a", "a")),)}, {CountRefusal.CHOICE_TWICE}),
        ({"ballots": (Ballot(("z",)),)}, {CountRefusal.CHOICE_UNKNOWN}),
        ({"ballots": (Ballot(("a",), points=(1, 2)),)}, {CountRefusal.POINTS_DIFFER}),
        ({"ballots": (Ballot(("a",), pots=("all", "z")),)}, {CountRefusal.BALLOT_POT_UNKNOWN}),
    ],
)
def test_what_is_wrong_is_named(changed: dict[str, object], refusals: set[CountRefusal]) -> None:
    wrong: Election = replace(WHOLE, **changed)  # type: ignore[arg-type]
    assert {reason.refusal for reason in election_reasons(wrong)} == refusals


def test_the_election_of_a_pot_has_its_plans_and_the_ballots_that_vote_in_it() -> None:
    pots = (Pot("n", 1), Pot("s", 1))
    plans = (Plan("a", 1, "n"), Plan("b", 1, "s"), Plan("c", 1, "n"))
    ballots = (Ballot(("a", "b"), 2, (3, 4)), Ballot(("a",), 1, (3,), ("n",)), Ballot(("b",), 1, (1,), ("s",)))
    here = Election(pots, plans, ballots).of_pot(pots[0])
    assert here == Election((pots[0],), (plans[0], plans[2]), (Ballot(("a",), 3, (3,)),))


def test_points_are_added_and_missing_ones_are_one() -> None:
    election = replace(WHOLE, ballots=(Ballot(("a", "b"), 2, (3, -1)), Ballot(("a",))))
    assert (election.votes(), election.scores()) == ({"a": 3, "b": 2}, {"a": 7, "b": -2})
