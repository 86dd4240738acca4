"""What holds under every rule: the support that a winner needs, plans that exclude each other, caps, and who goes first.

A cap limits what plans of a theme or neighbourhood may win together (Amsterdam, Centrum Begroot 2020, had three of them).
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from pb.base.cents import Cents
from pb.base.refusals import Reason
from pb.counting.election import Election
from pb.counting.ledger import Why
from pb.counting.refusals import CountRefusal


@dataclass(frozen=True, slots=True)
class Cap:
    """At most so much money for these plans together."""

    name: str
    money: Cents
    plans: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conditions:
    """Settings that go with any rule.

    A winner needs `least_votes` (points, where ballots give points), and the votes of `least_percent` of all ballots. Of
    each group of `conflicts` one plan can win. Among equals the cheaper goes first, then the one with more votes, then the
    lot; or, without `cheaper_first`, the lot alone.
    """

    least_votes: int = 0
    least_percent: Fraction = Fraction(0)
    conflicts: tuple[tuple[str, ...], ...] = ()
    caps: tuple[Cap, ...] = ()
    cheaper_first: bool = True

    def as_settings(self) -> dict[str, Any]:
        """Plain values for the ledger."""
        return {
            "tie": "lower_cost_then_lot" if self.cheaper_first else "lot",
            "least_votes": self.least_votes,
            "least_percent": str(self.least_percent),
            "conflicts": [list(group) for group in self.conflicts],
            "caps": [{"name": cap.name, "money": cap.money, "plans": list(cap.plans)} for cap in self.caps],
        }


PLAIN = Conditions()
"""No settings: everybody can win, equal plans go by lower cost, more votes, lot."""


def barred(election: Election, conditions: Conditions) -> dict[str, Why]:
    """The plans that cannot win whatever fits: withdrawn ones, and those with too little support."""
    votes, scores, voters = election.votes(), election.scores(), election.profile.voters
    found = {}
    for plan in election.plans:
        share = votes[plan.id] * 100 >= conditions.least_percent * voters
        if plan.withdrawn:
            found[plan.id] = Why.WITHDRAWN
        elif scores[plan.id] < conditions.least_votes or not share:
            found[plan.id] = Why.TOO_FEW_VOTES
    return found


def condition_reasons(election: Election, conditions: Conditions, lot: Sequence[str]) -> Iterator[Reason]:
    """What is wrong with the settings or the lot."""
    known = {plan.id for plan in election.plans}
    if lot and Counter(lot) != Counter(known):
        yield CountRefusal.LOT_INCOMPLETE()
    for group in (*conditions.conflicts, *(cap.plans for cap in conditions.caps)):
        for plan in sorted(set(group) - known):
            yield CountRefusal.CONDITION_PLAN_UNKNOWN(plan=plan)
    for cap in conditions.caps:
        if cap.money < 0:
            yield CountRefusal.CAP_NEGATIVE(name=cap.name)
    if conditions.least_votes < 0 or not 0 <= conditions.least_percent <= 100:
        yield CountRefusal.THRESHOLD_WRONG()
