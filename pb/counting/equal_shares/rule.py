"""The Method of Equal Shares as a whole: shares, completion, comparison, and the ledger of it.

Peters, Pierczyński and Skowron, *Proportional Participatory Budgeting with Additive Utilities* (NeurIPS 2021). Add1 and the
comparison step are told on https://equalshares.net/implementation/variants.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from pb.counting.election import Election
from pb.counting.equal_shares.add1 import Raised, raised
from pb.counting.equal_shares.comparison import compared
from pb.counting.equal_shares.market import Heard, Market, market_of
from pb.counting.equal_shares.run import Purchase
from pb.counting.equal_shares.settings import EqualShares
from pb.counting.in_turn import Turns, in_turn
from pb.counting.ledger import Ledger, Part, Share, Step, Why
from pb.counting.losers import lost
from pb.counting.pot_count import PotCount, ledger_of
from pb.counting.space import Space

RULE = "equal-shares"


def count_equal_shares(
    election: Election, rule: EqualShares, lot: Sequence[str] = (), heard: Heard = lambda spent, money: None
) -> Ledger:
    """The ledger, pot after pot: the winners in the order in which they were bought, then the others by their votes.

    `heard` is told how much is spent while shares are raised. Raises `Refused` as `count_most_votes` does; a tie decides when
    different lots lead to different winners.
    """
    shares: list[Share] = []

    def steps(count: PotCount) -> Iterator[Step]:
        market = market_of(count, rule)
        found = raised(market, heard)
        shares.append(found.share)
        return _steps(market, found)

    ledger = ledger_of(RULE, rule.as_settings(), election, rule.conditions, lot, steps)
    ledger = replace(ledger, shares=tuple(shares))
    return compared(election, ledger, rule.conditions, lot) if rule.comparison else ledger


def _steps(market: Market, found: Raised) -> Iterator[Step]:
    def held(number: int) -> Fraction:
        return found.run.purse.held(market.supporters[number])

    count, space = market.count, market.count.space()
    for place, purchase in enumerate(found.run.bought, start=1):
        plan = market.plans[purchase.plan]
        yield _bought(market, purchase, place, space)
        space = space.with_winner(plan)
    if market.settings.completion.fills:
        rest = [plan for number, plan in enumerate(market.plans) if number not in found.run.order]
        turns = Turns(count, lambda plan: count.scores[plan.id], part=Part.COMPLETION)
        yield from in_turn(turns, space, rest, len(found.run.bought) + 1)
    else:
        yield from lost(count, found.run.order, found.run.out, space.left, held)


def _bought(market: Market, purchase: Purchase, place: int, space: Space) -> Step:
    count, plan = market.count, market.plans[purchase.plan]
    return Step(
        plan=plan.id,
        pot=count.pot.code,
        place=place,
        votes=count.scores[plan.id],
        cost=plan.cost,
        before=space.left,
        after=space.left - plan.cost,
        won=True,
        why=Why.BOUGHT,
        tie=count.tie(plan, [market.plans[number] for number in purchase.rivals]),
        price=purchase.price,
        payers=purchase.payers,
        emptied=purchase.emptied,
    )
