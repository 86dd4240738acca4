"""What is counted: plans with their costs, pots of money, and ballots, of which equal ones are grouped.

All values are frozen. Money is in whole cents. An election has one form only: plans and pots keep the order in which
they were given, ballots are sorted, so that the same ballots in another order are the same election.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pb.base.money import Cents
from pb.base.refusals import Reason
from pb.counting.refusals import CountRefusal


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan on the ballot: its cost in cents, VAT included, and the pot that pays it.

    A `withdrawn` plan left the ballot while people voted: it wins nothing, and ballots with it stay valid.
    """

    id: str
    cost: Cents
    pot: str
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Pot:
    """Money, in cents, that only the plans of this pot can win."""

    code: str
    money: Cents


@dataclass(frozen=True, slots=True, order=True)
class Ballot:
    """The chosen plans, sorted and each once, and how many people chose exactly these; blank is empty."""

    choices: tuple[str, ...]
    times: int = 1


@dataclass(frozen=True, slots=True)
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

    def votes(self) -> dict[str, int]:
        """How many ballots choose each plan; every plan is there, also with none."""
        found = {plan.id: 0 for plan in self.plans}
        for ballot in self.ballots:
            for choice in ballot.choices:
                found[choice] += ballot.times
        return found


def grouped(choices: Iterable[Iterable[str]]) -> tuple[Ballot, ...]:
    """Ballots from the choices of each voter: sorted, equal ones together, a plan that stands twice in one taken once.

    >>> grouped([("b", "a"), (), ("a", "b", "a")])
    (Ballot(choices=(), times=1), Ballot(choices=('a', 'b'), times=2))
    """
    counted = Counter(tuple(sorted(set(chosen))) for chosen in choices)
    return tuple(sorted(Ballot(chosen, times) for chosen, times in counted.items()))


def election_reasons(election: Election) -> list[Reason]:
    """Everything that is wrong with an election; only one without reasons can be counted."""
    return [*_pot_reasons(election), *_plan_reasons(election), *_ballot_reasons(election)]


def _pot_reasons(election: Election) -> Iterator[Reason]:
    if not election.pots:
        yield CountRefusal.NO_POT()
    for code, often in Counter(pot.code for pot in election.pots).items():
        if often > 1:
            yield CountRefusal.POT_TWICE(pot=code)
    for pot in election.pots:
        if pot.money <= 0:
            yield CountRefusal.POT_WITHOUT_MONEY(pot=pot.code)


def _plan_reasons(election: Election) -> Iterator[Reason]:
    if not election.plans:
        yield CountRefusal.NO_PLAN()
    for plan_id, often in Counter(plan.id for plan in election.plans).items():
        if often > 1:
            yield CountRefusal.PLAN_TWICE(plan=plan_id)
    pots = {pot.code for pot in election.pots}
    for plan in election.plans:
        if plan.pot not in pots:
            yield CountRefusal.PLAN_WITHOUT_POT(plan=plan.id, pot=plan.pot)
        if plan.cost <= 0:
            yield CountRefusal.COST_NOT_POSITIVE(plan=plan.id)


def _ballot_reasons(election: Election) -> Iterator[Reason]:
    known = {plan.id for plan in election.plans}
    for ballot in election.ballots:
        if ballot.times < 1:
            yield CountRefusal.BALLOT_EMPTY_GROUP()
        if len(set(ballot.choices)) < len(ballot.choices):
            yield CountRefusal.CHOICE_TWICE(plan=Counter(ballot.choices).most_common(1)[0][0])
        for choice in ballot.choices:
            if choice not in known:
                yield CountRefusal.CHOICE_UNKNOWN(plan=choice)
