"""What a count says beside its steps, pure: it is made with the count and kept with it, so every page tells the same."""

from collections.abc import Iterator
from math import floor

from pb.base.money import Cents
from pb.counting import Election, EqualShares, Ledger, Utility
from pb.counting.compare import Counted, side_by_side
from pb.counting.ejr import ejr_failures
from pb.counting.equal_shares.replay import means_before
from pb.counting.rules import Rule
from pb.counting.story import story_of
from pb.counting.summary import summary
from pb.results.rules import column_name
from pb.results.values import Explanation, OtherRule, Unfair


def explain(
    election: Election, rule: Rule, ledger: Ledger, with_others: bool, with_stories: bool = True
) -> Explanation:
    """The explanation of a count; `with_others` also counts by all other rules, under the same conditions."""
    utility = utility_for(election, rule)
    found = summary(election, ledger)
    return Explanation(
        voters=found.voters,
        served=found.served,
        by_points=has_points(election),
        stories={step.plan: story_of(election, rule, ledger, step.plan) for step in ledger.steps if with_stories},
        held=_held(election, rule, ledger),
        unfair=tuple(Unfair(one.plan, one.people) for one in ejr_failures(election, ledger.winners, utility)),
        others=tuple(_others(election, rule, ledger, utility)) if with_others else (),
    )


def utility_for(election: Election, rule: Rule) -> Utility:
    """By what fairness is judged: the rule's own measure, or what goes with the ballots."""
    if isinstance(rule, EqualShares):
        return rule.utility
    return Utility.POINTS if has_points(election) else Utility.COST


def has_points(election: Election) -> bool:
    """Whether any ballot gives points."""
    return any(ballot.points for ballot in election.ballots)


def _held(election: Election, rule: Rule, ledger: Ledger) -> dict[str, Cents]:
    if not isinstance(rule, EqualShares):
        return {}
    return {plan: floor(money) for plan, money in means_before(election, rule, ledger).items()}


def _others(election: Election, rule: Rule, ledger: Ledger, utility: Utility) -> Iterator[OtherRule]:
    """Every rule but the one that was counted; a rule that answers nothing is left out."""
    own = column_name(ledger)
    for column in side_by_side(election, utility, rule.conditions, ledger.lot):
        if column.name != own and isinstance(column.outcome, Counted):
            found = column.outcome
            yield OtherRule(
                name=column.name,
                winners=found.ledger.winners,
                cost=found.ledger.cost,
                served=found.summary.served,
                unfair=len(found.failures),
            )
