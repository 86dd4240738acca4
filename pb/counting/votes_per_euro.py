"""Votes per euro: plans by their votes (or points) divided by their cost, passing over what does not fit.

For comparison with the other rules; known as greedy by ratio (Talmon and Faliszewski, AAAI 2019).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pb.counting.conditions import PLAIN, Conditions
from pb.counting.election import Election, Plan
from pb.counting.in_turn import Turns, in_turn
from pb.counting.ledger import Ledger, Step
from pb.counting.pot_count import PotCount, ledger_of

RULE = "votes-per-euro"


@dataclass(frozen=True, slots=True)
class VotesPerEuro:
    """The settings: what holds under every rule."""

    conditions: Conditions = PLAIN


def count_votes_per_euro(election: Election, rule: VotesPerEuro, lot: Sequence[str] = ()) -> Ledger:
    """The ledger. Raises `Refused` as `count_most_votes` does."""

    def steps(count: PotCount) -> Iterator[Step]:
        def ratio(plan: Plan) -> Fraction:
            return Fraction(count.scores[plan.id], plan.cost)

        return in_turn(Turns(count, ratio), count.space(), count.election.plans)

    return ledger_of(RULE, {}, election, rule.conditions, lot, steps)
