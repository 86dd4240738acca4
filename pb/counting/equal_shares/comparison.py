"""The comparison step: where more ballots have more winners under most votes, that outcome stands."""

from collections.abc import Sequence
from dataclasses import replace

from pb.counting.conditions import Conditions
from pb.counting.election import Election
from pb.counting.ledger import Comparison, Ledger
from pb.counting.most_votes import MostVotes, count_most_votes
from pb.counting.summary import preferring


def compared(election: Election, ledger: Ledger, conditions: Conditions, lot: Sequence[str]) -> Ledger:
    """The ledger with the comparison, and with the steps of most votes where that outcome stands."""
    other = count_most_votes(election, MostVotes(conditions=conditions), lot)
    comparison = Comparison(*preferring(election, ledger.winners, other.winners))
    steps = ledger.steps if comparison.rule_stands else other.steps
    return replace(ledger, comparison=comparison, steps=steps)
