"""What still fits while plans win: the pot's money, the caps, and the plans that winners exclude."""

from collections.abc import Iterable
from dataclasses import dataclass

from pb.base.cents import Cents
from pb.counting.conditions import Cap, Conditions
from pb.counting.election import Plan
from pb.counting.ledger import Why


@dataclass(frozen=True, slots=True)
class Space:
    """A moment of a count: the conditions, the money that is left, and the plans that have won."""

    conditions: Conditions
    left: Cents
    taken: tuple[Plan, ...] = ()

    def why_not(self, plan: Plan) -> Why | None:
        """Why the plan cannot win now, `None` when it can."""
        if any(self._excludes(group, plan) for group in self.conditions.conflicts):
            return Why.EXCLUDED
        if any(self._overflows(cap, plan) for cap in self.conditions.caps):
            return Why.CAP_FULL
        return None if plan.cost <= self.left else Why.DOES_NOT_FIT

    def _excludes(self, group: tuple[str, ...], plan: Plan) -> bool:
        return plan.id in group and any(one.id in group for one in self.taken)

    def _overflows(self, cap: Cap, plan: Plan) -> bool:
        return plan.id in cap.plans and sum(one.cost for one in (*self.taken, plan) if one.id in cap.plans) > cap.money

    def with_winner(self, plan: Plan) -> "Space":
        """The moment after this plan has won."""
        return Space(self.conditions, self.left - plan.cost, (*self.taken, plan))

    def holds(self, plans: Iterable[Plan]) -> bool:
        """Whether all of these can win together."""
        space = self
        for plan in plans:
            if space.why_not(plan):
                return False
            space = space.with_winner(plan)
        return True
