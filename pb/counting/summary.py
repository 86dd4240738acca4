"""What a count came to for all: how many voters have a winner, and how much money went where."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from pb.base.cents import Cents
from pb.counting.election import Election
from pb.counting.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Summary:
    """Of `voters`, `served` chose at least one winner. A plan of two themes counts for both."""

    voters: int
    served: int
    themes: dict[str, Cents]
    areas: dict[str, Cents]


def summary(election: Election, ledger: Ledger) -> Summary:
    """The summary of a count; themes and areas with most money first."""
    winners = set(ledger.winners)
    served = sum(ballot.times for ballot in election.ballots if not winners.isdisjoint(ballot.choices))
    won = [plan for plan in election.plans if plan.id in winners]
    themes = _most_first((theme, plan.cost) for plan in won for theme in plan.themes)
    areas = _most_first((plan.area, plan.cost) for plan in won if plan.area)
    return Summary(election.voters, served, themes, areas)


def preferring(election: Election, one: Collection[str], other: Collection[str]) -> tuple[int, int]:
    """How many ballots have more winners among the one and among the other."""
    more = [0, 0]
    for ballot in election.ballots:
        first, second = (sum(choice in winners for choice in ballot.choices) for winners in (one, other))
        if first != second:
            more[second > first] += ballot.times
    return more[0], more[1]


def _most_first(amounts: Iterable[tuple[str, Cents]]) -> dict[str, Cents]:
    found: Counter[str] = Counter()
    for name, amount in amounts:
        found[name] += amount
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))
