"""Whether a ballot of this frame can be filled in, and what form it has for a pot."""

from collections.abc import Iterator

from pb.base.money import Cents
from pb.base.refusals import Reason
from pb.counting.ballots import BallotForm, Points, Ranking, SomePlans, WithinMoney
from pb.rounds.values import BallotKind, BallotRule, Frame, FrameRefusal, Openings, RuleRefusal, SelectionWhen

MOST_POINTS = 1_000
MOST_RANKED = 30
"""Nobody puts more plans in order."""
BY_NUMBER = frozenset({BallotKind.UP_TO, BallotKind.RANKING})
"""Ballots that hold at most so many plans."""
FEW_VOTERS = 100
MANY_PLANS = 10
"""Among fewer people, or with points over more plans, a ballot can be known by what it holds."""


def form_of(rule: BallotRule, money: Cents) -> BallotForm:
    """The form of a ballot in a pot that holds so much."""
    match rule.kind:
        case BallotKind.UP_TO:
            return SomePlans(rule.at_most, rule.at_least)
        case BallotKind.ONE:
            return SomePlans(1)
        case BallotKind.POINTS:
            return Points(rule.total_points, rule.most_points, rule.least_points, rule.at_least)
        case BallotKind.RANKING:
            return Ranking(rule.at_most, rule.at_least)
    return WithinMoney(money)


def ballot_reasons(frame: Frame) -> Iterator[Reason]:
    """What is wrong with what a ballot may hold, each at its field of the editor."""
    rule = frame.ballot
    if rule.kind in BY_NUMBER:
        yield from _number_reasons(frame)
    elif rule.kind is BallotKind.POINTS:
        yield from _points_reasons(rule)
    if rule.numbered and frame.paper_days:
        yield RuleRefusal.NUMBERS_ON_PAPER(about="paper_days")
    most = _most_chosen(frame)
    if most >= 1 and not 1 <= rule.at_least <= most:
        yield RuleRefusal.AT_LEAST_WRONG(about="at_least", most=most)


def advises_auditor(frame: Frame) -> bool:
    """Whether ballots that everyone sees could point at people: a few voters, or points and places over many plans."""
    people, places = sum(row.people for row in frame.door.voters), _places(frame)
    few = not frame.door.takes_codes and 0 < people < FEW_VOTERS
    rare = frame.ballot.numbered and (places is None or places > MANY_PLANS)
    return frame.openings is Openings.PUBLIC and (few or rare)


def _number_reasons(frame: Frame) -> Iterator[Reason]:
    at_most, places = frame.ballot.at_most, _places(frame)
    if at_most < 1:
        yield FrameRefusal.AT_MOST_MISSING(about="at_most")
    elif places is not None and at_most > places:
        yield FrameRefusal.AT_MOST_ABOVE_PLACES(about="at_most", places=places)
    elif frame.ballot.kind is BallotKind.RANKING and at_most > MOST_RANKED:
        yield RuleRefusal.RANKING_TOO_LONG(about="at_most", most=MOST_RANKED)


def _points_reasons(rule: BallotRule) -> Iterator[Reason]:
    if not 1 <= rule.total_points <= MOST_POINTS:
        yield RuleRefusal.POINTS_WRONG(about="total_points", most=MOST_POINTS)
    elif not 1 <= rule.least_points <= rule.most_points <= rule.total_points:
        yield RuleRefusal.POINTS_A_PLAN_WRONG(about="most_points", most=rule.total_points)
    elif rule.at_least * rule.least_points > rule.total_points:
        yield RuleRefusal.TOO_FEW_POINTS(about="total_points", least=rule.at_least)


def _most_chosen(frame: Frame) -> int:
    """How many plans a ballot can hold; 0 where nobody asks for a least number."""
    if frame.ballot.kind is not BallotKind.POINTS:
        return frame.ballot.at_most if frame.ballot.kind in BY_NUMBER else 0
    places = _places(frame)
    return frame.ballot.total_points if places is None else places


def _places(frame: Frame) -> int | None:
    """How many plans come on the ballot at most, `None` where all do."""
    return None if frame.selection.when is SelectionWhen.NEVER else frame.selection.places
