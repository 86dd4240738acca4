"""Pure counting: ballots and costs in, a ledger of steps out. Standard library and numpy only; see README.md."""

from pb.counting.checks import election_reasons
from pb.counting.conditions import Cap, Conditions
from pb.counting.election import Ballot, Election, Plan, Pot, grouped, grouped_points, merged
from pb.counting.equal_shares import Completion, EqualShares, Utility, count_equal_shares
from pb.counting.ledger import Ledger, Why
from pb.counting.ledger_json import ledger_from_json, ledger_to_json
from pb.counting.most_votes import MostVotes, count_most_votes
from pb.counting.per_euro import PerEuro, count_per_euro
from pb.counting.phragmen import Phragmen, count_phragmen
from pb.counting.refusals import CountRefusal
from pb.counting.rules import count
from pb.counting.votes_per_euro import VotesPerEuro, count_votes_per_euro

__all__ = [
    "Ballot",
    "Cap",
    "Completion",
    "Conditions",
    "CountRefusal",
    "Election",
    "EqualShares",
    "Ledger",
    "MostVotes",
    "PerEuro",
    "Phragmen",
    "Plan",
    "Pot",
    "Utility",
    "VotesPerEuro",
    "Why",
    "count",
    "count_equal_shares",
    "count_most_votes",
    "count_per_euro",
    "count_phragmen",
    "count_votes_per_euro",
    "election_reasons",
    "grouped",
    "grouped_points",
    "ledger_from_json",
    "ledger_to_json",
    "merged",
]
