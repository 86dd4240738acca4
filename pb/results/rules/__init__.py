"""Pure decisions of the results: what is counted and by which rule, what may be done with it, and why a plan did not win."""

from pb.results.rules.deeds import adopting_reasons, counting_reasons, publishing_reasons
from pb.results.rules.election import LEAST_VOTES, column_name, election_from, points_for, rule_of
from pb.results.rules.figures import flow_bands, money_parts, part_of, share_of
from pb.results.rules.keeping import explanation_from_json, explanation_to_json
from pb.results.rules.why import why_counted_out, why_not

__all__ = [
    "LEAST_VOTES",
    "adopting_reasons",
    "column_name",
    "counting_reasons",
    "election_from",
    "explanation_from_json",
    "explanation_to_json",
    "flow_bands",
    "money_parts",
    "part_of",
    "points_for",
    "publishing_reasons",
    "rule_of",
    "share_of",
    "why_counted_out",
    "why_not",
]
