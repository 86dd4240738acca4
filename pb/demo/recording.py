"""The recorded round up to the vote, and the year after it: pure, and the same on every machine.

Moments are whole hours, so that a rehearsal sets the clock some hundreds of times instead of once a deed.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache

from pb.demo.cast import ASSESSORS, JURY, NEIGHBOURS, neighbour, proposer
from pb.demo.content import DemoPlan, plans, reports
from pb.demo.deeds import (
    Argue,
    Deed,
    Judge,
    Propose,
    PublishShortlist,
    Reach,
    Recuse,
    Score,
    Spend,
    SubmitScores,
    Support,
    Tell,
)
from pb.demo.dice import Dice
from pb.demo.frame import CALENDAR, demo_frame
from pb.demo.values import DemoRole
from pb.rounds.values import Phase, PhaseKind
from pb.selection.values import HIGHEST_POINTS

HOUR = timedelta(hours=1)
RECUSED = (JURY[1], "podium")
"""The juror who sings in one of the choirs that asked for a stage."""


@cache
def before_the_vote() -> tuple[Deed, ...]:
    """Everything from the first plan to the shortlist, in order of time."""
    return _in_order([*_campaign(), *_test(), *_jury()])


@cache
def year() -> tuple[Deed, ...]:
    """What the organiser reports about the winners, in order of time."""
    return _in_order(_delivery())


def _in_order(deeds: Iterator[Deed] | list[Deed]) -> tuple[Deed, ...]:
    return tuple(sorted(deeds, key=lambda deed: deed.at))


def _hour(dice: Dice, start: datetime, end: datetime) -> datetime:
    """A whole hour in `[start, end)`; `start` must be one."""
    return dice.moment(start, end).replace(minute=0, second=0)


def _phase(kind: PhaseKind) -> Phase:
    return next(phase for phase in CALENDAR.phases if phase.kind is kind)


def _campaign() -> Iterator[Deed]:
    """Plans come in, most of them in the last weeks; then neighbours like and argue until support closes."""
    dice, proposing, support = Dice("campaign"), _phase(PhaseKind.PROPOSE), _phase(PhaseKind.SUPPORT)
    for plan in plans():
        handed_in = max(_hour(dice, proposing.opens, proposing.closes - HOUR) for _ in range(2))
        yield Propose(handed_in, proposer(plan.key), plan.key)
        yield from _likes(dice, plan, handed_in + HOUR, support.closes)
        yield from _arguments(dice, plan, handed_in + HOUR, support.closes)


def _likes(dice: Dice, plan: DemoPlan, start: datetime, end: datetime) -> Iterator[Deed]:
    for number in dice.some_of(range(1, NEIGHBOURS + 1), plan.likes):
        yield Support(_hour(dice, start, end), neighbour(number), plan.key)


def _arguments(dice: Dice, plan: DemoPlan, start: datetime, end: datetime) -> Iterator[Deed]:
    writers = dice.some_of(range(1, NEIGHBOURS + 1), len(plan.arguments))
    for number, argument in zip(writers, plan.arguments, strict=True):
        at = _hour(dice, start, end)
        yield Argue(at, neighbour(number), plan.key, argument.side, argument.name, argument.text)


def _test() -> Iterator[Deed]:
    """Two assessors judge every plan that got enough likes."""
    dice, phase, criteria = Dice("test"), _phase(PhaseKind.ASSESS), demo_frame().feasibility_criteria
    for plan in plans():
        if plan.reason:
            answers = {criterion.code: criterion.code not in plan.unmet for criterion in criteria}
            at = _hour(dice, phase.opens, phase.closes - HOUR)
            yield Judge(at, dice.one_of(ASSESSORS), plan.key, answers, plan.feasible, plan.reason)


def _jury() -> Iterator[Deed]:
    """Five jurors score every feasible plan; then the organiser publishes what the jury chose."""
    dice, opens = Dice("jury"), _phase(PhaseKind.SELECT).opens
    yield Recuse(opens + timedelta(days=1), *RECUSED)
    points = _points(dice)
    for number, juror in enumerate(JURY):
        done = opens + timedelta(days=3 + number, hours=number)
        own = {(plan, criterion): given for (who, plan, criterion), given in points.items() if who == juror}
        yield Score(done, juror, own)
        yield SubmitScores(done + HOUR, juror)
    motivations = {plan.key: plan.motivation for plan in plans() if plan.on_ballot}
    yield PublishShortlist(opens + timedelta(days=11), DemoRole.ORGANISER.email, motivations)


def _points(dice: Dice) -> dict[tuple[str, str, str], int]:
    """Points by juror, plan and criterion; together they come as near as can be to each plan's average."""
    found: dict[tuple[str, str, str], int] = {}
    codes = [criterion.code for criterion in demo_frame().jury_criteria]
    for plan in plans():
        if not plan.feasible:
            continue
        cells = [(juror, plan.key, code) for juror in JURY for code in codes if (juror, plan.key) != RECUSED]
        whole, more = divmod(round(plan.jury * len(cells)), len(cells))
        higher = set(dice.some_of(cells, more))
        found |= {cell: min(HIGHEST_POINTS, whole + (cell in higher)) for cell in cells}
    return found


def _delivery() -> Iterator[Deed]:
    by = DemoRole.ORGANISER.email
    for report in reports():
        if report.spent is not None:
            yield Spend(report.at, by, report.plan, report.spent)
        if report.milestone is not None:
            yield Reach(report.at, by, report.plan, report.milestone)
        if report.text:
            yield Tell(report.at, by, report.plan, report.text, report.scene, report.alt)
