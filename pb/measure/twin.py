"""The twin of a round for a rehearsal: its money, ballot, count and plans, with invented voters. Pure.

What comes before the vote is left out: every plan of the ballot is handed in by the organiser and stands on it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import cycle, islice

from pb.demo.elections import ForeignPlan, ForeignRound
from pb.plans.values import PlanRecord
from pb.rounds.values import (
    BallotKind,
    BallotRule,
    Calendar,
    Door,
    Frame,
    Phase,
    PhaseKind,
    Proposers,
    Selection,
    SelectionWhen,
)
from pb.selection.values import PlanGroups
from pb.voting.protocol import normal_choices, numbered
from pb.voting.values import Choices

WEEK = timedelta(days=7)
AS_MANY = 3
"""Plans that a voter takes where the ballot leaves it to them."""


def twin_of(frame: Frame, plans: Sequence[PlanRecord], groups: PlanGroups, voters: int) -> ForeignRound:
    """The vote of a round once more, with so many voters. `plans` come with their cost lines."""
    shown = _alone(frame)
    styles = tuple(islice(cycle(shown.styles()), voters))
    return ForeignRound(
        frame=shown,
        plans=tuple(ForeignPlan(plan.code, replace(plan.draft, picture=None, picture_alt="")) for plan in plans),
        ballots=tuple(_choices(shown, style, plans, voter) for voter, style in enumerate(styles)),
        official=None,
        left_out=(),
        projects={plan.code: plan.code for plan in plans},
        parts=groups.parts,
        conflicts=groups.conflicts,
        styles=styles,
    )


def _alone(frame: Frame) -> Frame:
    """The frame of which only the vote is left: by codes, on the web."""
    vote = frame.calendar.phases[-1]
    propose = Phase(PhaseKind.PROPOSE, vote.opens - 2 * WEEK, vote.opens - WEEK)
    return replace(
        frame,
        calendar=Calendar((propose, vote), frame.calendar.result, frame.calendar.delivered_by),
        proposers=Proposers.ANYONE,
        minimum_age=0,
        likes_needed=0,
        selection=Selection(when=SelectionWhen.NEVER),
        paper_days=0,
        door=Door(),
    )


def _choices(frame: Frame, style: str, plans: Sequence[PlanRecord], voter: int) -> Choices:
    """What somebody chooses who takes the plans of their ballot in its order, each voter from another one on."""
    mine = [plan for plan in plans if plan.draft.pot in frame.styles()[style]]
    start = voter % max(len(mine), 1)
    turned = mine[start:] + mine[:start]
    rule = frame.ballot
    if rule.kind is BallotKind.WITHIN_MONEY:
        return normal_choices(islice(_affordable(frame, turned), AS_MANY))
    taken = [plan.code for plan in turned[: _how_many(rule)]]
    if len(taken) < rule.at_least:
        return ()
    match rule.kind:
        case BallotKind.RANKING:
            return normal_choices(numbered(code, place) for place, code in enumerate(taken, start=1))
        case BallotKind.POINTS:
            return normal_choices(numbered(code, rule.least_points) for code in taken)
    return normal_choices(taken)


def _how_many(rule: BallotRule) -> int:
    if rule.kind is BallotKind.ONE:
        return 1
    if rule.kind is BallotKind.POINTS:
        return max(rule.at_least, 1)
    return max(rule.at_least, min(AS_MANY, rule.at_most))


def _affordable(frame: Frame, plans: Sequence[PlanRecord]) -> Iterator[str]:
    left = {pot.code: pot.amount for pot in frame.all_pots()}
    for plan in plans:
        if plan.asked <= left[plan.draft.pot]:
            left[plan.draft.pot] -= plan.asked
            yield plan.code
