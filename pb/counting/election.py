"""What is counted: plans with their costs, pots of money, and ballots, of which equal ones are grouped.

All values are frozen. Money is in whole cents. An election has one form only: plans and pots keep the order in which
they were given, ballots are sorted, so that the same ballots in another order are the same election.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from pb.base.cents import Cents
from pb.counting.profile import Profile, laid_out


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan on the ballot: its cost in cents, VAT included, the pot that pays it, its themes and its neighbourhood.

    A `withdrawn` plan left the ballot while people voted: it wins nothing, and ballots with it stay valid.
    """

    id: str
    cost: Cents
    pot: str
    withdrawn: bool = False
    themes: tuple[str, ...] = ()
    area: str = ""


@dataclass(frozen=True, slots=True)
class Pot:
    """Money, in cents, that only the plans of this pot can win."""

    code: str
    money: Cents


@dataclass(frozen=True, slots=True)
class Ballot:
    """The chosen plans, sorted and each once, and how many people chose exactly these; blank is empty.

    `points` stand beside the choices, or are empty where a choice is a choice. A ranking is written as points.
    `pots` are those that the ballot votes in; empty: all.
    """

    choices: tuple[str, ...]
    times: int = 1
    points: tuple[int, ...] = ()
    pots: tuple[str, ...] = ()


@dataclass(frozen=True)
class Election:
    """Everything a rule may look at."""

    pots: tuple[Pot, ...]
    plans: tuple[Plan, ...]
    ballots: tuple[Ballot, ...]

    @property
    def voters(self) -> int:
        """How many ballots there are, blank ones included."""
        return sum(ballot.times for ballot in self.ballots)

    @property
    def blank(self) -> int:
        """How many ballots choose nothing."""
        return sum(ballot.times for ballot in self.ballots if not ballot.choices)

    @cached_property
    def profile(self) -> Profile:
        """The ballots as arrays, made once; plans are numbered in their order."""
        return laid_out([plan.id for plan in self.plans], self.ballots)

    def votes(self) -> dict[str, int]:
        """How many ballots choose each plan; every plan is there, also with none."""
        return {plan.id: found.votes for plan, found in zip(self.plans, self.profile.support, strict=True)}

    def scores(self) -> dict[str, int]:
        """What a plan is ranked by: its points, or its votes where the ballots give no points."""
        return {plan.id: found.score for plan, found in zip(self.plans, self.profile.support, strict=True)}

    def of_pot(self, pot: Pot) -> "Election":
        """The election of one pot: its plans, and of the ballots that vote in it what they chose there."""
        if self.pots == (pot,):
            return self
        plans = tuple(plan for plan in self.plans if plan.pot == pot.code)
        inside = {plan.id for plan in plans}
        here = (_within(ballot, inside) for ballot in self.ballots if not ballot.pots or pot.code in ballot.pots)
        return Election((pot,), plans, merged(here))


def _within(ballot: Ballot, plans: set[str]) -> Ballot:
    kept = [place for place, choice in enumerate(ballot.choices) if choice in plans]
    choices = tuple(ballot.choices[place] for place in kept)
    points = tuple(ballot.points[place] for place in kept) if ballot.points else ()
    return Ballot(choices, ballot.times, points)


def grouped(votes: Iterable[Iterable[str]]) -> tuple[Ballot, ...]:
    """Ballots from the choices of each voter: sorted, equal ones together, a plan that stands twice in one taken once.

    >>> [(ballot.choices, ballot.times) for ballot in grouped([("b", "a"), (), ("a", "b", "a")])]
    [((), 1), (('a', 'b'), 2)]
    """
    counted = Counter(tuple(sorted(set(chosen))) for chosen in votes)
    return _sorted(Ballot(chosen, times) for chosen, times in counted.items())


def grouped_points(votes: Iterable[Mapping[str, int]]) -> tuple[Ballot, ...]:
    """The same from each voter's points by plan."""
    counted = Counter(tuple(sorted(given.items())) for given in votes)
    return _sorted(
        Ballot(tuple(plan for plan, _ in given), times, tuple(points for _, points in given))
        for given, times in counted.items()
    )


def merged(ballots: Iterable[Ballot]) -> tuple[Ballot, ...]:
    """Equal ballots together, sorted."""
    counted: Counter[Ballot] = Counter()
    for ballot in ballots:
        counted[replace(ballot, times=1)] += ballot.times
    return _sorted(replace(ballot, times=times) for ballot, times in counted.items())


def _sorted(ballots: Iterable[Ballot]) -> tuple[Ballot, ...]:
    return tuple(sorted(ballots, key=lambda ballot: (ballot.choices, ballot.points, ballot.pots)))
