"""Everything that can be wrong with an election; only one without reasons is counted."""

from collections import Counter
from collections.abc import Iterator
from itertools import chain

from pb.base.refusals import Reason
from pb.counting.election import Ballot, Election
from pb.counting.refusals import CountRefusal


def election_reasons(election: Election) -> list[Reason]:
    """Why this election cannot be counted."""
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
    """Groups are looked at one by one, their choices all at once: there may be millions."""
    known = {plan.id for plan in election.plans}
    for unknown in sorted(set(chain.from_iterable(ballot.choices for ballot in election.ballots)) - known):
        yield CountRefusal.CHOICE_UNKNOWN(plan=unknown)
    for ballot in election.ballots:
        if ballot.times < 1:
            yield CountRefusal.BALLOT_EMPTY_GROUP()
        if len(set(ballot.choices)) < len(ballot.choices):
            yield CountRefusal.CHOICE_TWICE(plan=Counter(ballot.choices).most_common(1)[0][0])
        if ballot.points or ballot.pots:
            yield from _special_reasons(election, ballot)


def _special_reasons(election: Election, ballot: Ballot) -> Iterator[Reason]:
    """What can be wrong with the points of a ballot, and with the pots that it votes in."""
    if ballot.points and len(ballot.points) != len(ballot.choices):
        yield CountRefusal.POINTS_DIFFER(points=len(ballot.points), choices=len(ballot.choices))
    for pot in ballot.pots:
        if pot not in {one.code for one in election.pots}:
            yield CountRefusal.BALLOT_POT_UNKNOWN(pot=pot)
