"""The ballot and the count of a Pabulib file as a frame of ours holds them, and its votes as choices of ours. Pure."""

from collections.abc import Mapping

from pb.base.refusals import Refusal, Refused
from pb.base.text import clean_line
from pb.counting import EqualShares, MostVotes
from pb.counting.pabulib import PabulibFile, Vote, VoteType, caps_of
from pb.counting.pabulib import rule_of as rule_in
from pb.counting.rules import RuleName
from pb.plans.values import LONGEST
from pb.rounds.rules.ballot import MOST_POINTS, MOST_RANKED
from pb.rounds.values import BallotKind, BallotRule, Ceiling, CountingRule, Misfit
from pb.voting.protocol import normal_choices, numbered
from pb.voting.values import Choices

UNKNOWN = "unknown"
"""A file that does not know its rule is counted by most votes, passing over what does not fit."""


class ImportRefusal(Refusal):
    """Why a file makes no round."""

    POINTS = "import.points"
    RANKING = "import.ranking"
    NO_PLAN = "import.no_plan"


def ballot_of(file: PabulibFile) -> BallotRule:
    """What voters of the file could fill in; votes beyond a limit of points were taken there, so they are here.

    Raises `Refused` for points below zero and for more than a ballot of ours can hold.
    """
    match file.vote_type:
        case VoteType.CHOOSE_1:
            return BallotRule(BallotKind.ONE)
        case VoteType.CUMULATIVE | VoteType.SCORING:
            return _points(file)
        case VoteType.ORDINAL:
            most = file.number("max_length") or max((len(vote.choices) for vote in file.votes), default=1)
            if most > MOST_RANKED:
                raise Refused(ImportRefusal.RANKING(most=MOST_RANKED))
            return BallotRule(BallotKind.RANKING, most)
    if "max_sum_cost" in file.meta:
        return BallotRule(BallotKind.WITHIN_MONEY)
    return BallotRule(BallotKind.UP_TO, file.number("max_length") or len(file.projects))


def _points(file: PabulibFile) -> BallotRule:
    given = [points for vote in file.votes for points in vote.points]
    total = max((sum(vote.points) for vote in file.votes), default=1)
    total = max(total, file.number("max_sum_points") or 0, 1)
    if min(given, default=0) < 0 or (file.number("default_score") or 0) or total > MOST_POINTS:
        raise Refused(ImportRefusal.POINTS(most=MOST_POINTS))
    most = max([file.number("max_points") or 1, *given])
    return BallotRule(BallotKind.POINTS, total_points=total, most_points=min(most, total))


def counting_of(file: PabulibFile, with_caps: bool) -> CountingRule:
    """The rule of the file with its settings. Raises `Refused` for one that cannot be followed."""
    ceilings = tuple(
        Ceiling(f"deel-{number}", _short(cap.name), cap.money)
        for number, cap in enumerate(caps_of(file) if with_caps else (), start=1)
    )
    if file.meta["rule"] == UNKNOWN:
        return CountingRule(ceilings=ceilings)
    rule = rule_in(file)
    if isinstance(rule, EqualShares):
        return CountingRule(
            rule=RuleName.EQUAL_SHARES,
            utility=rule.utility,
            completion=rule.completion,
            comparison=rule.comparison,
            ceilings=ceilings,
        )
    return CountingRule(_misfit(rule), least_votes=rule.conditions.least_votes, ceilings=ceilings)


def parts_of(file: PabulibFile, codes: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The plans of each ceiling, by the ceiling's code."""
    caps = enumerate(caps_of(file), start=1)
    return {f"deel-{number}": tuple(codes[one] for one in cap.plans if one in codes) for number, cap in caps}


def choices_of(rule: BallotRule, vote: Vote, codes: Mapping[str, str]) -> Choices:
    """A vote as one of ours; plans that have no code fall out, and those after them move up in a ranking."""
    kept = [place for place, choice in enumerate(vote.choices) if choice in codes]
    plans = [codes[vote.choices[place]] for place in kept]
    if rule.kind is BallotKind.RANKING:
        return normal_choices(numbered(plan, place) for place, plan in enumerate(plans, start=1))
    if rule.kind is BallotKind.POINTS:
        given = zip(plans, (vote.points[place] for place in kept), strict=True)
        return normal_choices(numbered(plan, points) for plan, points in given if points)
    return normal_choices(plans)


def _misfit(rule: MostVotes) -> Misfit:
    return Misfit.SKIP if rule.skip else Misfit.STOP


def _short(name: str) -> str:
    return clean_line(name)[: LONGEST["public_name"]]
