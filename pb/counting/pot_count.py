"""What every rule begins with: one pot after the other, its plans and ballots, who cannot win, and who goes first."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pb.base.refusals import refuse_if_any
from pb.counting.checks import election_reasons
from pb.counting.conditions import Conditions, barred, condition_reasons
from pb.counting.election import Election, Plan, Pot
from pb.counting.ledger import Ledger, Step, Tie, Why
from pb.counting.space import Space


@dataclass(frozen=True, slots=True)
class PotCount:
    """One pot as a rule sees it. `scores` are votes or points; `lot` the place of each plan in the lot, or empty."""

    pot: Pot
    election: Election
    conditions: Conditions
    scores: dict[str, int]
    barred: dict[str, Why]
    lot: dict[str, int]

    def space(self) -> Space:
        """All the money, and nothing taken."""
        return Space(self.conditions, self.pot.money)

    def rank(self, plan: Plan) -> tuple[int, int]:
        """Which of two equal plans goes first; plans of equal rank are tied, nothing but the lot tells them apart."""
        return (plan.cost, -self.scores[plan.id]) if self.conditions.cheaper_first else (0, 0)

    def turn(self, plan: Plan) -> tuple[int, int, int, str]:
        """The rank, then the lot. Without a lot the id makes the order the same everywhere; it must decide nothing."""
        return (*self.rank(plan), self.lot.get(plan.id, 0), plan.id)

    def tie(self, plan: Plan, equals: Iterable[Plan]) -> Tie:
        """What told this plan apart from its equals, which may name itself."""
        others = [one for one in equals if one.id != plan.id]
        if not others:
            return Tie.NONE
        if all(self.rank(one) != self.rank(plan) for one in others):
            costs = self.conditions.cheaper_first and all(one.cost != plan.cost for one in others)
            return Tie.LOWER_COST if costs else Tie.MORE_VOTES
        return Tie.LOT if self.lot else Tie.NO_MATTER


def pot_counts(election: Election, conditions: Conditions, lot: Sequence[str]) -> list[PotCount]:
    """The pots to count. `lot` names every plan once, who is first wins a tie; or is empty.

    Raises `Refused` for an election, settings or a lot that are not whole.
    """
    refuse_if_any(election_reasons(election))
    refuse_if_any(condition_reasons(election, conditions, lot))
    places = {plan: place for place, plan in enumerate(lot)}
    return [_pot_count(election.of_pot(pot), pot, conditions, places) for pot in election.pots]


def _pot_count(here: Election, pot: Pot, conditions: Conditions, lot: dict[str, int]) -> PotCount:
    return PotCount(pot, here, conditions, here.scores(), barred(here, conditions), lot)


def ledger_of(
    rule: str,
    settings: dict[str, Any],
    election: Election,
    conditions: Conditions,
    lot: Sequence[str],
    count: Callable[[PotCount], Iterable[Step]],
) -> Ledger:
    """The ledger of a rule that counts each pot by itself."""
    return Ledger(
        rule=rule,
        settings=settings | conditions.as_settings(),
        lot=tuple(lot),
        ballots=election.voters,
        blank=election.blank,
        money=sum(pot.money for pot in election.pots),
        steps=tuple(step for part in pot_counts(election, conditions, lot) for step in count(part)),
    )
