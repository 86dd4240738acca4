"""The same ballots under other rules, side by side: who wins, what it costs, how many voters have a winner, EJR+."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pb.base.refusals import Reason, Refused
from pb.counting.conditions import Conditions
from pb.counting.ejr import ejr_failures
from pb.counting.election import Election
from pb.counting.equal_shares import Completion, EqualShares, Utility
from pb.counting.ledger import Ledger
from pb.counting.most_votes import MostVotes
from pb.counting.per_euro import PerEuro
from pb.counting.phragmen import Phragmen
from pb.counting.rules import Rule, count
from pb.counting.summary import Summary, summary
from pb.counting.votes_per_euro import VotesPerEuro


@dataclass(frozen=True, slots=True)
class Counted:
    """A rule's outcome; `failures` are the plans for which it fails EJR+."""

    ledger: Ledger
    summary: Summary
    failures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A rule by the name that a table shows, and its outcome or the reason why there is none."""

    name: str
    outcome: Counted | Reason


def side_by_side(
    election: Election, utility: Utility, conditions: Conditions, lot: Sequence[str] = ()
) -> Iterator[Column]:
    """All rules under the same conditions, one after the other; equal shares with the given utility."""
    for name, rule in _rules(utility, conditions):
        yield Column(name, counted(election, rule, utility, lot))


def counted(election: Election, rule: Rule, utility: Utility, lot: Sequence[str]) -> Counted | Reason:
    """What a rule gives; the reason when a lot is needed, or the election is not whole."""
    try:
        ledger = count(election, rule, lot)
    except Refused as refused:
        return refused.reasons[0]
    failures = ejr_failures(election, ledger.winners, utility)
    return Counted(ledger, summary(election, ledger), tuple(failure.plan for failure in failures))


def _rules(utility: Utility, conditions: Conditions) -> Iterator[tuple[str, Rule]]:
    yield "most-votes", MostVotes(conditions=conditions)
    yield "most-votes, stop", MostVotes(skip=False, conditions=conditions)
    for completion in Completion:
        yield f"equal-shares, {completion.value}", EqualShares(utility, completion, conditions=conditions)
    yield "phragmen", Phragmen(conditions)
    yield "votes-per-euro", VotesPerEuro(conditions)
    yield "per-euro", PerEuro(conditions)
