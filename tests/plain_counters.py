"""Plain counters to check ours against: as the rules are written down, slow, with fractions and one voter after the other."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import combinations

from pb.counting import Ballot, Conditions, Election, Plan
from pb.counting.conditions import PLAIN
from pb.counting.equal_shares import Utility

Worth = list[Mapping[str, int]]
"""What each voter gets from each plan that they support."""


def worth_of(election: Election, utility: Utility) -> Worth:
    """One voter after the other, equal ballots apart."""
    costs = {plan.id: plan.cost for plan in election.plans}
    return [_worth(ballot, costs, utility) for ballot in election.ballots for _ in range(ballot.times)]


def _worth(ballot: Ballot, costs: Mapping[str, int], utility: Utility) -> Mapping[str, int]:
    given = dict(zip(ballot.choices, ballot.points or (1,) * len(ballot.choices), strict=True))
    units = {plan: points if utility.by_points else 1 for plan, points in given.items() if points > 0}
    return {plan: unit * (costs[plan] if utility.by_cost else 1) for plan, unit in units.items()}


def equal_shares(
    election: Election, share: Fraction, utility: Utility, lot: Sequence[str], conditions: Conditions = PLAIN
) -> list[str]:
    """The winners of one run in the order in which they are bought."""
    worth, taken = worth_of(election, utility), list[str]()
    money = [share] * len(worth)
    while True:
        offers = []
        for plan in election.plans:
            supporters = [voter for voter, gets in enumerate(worth) if plan.id in gets]
            if plan.id not in taken and not plan.withdrawn and fits(election, conditions, taken, plan):
                rate = least_rate(plan.cost, [(money[voter], worth[voter][plan.id]) for voter in supporters])
                if rate is not None:
                    offers.append((rate, *turn(election, plan, lot), plan))
        if not offers:
            return taken
        rate, *_, plan = min(offers)
        taken.append(plan.id)
        for voter, gets in enumerate(worth):
            money[voter] -= min(money[voter], rate * gets.get(plan.id, 0))


def least_rate(cost: int, supporters: Sequence[tuple[Fraction, int]]) -> Fraction | None:
    """The least r at which these voters, each with money and worth, pay the cost: the first of all candidates that do."""
    if sum(money for money, _ in supporters) < cost:
        return None
    poorest = sorted(supporters, key=lambda one: one[0] / one[1])
    for many in range(len(poorest)):
        missing = cost - sum(money for money, _ in poorest[:many])
        rate = Fraction(missing) / sum(gets for _, gets in poorest[many:])
        if rate * poorest[many][1] <= poorest[many][0]:
            return rate
    raise AssertionError("voters who can pay have a rate")


def turn(election: Election, plan: Plan, lot: Sequence[str]) -> tuple[int, int, int]:
    """Who goes first among equals: lower cost, more votes or points, the lot."""
    return plan.cost, -election.scores()[plan.id], lot.index(plan.id)


def fits(election: Election, conditions: Conditions, taken: Sequence[str], plan: Plan) -> bool:
    """Whether caps and conflicts let the plan in."""
    costs = {one.id: one.cost for one in election.plans}
    free = all(plan.id not in group or not set(group) & set(taken) for group in conditions.conflicts)
    return free and all(
        plan.id not in cap.plans or plan.cost + sum(costs[one] for one in taken if one in cap.plans) <= cap.money
        for cap in conditions.caps
    )


def add1(election: Election, utility: Utility, lot: Sequence[str], unit: int, exhaustive: bool = False) -> list[str]:
    """The winners with shares that grow by one unit, one run after the other."""
    money = election.pots[0].money
    costs = {plan.id: plan.cost for plan in election.plans}
    share, kept = Fraction(money, max(election.voters, 1)), list[str]()
    supported = {plan for gets in worth_of(election, utility) for plan in gets}
    while True:
        winners = equal_shares(election, share, utility, lot)
        left = money - sum(costs[plan] for plan in winners)
        if left < 0:
            return kept
        kept = winners
        others = [plan for plan in election.plans if plan.id not in winners and not plan.withdrawn]
        if not [plan for plan in others if plan.id in supported]:
            return kept
        if exhaustive and all(plan.cost > left for plan in others):
            return kept
        share += unit


def phragmen(election: Election, lot: Sequence[str]) -> list[str]:
    """The winners of Phragmén's rule in the order in which they are bought."""
    money, taken = election.pots[0].money, list[str]()
    votes = [set(gets) for gets in worth_of(election, Utility.CARDINALITY)]
    spent = [Fraction(0)] * len(votes)
    left = [plan for plan in election.plans if plan.cost <= money and any(plan.id in vote for vote in votes)]
    while left:
        times = {}
        for plan in left:
            supporters = [voter for voter, vote in enumerate(votes) if plan.id in vote]
            times[plan.id] = Fraction(plan.cost + sum(spent[voter] for voter in supporters)) / len(supporters)
        first = min(times.values())
        tied = [plan for plan in left if times[plan.id] == first]
        if any(plan.cost > money for plan in tied):
            break
        plan = min(tied, key=lambda one: turn(election, one, lot))
        taken.append(plan.id)
        left.remove(plan)
        money -= plan.cost
        spent = [first if plan.id in vote else before for before, vote in zip(spent, votes, strict=True)]
    return taken


def ejr_fails(election: Election, winners: Sequence[str], utility: Utility) -> set[str]:
    """The plans for which some group of supporters got too little: every group is tried."""
    worth, found = worth_of(election, utility), set()
    for plan in election.plans:
        supporters = [gets for gets in worth if plan.id in gets]
        for many in range(1, len(supporters) + 1):
            for group in combinations(supporters, many):
                together = sum(gets[plan.id] for gets in group)
                deserved = Fraction(election.pots[0].money * together, len(worth) * plan.cost)
                if plan.id not in winners and all(_has(gets, winners) + gets[plan.id] <= deserved for gets in group):
                    found.add(plan.id)
    return found


def _has(gets: Mapping[str, int], winners: Sequence[str]) -> int:
    return sum(gets.get(plan, 0) for plan in winners)
