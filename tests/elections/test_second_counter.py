"""pabutools as a second counter: hundreds of small elections per rule, ties included, with our order of equals.

pabutools is exact too (with `FRACTION = "gmpy2"`). Where it reads a rule otherwise than we do, the test says so.
"""

import warnings
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings

from pb.counting import (
    Completion,
    Election,
    EqualShares,
    MostVotes,
    Phragmen,
    Utility,
    VotesPerEuro,
)
from pb.counting.rules import Rule, count
from tests.counting import LOTS, elections

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from pabutools.election import (
        Additive_Cardinal_Sat,
        ApprovalBallot,
        ApprovalProfile,
        CardinalBallot,
        Cardinality_Sat,
        CardinalProfile,
        Cost_Sat,
        Instance,
        Project,
    )
    from pabutools.rules import (
        exhaustion_by_budget_increase,
        greedy_utilitarian_welfare,
        method_of_equal_shares,
        sequential_phragmen,
    )
    from pabutools.tiebreaking import TieBreakingRule

hundreds = settings(max_examples=300, deadline=None)
Lot = tuple[str, ...]


class Theirs:
    """An election as pabutools has it, with our order of equals: lower cost, more votes or points, lot."""

    def __init__(self, election: Election, lot: Lot, points: bool = False) -> None:
        projects = {plan.id: Project(plan.id, plan.cost) for plan in election.plans}
        self.instance = Instance(projects.values(), budget_limit=election.pots[0].money)
        self.profile = self._profile(election, projects, points)
        self.voters = election.voters
        scores = election.scores()
        self.ties = TieBreakingRule(lambda _i, _p, one: (one.cost, -scores[one.name], lot.index(one.name)))

    def _profile(self, election: Election, projects: dict[str, Any], points: bool) -> Any:
        voters = [ballot for ballot in election.ballots for _ in range(ballot.times)]
        if not points:
            chosen = [ApprovalBallot(projects[one] for one in ballot.choices) for ballot in voters]
            return ApprovalProfile(chosen, instance=self.instance)
        amounts = [dict(zip(ballot.choices, ballot.points, strict=True)) for ballot in voters]
        cardinal = [CardinalBallot({projects[one]: given for one, given in some.items()}) for some in amounts]
        return CardinalProfile(cardinal, instance=self.instance)

    def winners(self, rule: Callable[..., Any], **more: Any) -> list[str]:
        """The winners of one of their rules."""
        return sorted(one.name for one in rule(self.instance, self.profile, tie_breaking=self.ties, **more))

    def raised(self, satisfaction: Any, exhaustive: bool) -> list[str]:
        """Equal shares with a budget that grows by one cent a voter."""
        found = exhaustion_by_budget_increase(
            self.instance,
            self.profile,
            method_of_equal_shares,
            {"sat_class": satisfaction, "tie_breaking": self.ties},
            exhaustive_stop=exhaustive,
            budget_step=self.voters,
            budget_bound=self.voters * self.instance.budget_limit * 20,
        )
        return sorted(one.name for one in found)


def ours(election: Election, rule: Rule, lot: Lot) -> list[str]:
    """Our winners."""
    return sorted(count(election, rule, lot).winners)


@hundreds
@given(elections(), LOTS)
def test_most_votes(election: Election, lot: Lot) -> None:
    """Their greedy rule takes satisfaction per euro; when that is the cost, it takes votes."""
    them = Theirs(election, lot).winners(greedy_utilitarian_welfare, sat_class=Cost_Sat)
    assert ours(election, MostVotes(), lot) == them


@hundreds
@given(elections(), LOTS)
def test_votes_per_euro(election: Election, lot: Lot) -> None:
    them = Theirs(election, lot).winners(greedy_utilitarian_welfare, sat_class=Cardinality_Sat)
    assert ours(election, VotesPerEuro(), lot) == them


@hundreds
@given(elections(points=True), LOTS)
def test_most_points_per_euro(election: Election, lot: Lot) -> None:
    them = Theirs(election, lot, points=True).winners(greedy_utilitarian_welfare, sat_class=Additive_Cardinal_Sat)
    assert ours(election, VotesPerEuro(), lot) == them


@hundreds
@given(elections(), LOTS)
def test_phragmen(election: Election, lot: Lot) -> None:
    """A plan that nobody chose is bought by them in the end if it fits, and by us never."""
    voted = {plan for plan, votes in election.votes().items() if votes}
    them = set(Theirs(election, lot).winners(sequential_phragmen))
    assert set(ours(election, Phragmen(), lot)) == them & voted


@pytest.mark.parametrize(
    ("utility", "satisfaction"), [(Utility.COST, Cost_Sat), (Utility.CARDINALITY, Cardinality_Sat)]
)
@hundreds
@given(election=elections(), lot=LOTS)
def test_equal_shares(utility: Utility, satisfaction: Any, election: Election, lot: Lot) -> None:
    rule = EqualShares(utility, Completion.NONE)
    assert ours(election, rule, lot) == Theirs(election, lot).winners(method_of_equal_shares, sat_class=satisfaction)


@hundreds
@given(elections(points=True), LOTS)
def test_equal_shares_by_points(election: Election, lot: Lot) -> None:
    rule = EqualShares(Utility.POINTS, Completion.NONE)
    them = Theirs(election, lot, points=True).winners(method_of_equal_shares, sat_class=Additive_Cardinal_Sat)
    assert ours(election, rule, lot) == them


@pytest.mark.parametrize("exhaustive", [True, False])
@pytest.mark.parametrize(
    ("utility", "satisfaction"), [(Utility.COST, Cost_Sat), (Utility.CARDINALITY, Cardinality_Sat)]
)
@hundreds
@given(election=elections(), lot=LOTS)
def test_add1(exhaustive: bool, utility: Utility, satisfaction: Any, election: Election, lot: Lot) -> None:
    rule = EqualShares(utility, Completion.ADD1, unit=1, stop_when_exhaustive=exhaustive)
    assert ours(election, rule, lot) == Theirs(election, lot).raised(satisfaction, exhaustive)
