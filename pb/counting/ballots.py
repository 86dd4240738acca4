"""What a ballot may hold: the forms that a frame can choose, and why a filled-in ballot does not keep to its form.

Within the money (knapsack) · some plans · one plan · points · a ranking. Where pots have ballots of their own, a form is asked
once for each pot. A blank ballot is always good: whoever wants nothing may say so.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pb.base.cents import Cents
from pb.base.refusals import Reason
from pb.counting.refusals import BallotRefusal


@dataclass(frozen=True, slots=True)
class WithinMoney:
    """Plans that cost no more than the pot together; not all of it need be used."""

    money: Cents


@dataclass(frozen=True, slots=True)
class SomePlans:
    """At least `least` and at most `most` plans; one plan is 1 and 1."""

    most: int
    least: int = 1


@dataclass(frozen=True, slots=True)
class Points:
    """So many points in `total` to divide, for each chosen plan from `lowest` to `highest`, over at least `least` plans."""

    total: int
    highest: int
    lowest: int = 1
    least: int = 1


@dataclass(frozen=True, slots=True)
class Ranking:
    """At most `most` plans, the best first."""

    most: int
    least: int = 1


BallotForm = WithinMoney | SomePlans | Points | Ranking


def ballot_reasons(
    form: BallotForm, costs: Mapping[str, Cents], choices: Sequence[str], points: Sequence[int] = ()
) -> list[Reason]:
    """Why these choices are no ballot of this form; `costs` has every plan that can be chosen, `points` stand beside choices."""
    known = [choice for choice in choices if choice in costs]
    reasons = [BallotRefusal.UNKNOWN(plan=choice) for choice in choices if choice not in costs]
    reasons += [BallotRefusal.TWICE(plan=choice) for choice in sorted(set(choices)) if choices.count(choice) > 1]
    if isinstance(form, WithinMoney):
        reasons += _money_reasons(form, sum(costs[choice] for choice in known))
    elif isinstance(form, Points):
        reasons += _points_reasons(form, choices, points)
    else:
        reasons += _number_reasons(form.least, form.most, len(choices))
    return reasons


def points_of_ranking(form: Ranking, choices: Sequence[str]) -> tuple[int, ...]:
    """What a ranking is worth: the first as many points as there are places, each next one point less."""
    return tuple(form.most - place for place in range(len(choices)))


def _money_reasons(form: WithinMoney, cost: Cents) -> Iterator[Reason]:
    if cost > form.money:
        yield BallotRefusal.TOO_DEAR(cost=cost, limit=form.money)


def _number_reasons(least: int, most: int, chosen: int) -> Iterator[Reason]:
    if chosen > most:
        yield BallotRefusal.TOO_MANY(chosen=chosen, most=most)
    if 0 < chosen < least:
        yield BallotRefusal.TOO_FEW(chosen=chosen, least=least)


def _points_reasons(form: Points, choices: Sequence[str], points: Sequence[int]) -> Iterator[Reason]:
    if len(points) != len(choices):
        yield BallotRefusal.POINTS_MISSING(points=len(points), chosen=len(choices))
        return
    yield from _number_reasons(form.least, len(choices), len(choices))
    if sum(points) > form.total:
        yield BallotRefusal.TOO_MANY_POINTS(points=sum(points), most=form.total)
    for choice, given in zip(choices, points, strict=True):
        if not form.lowest <= given <= form.highest:
            yield BallotRefusal.POINTS_OUTSIDE(plan=choice, points=given, least=form.lowest, most=form.highest)
