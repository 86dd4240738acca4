"""Sequential Phragmén: money comes to all voters at the same pace, and a plan is bought as soon as its supporters can pay.

Brill, Freeman, Janson and Lackner, *Phragmén's Voting Methods and Justified Representation* (AAAI 2017); for costs that differ
Los, Christoff and Grossi, *Proportional Budget Allocations* (IJCAI 2022). The count ends at the first plan that could be
bought and does not fit; plans that cost more than the whole pot take no part. A choice with any points is a choice.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pb.counting.conditions import PLAIN, Conditions
from pb.counting.earning import Purchase, earn
from pb.counting.election import Election
from pb.counting.ledger import Ledger, Step, Why
from pb.counting.losers import lost
from pb.counting.pot_count import PotCount, ledger_of
from pb.counting.space import Space
from pb.counting.ties import one_outcome, outcomes

RULE = "phragmen"


@dataclass(frozen=True, slots=True)
class Phragmen:
    """The settings: what holds under every rule."""

    conditions: Conditions = PLAIN


def count_phragmen(election: Election, rule: Phragmen, lot: Sequence[str] = ()) -> Ledger:
    """The ledger; `price` of a step is the time of the purchase, in cents that every voter has received until then.

    Raises `Refused` as `count_most_votes` does; a tie decides when different lots lead to different winners.
    """
    return ledger_of(RULE, {}, election, rule.conditions, lot, _steps)


def _steps(count: PotCount) -> Iterator[Step]:
    found = one_outcome(count, outcomes(count, earn(count), lambda script: earn(count, script)))
    space = count.space()
    for place, purchase in enumerate(found.bought, start=1):
        yield _bought(count, purchase, place, space)
        space = space.with_winner(count.election.plans[purchase.plan])
    yield from lost(count, [purchase.plan for purchase in found.bought], found.out, space.left)


def _bought(count: PotCount, purchase: Purchase, place: int, space: Space) -> Step:
    plan = count.election.plans[purchase.plan]
    return Step(
        plan=plan.id,
        pot=count.pot.code,
        place=place,
        votes=count.scores[plan.id],
        cost=plan.cost,
        before=space.left,
        after=space.left - plan.cost,
        won=True,
        why=Why.BOUGHT,
        tie=count.tie(plan, [count.election.plans[number] for number in purchase.rivals]),
        price=purchase.rate,
        payers=purchase.payers,
    )
