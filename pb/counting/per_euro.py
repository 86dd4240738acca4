"""Per euro: every euro of a plan gets the plan's votes, and the euros with most votes are paid.

Knapsack voting counted as in Goel, Krishnaswamy, Sakshuwong and Aitamurto, *Knapsack Voting for Participatory Budgeting*
(ACM Transactions on Economics and Computation 7, 2019): all euros of a plan have equally many votes, so plans are paid in
the order of their votes and the last one in part. A plan that is paid in part is no winner; its step tells the part.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pb.counting.conditions import PLAIN, Conditions
from pb.counting.election import Election
from pb.counting.in_turn import Misfit, Turns, in_turn
from pb.counting.ledger import Ledger, Step
from pb.counting.pot_count import PotCount, ledger_of

RULE = "per-euro"


@dataclass(frozen=True, slots=True)
class PerEuro:
    """The settings: what holds under every rule."""

    conditions: Conditions = PLAIN


def count_per_euro(election: Election, rule: PerEuro, lot: Sequence[str] = ()) -> Ledger:
    """The ledger. Raises `Refused` as `count_most_votes` does."""

    def steps(count: PotCount) -> Iterator[Step]:
        return in_turn(
            Turns(count, lambda plan: count.scores[plan.id], Misfit.PART), count.space(), count.election.plans
        )

    return ledger_of(RULE, {}, election, rule.conditions, lot, steps)
