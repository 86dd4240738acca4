"""What is counted, and by which rule: from the sealed manifest and the opened ballots to the counting package."""

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction

from pb.counting import (
    Ballot,
    Cap,
    Conditions,
    Election,
    EqualShares,
    Ledger,
    MostVotes,
    PerEuro,
    Phragmen,
    Plan,
    Pot,
    VotesPerEuro,
    merged,
)
from pb.counting.rules import Rule, RuleName
from pb.rounds.values import BallotKind, BallotRule, CountingRule, Frame, Misfit, TieRule
from pb.voting.protocol import numbers_in, plans_in
from pb.voting.values import Choices, Manifest, Opened, OpenedBallot, PlanCeiling

LEAST_VOTES = 1
"""A plan that nobody chose does not win, whatever money is left."""


def election_from(manifest: Manifest, opened: Opened) -> Election:
    """What is counted: the plans and pots that were sealed, and every opened ballot."""
    return Election(
        pots=tuple(Pot(pot.code, pot.amount) for pot in manifest.frame.all_pots()),
        plans=tuple(Plan(one.code, one.cost, one.pot, one.code in opened.withdrawn) for one in manifest.plans),
        ballots=_ballots(manifest, opened.ballots),
    )


def _ballots(manifest: Manifest, ballots: Iterable[OpenedBallot]) -> tuple[Ballot, ...]:
    """Equal ballots together; one of an area votes in its own pots only, which matters where voters share the money."""
    counted = Counter((ballot.style, ballot.choices) for ballot in ballots)
    divided = len(manifest.styles) > 1
    return merged(
        _ballot(manifest.frame.ballot, choices, times, tuple(manifest.styles[style]) if divided else ())
        for (style, choices), times in counted.items()
    )


def _ballot(rule: BallotRule, choices: Choices, times: int, pots: tuple[str, ...]) -> Ballot:
    plans = tuple(sorted(plans_in(choices)))
    if not rule.numbered:
        return Ballot(plans, times, pots=pots)
    numbers = numbers_in(choices)
    return Ballot(plans, times, tuple(points_for(rule, numbers[plan]) for plan in plans), pots)


def points_for(rule: BallotRule, number: int) -> int:
    """What a number beside a choice is worth: points are points, the first place as many as there are places."""
    return rule.at_most + 1 - number if rule.kind is BallotKind.RANKING else number


def rule_of(frame: Frame, conflicts: tuple[tuple[str, ...], ...] = (), ceilings: tuple[PlanCeiling, ...] = ()) -> Rule:
    """How the frame lets the votes be counted, with the plans that were named before the vote."""
    counting = frame.counting
    conditions = Conditions(
        least_votes=max(LEAST_VOTES, counting.least_votes),
        least_percent=Fraction(counting.least_share, 100),
        conflicts=conflicts,
        caps=tuple(Cap(one.name, one.money, one.plans) for one in ceilings),
        cheaper_first=counting.tie is TieRule.LOWER_COST_THEN_LOT,
    )
    return _rule(counting, conditions)


def column_name(ledger: Ledger) -> str:
    """What a comparison of rules calls the rule of this count; the finer settings of equal shares have no name of their own."""
    settings = ledger.settings
    if ledger.rule == RuleName.EQUAL_SHARES:
        return f"{ledger.rule}, {settings['completion']}"
    stops = ledger.rule == RuleName.MOST_VOTES and settings["misfit"] == Misfit.STOP
    return f"{ledger.rule}, stop" if stops else ledger.rule


def _rule(counting: CountingRule, conditions: Conditions) -> Rule:
    match counting.rule:
        case RuleName.MOST_VOTES:
            return MostVotes(counting.misfit is Misfit.SKIP, conditions)
        case RuleName.PHRAGMEN:
            return Phragmen(conditions)
        case RuleName.VOTES_PER_EURO:
            return VotesPerEuro(conditions)
        case RuleName.PER_EURO:
            return PerEuro(conditions)
    return EqualShares(
        counting.utility,
        counting.completion,
        counting.step,
        counting.whole_start,
        counting.stop_when_exhaustive,
        counting.comparison,
        conditions,
    )
