"""All rules by name, and one way to count by any of them."""

from collections.abc import Sequence
from enum import StrEnum

from pb.counting.election import Election
from pb.counting.equal_shares import EqualShares, count_equal_shares
from pb.counting.equal_shares.market import Heard
from pb.counting.ledger import Ledger
from pb.counting.most_votes import MostVotes, count_most_votes
from pb.counting.per_euro import PerEuro, count_per_euro
from pb.counting.phragmen import Phragmen, count_phragmen
from pb.counting.votes_per_euro import VotesPerEuro, count_votes_per_euro

Rule = MostVotes | EqualShares | Phragmen | VotesPerEuro | PerEuro
"""A rule with its settings."""


class RuleName(StrEnum):
    """What a rule is called in commands and ledgers."""

    MOST_VOTES = "most-votes"
    EQUAL_SHARES = "equal-shares"
    PHRAGMEN = "phragmen"
    VOTES_PER_EURO = "votes-per-euro"
    PER_EURO = "per-euro"


def count(election: Election, rule: Rule, lot: Sequence[str] = (), heard: Heard = lambda spent, money: None) -> Ledger:
    """The ledger of this rule. Raises `Refused` for what cannot be counted, with `TIE_NEEDS_LOT` for a tie that decides.

    `heard` is told how much is spent while shares are raised.
    """
    match rule:
        case MostVotes():
            return count_most_votes(election, rule, lot)
        case EqualShares():
            return count_equal_shares(election, rule, lot, heard)
        case Phragmen():
            return count_phragmen(election, rule, lot)
        case VotesPerEuro():
            return count_votes_per_euro(election, rule, lot)
    return count_per_euro(election, rule, lot)
