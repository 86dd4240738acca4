"""How voters earn and spend under Phragmén's rule, in exact fractions.

Every voter gets money at the same pace. When the supporters of a plan have its cost together they spend all they have.
"""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from pb.counting.election import Plan
from pb.counting.ledger import Why
from pb.counting.pot_count import PotCount
from pb.counting.profile import Floats, Ints, Support


@dataclass(frozen=True, slots=True)
class Purchase:
    """A plan that was bought at a time, `rate`, at which its rivals could be bought too; `roomy`: and all of them fitted."""

    plan: int
    rate: Fraction
    rivals: frozenset[int]
    payers: int
    roomy: bool


@dataclass(frozen=True, slots=True)
class Earned:
    """The purchases in order, and why each other plan was not bought."""

    bought: Sequence[Purchase]
    out: dict[int, Why]


def earn(count: PotCount, script: Sequence[int] = ()) -> Earned:
    """Buy until a plan does not fit, or none is left. `script` names which of several equals to buy, step by step."""
    earning, bought = _Earning(count), list[Purchase]()
    while earliest := earning.earliest():
        if earning.ends_at(earliest):
            break
        wanted = script[len(bought)] if len(bought) < len(script) else None
        bought.append(earning.buy(earning.chosen(earliest, wanted), earliest))
    return Earned(bought, earning.settled())


class _Earning:
    """A count that is going on. Voters who spent last at the same time are one class; `_times` has that time of each.

    Voters only spend, so the time at which a plan can be bought only gets later: few plans need a look at each purchase.
    """

    def __init__(self, count: PotCount) -> None:
        profile = count.election.profile
        self.count, self.space, self.out = count, count.space(), dict[int, Why]()
        self._plans = count.election.plans
        self._times = [Fraction(0)]
        self._class: Ints = np.zeros(len(profile.people), np.int64)
        self._supporters = [_supporters(support) for support in profile.support]
        self._waiting = list[tuple[Fraction, int]]()
        for number, plan in enumerate(self._plans):
            self._enter(number, plan)
        heapq.heapify(self._waiting)

    def _enter(self, number: int, plan: Plan) -> None:
        people = int(self._supporters[number][1].sum())
        if plan.cost > self.count.pot.money:
            self.out[number] = Why.TOO_DEAR
        elif not people:
            self.out[number] = Why.SUPPORT_TOO_POOR
        elif plan.id not in self.count.barred:
            self._waiting.append((Fraction(plan.cost, people), number))

    def earliest(self) -> list[tuple[Fraction, int]]:
        """The plans that can be bought first, all at the same time; caps and winners keep others out."""
        found: list[tuple[Fraction, int]] = []
        while self._waiting and (not found or self._waiting[0][0] == found[0][0]):
            _, number = heapq.heappop(self._waiting)
            why = self.space.why_not(self._plans[number])
            if why in {Why.CAP_FULL, Why.EXCLUDED}:
                self.out[number] = why
                continue
            time = self._time(number)
            later = found[0][0] if found else self._waiting[0][0] if self._waiting else time
            if time > later:
                heapq.heappush(self._waiting, (time, number))
            else:
                found.append((time, number))
        return found

    def _time(self, number: int) -> Fraction:
        """When the supporters have the plan's cost together, if they buy nothing else before."""
        places, people = self._supporters[number]
        counted: list[int] = np.bincount(self._class[places], weights=people).astype(np.int64).tolist()
        spent = sum((many * time for many, time in zip(counted, self._times, strict=False) if many), Fraction(0))
        return Fraction(self._plans[number].cost + spent) / sum(counted)

    def ends_at(self, earliest: Sequence[tuple[Fraction, int]]) -> bool:
        """Whether one of these plans does not fit, which ends the count; then it is noted why the others were not bought."""
        misfits = {number for _, number in earliest if self.space.why_not(self._plans[number])}
        if misfits:
            waiting = (number for _, number in (*earliest, *self._waiting))
            self.out |= {number: Why.DOES_NOT_FIT if number in misfits else Why.AFTER_STOP for number in waiting}
        return bool(misfits)

    def settled(self) -> dict[int, Why]:
        """Why each plan was not bought, as it is at the end: in which order plans were looked at must not show."""
        kept_out = {Why.CAP_FULL, Why.EXCLUDED}
        whys = ((number, why, self.space.why_not(self._plans[number])) for number, why in self.out.items())
        never = {Why.TOO_DEAR, Why.SUPPORT_TOO_POOR}
        return {number: now if now in kept_out and why not in never else why for number, why, now in whys}

    def chosen(self, earliest: Sequence[tuple[Fraction, int]], wanted: int | None) -> int:
        """Among equals, the plan that the script wants, or the one in turn."""
        numbers = [number for _, number in earliest]
        in_turn = min(numbers, key=lambda number: self.count.turn(self._plans[number]))
        return wanted if wanted is not None and wanted in numbers else in_turn

    def buy(self, number: int, earliest: Sequence[tuple[Fraction, int]]) -> Purchase:
        """The supporters spend all they have; the plan's equals wait on."""
        time = earliest[0][0]
        rivals = frozenset(other for _, other in earliest) - {number}
        for rival in rivals:
            heapq.heappush(self._waiting, (time, rival))
        roomy = sum(self._plans[each].cost for each in (number, *rivals)) <= self.space.left
        places, people = self._supporters[number]
        self._class[places] = len(self._times)
        self._times.append(time)
        self.space = self.space.with_winner(self._plans[number])
        return Purchase(number, time, rivals, int(people.sum()), roomy)


def _supporters(support: Support) -> tuple[Ints, Floats]:
    keep = np.ones(len(support.places), bool) if support.points is None else support.points > 0
    return support.places[keep], support.people[keep]
