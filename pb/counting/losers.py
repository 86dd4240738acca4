"""The steps of plans that were not bought, for rules in which supporters buy plans."""

from collections.abc import Callable, Collection, Iterator, Mapping
from fractions import Fraction

from pb.base.cents import Cents
from pb.counting.election import Plan
from pb.counting.ledger import Step, Why
from pb.counting.pot_count import PotCount


def lost(
    count: PotCount,
    bought: Collection[int],
    why: Mapping[int, Why],
    left: Cents,
    held: Callable[[int], Fraction] | None = None,
) -> Iterator[Step]:
    """A step for each plan that is not in `bought`, those with most votes first. `held` tells what its supporters have."""
    plans = count.election.plans
    numbers = sorted(
        (each for each in range(len(plans)) if each not in bought), key=lambda each: _turn(count, plans[each])
    )
    for place, number in enumerate(numbers, start=len(bought) + 1):
        plan = plans[number]
        equals = [plans[other] for other in numbers if count.scores[plans[other].id] == count.scores[plan.id]]
        yield Step(
            plan=plan.id,
            pot=count.pot.code,
            place=place,
            votes=count.scores[plan.id],
            cost=plan.cost,
            before=left,
            after=left,
            won=False,
            why=count.barred.get(plan.id) or why[number],
            tie=count.tie(plan, equals),
            held=held(number) if held else None,
        )


def _turn(count: PotCount, plan: Plan) -> tuple[int, int, int, int, str]:
    return (-count.scores[plan.id], *count.turn(plan))
