"""Pure counting: ballots and costs in, a ledger of steps out. Standard library and numpy only; see README.md."""

from pb.counting.election import Ballot, Election, Plan, Pot, election_reasons, grouped
from pb.counting.ledger import Ledger, Why, ledger_from_json, ledger_to_json
from pb.counting.most_votes import MostVotes, count_most_votes
from pb.counting.refusals import CountRefusal

__all__ = [
    "Ballot",
    "CountRefusal",
    "Election",
    "Ledger",
    "MostVotes",
    "Plan",
    "Pot",
    "Why",
    "count_most_votes",
    "election_reasons",
    "grouped",
    "ledger_from_json",
    "ledger_to_json",
]
