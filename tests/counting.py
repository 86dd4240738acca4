"""Small elections for tests of the counting, and the real ones where the folder with them is at hand."""

import os
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import strategies as st

from pb.base.refusals import Reason, Refused
from pb.counting import Election, Plan, Pot, grouped, grouped_points

POT = "all"
ELECTIONS = Path(os.environ.get("PB_ELECTIONS", Path(__file__).resolve().parent.parent.parent / "shared" / "elections"))


def an_election(money: int, costs: dict[str, int], votes: Iterable[str], withdrawn: str = "") -> Election:
    """One pot; a vote is written as its plans, one letter each: `"ab"`."""
    plans = tuple(Plan(plan, cost, POT, plan in withdrawn) for plan, cost in costs.items())
    return Election((Pot(POT, money),), plans, grouped(votes))


def votes_of(**numbers: int) -> list[str]:
    """As many ballots for each plan alone as the plan is to have votes."""
    return [plan for plan, votes in numbers.items() for _ in range(votes)]


def reason_of(refused: pytest.ExceptionInfo[Refused]) -> Reason:
    """The only reason of a refusal."""
    (reason,) = refused.value.reasons
    return reason


def real_election(name: str) -> bytes:
    """A file of the collection of real elections; the test is skipped, in words, where the folder is absent."""
    path = ELECTIONS / name
    if not path.exists():
        pytest.skip(f"the folder of real elections is not there (PB_ELECTIONS, now {ELECTIONS.name}/)")
    return path.read_bytes()


PLANS = "abcd"


@st.composite
def elections(draw: st.DrawFn, points: bool = False, plans: str = PLANS, voters: int = 7) -> Election:
    """Small elections in which ties are common: few different costs, few voters, often equal ballots."""
    costs = st.integers(1, 8) if draw(st.booleans()) else st.sampled_from([2, 4])
    made = tuple(Plan(plan, draw(costs), POT) for plan in plans)
    if points:
        given = st.dictionaries(st.sampled_from(plans), st.integers(0, 3))
        ballots = grouped_points(draw(st.lists(given, min_size=1, max_size=voters)))
    else:
        ballots = grouped(draw(st.lists(st.sets(st.sampled_from(plans)), min_size=1, max_size=voters)))
    return Election((Pot(POT, draw(st.integers(1, 14))),), made, ballots)


LOTS = st.permutations(PLANS).map(tuple)
