"""The head of a round's Pabulib file, pure: what people voted on, what a ballot holds, and by which rule it was counted."""

from pb.base.money import Cents
from pb.counting import Completion, EqualShares, MostVotes, Utility
from pb.counting.pabulib import VoteType
from pb.counting.rules import Rule
from pb.rounds.values import BallotKind, BallotRule, Frame, PhaseKind, Pot

VOTE_TYPES = {
    BallotKind.WITHIN_MONEY: VoteType.APPROVAL,
    BallotKind.UP_TO: VoteType.APPROVAL,
    BallotKind.ONE: VoteType.CHOOSE_1,
    BallotKind.POINTS: VoteType.CUMULATIVE,
    BallotKind.RANKING: VoteType.ORDINAL,
}
"""What the collection calls our ballots."""
SHARES = {Completion.NONE: "equalshares", Completion.ADD1: "equalshares/add1"}
USUAL_STEP: Cents = 1_00
UNNAMED = "unknown"
"""For rules and settings that the collection has no name for."""


def meta_of(frame: Frame, rule: Rule, pot: Pot, place: str, whole: bool) -> dict[str, str]:
    """The keys of META; counts, budget and vote type follow from the content. `whole` ballots hold nothing of other pots."""
    vote = frame.calendar.phase(PhaseKind.VOTE)
    days = [f"{frame.local(moment):%d.%m.%Y}" for moment in ((vote.opens, vote.closes) if vote else ())] or ["", ""]
    return {
        "description": frame.name,
        "country": "Netherlands",
        "unit": place,
        "subunit": pot.name,
        "instance": days[0][-4:],
        "num_projects": "",
        "num_votes": "",
        "budget": "",
        "vote_type": "",
        **rule_named(rule, frame.ballot.numbered),
        "date_begin": days[0],
        "date_end": days[1],
        **_limits(frame.ballot, pot, whole),
        "language": "nl",
        "currency": "EUR",
    }


def rule_named(rule: Rule, numbered: bool) -> dict[str, str]:
    """The rule by the collection's name, where it means exactly what was counted."""
    conditions = rule.conditions
    plain = not (conditions.least_percent or conditions.conflicts or conditions.caps)
    if isinstance(rule, MostVotes) and plain and conditions.least_votes > 1 and rule.skip:
        return {"rule": "greedy-threshold", "min_project_score_threshold": str(conditions.least_votes)}
    if isinstance(rule, MostVotes) and plain and conditions.least_votes <= 1:
        return {"rule": "greedy" if rule.skip else "greedy-no-skip"}
    if isinstance(rule, MostVotes):
        return {"rule": "greedy-custom"}
    if isinstance(rule, EqualShares) and plain and conditions.least_votes <= 1 and _usual(rule, numbered):
        return {"rule": SHARES[rule.completion] + ("-comparison" if rule.comparison else "")}
    return {"rule": UNNAMED}


def _usual(rule: EqualShares, numbered: bool) -> bool:
    """Whether these are the settings that the collection means."""
    worth = rule.utility is (Utility.POINTS if numbered else Utility.COST)
    rises = rule.completion in SHARES and rule.unit == USUAL_STEP
    return worth and rises and not rule.whole_start and not rule.stop_when_exhaustive


def _limits(rule: BallotRule, pot: Pot, whole: bool) -> dict[str, str]:
    least = {"min_length": str(rule.at_least)} if whole and rule.at_least > 1 else {}
    match rule.kind:
        case BallotKind.WITHIN_MONEY:
            return {"max_sum_cost": str(pot.amount // 100)}
        case BallotKind.ONE:
            return {"max_length": "1"}
        case BallotKind.POINTS:
            points = {
                "min_points": rule.least_points,
                "max_points": rule.most_points,
                "max_sum_points": rule.total_points,
            }
            return least | {key: str(number) for key, number in points.items()}
    return least | {"max_length": str(rule.at_most)}
