"""A run once more, purchase by purchase, to see where the money of some voters went."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from pb.counting.election import Election
from pb.counting.equal_shares.market import Market, market_of
from pb.counting.equal_shares.purse import Purse
from pb.counting.equal_shares.settings import EqualShares
from pb.counting.ledger import Ledger, Share, Step
from pb.counting.pot_count import pot_counts


def spending(election: Election, rule: EqualShares, ledger: Ledger, plan: str) -> list[tuple[str, Fraction]]:
    """What the supporters of a plan together paid for winners of its pot, most first; not those for which they paid nothing."""
    pot = next(one.pot for one in election.plans if one.id == plan)
    counts = {count.pot.code: count for count in pot_counts(election, rule.conditions, ledger.lot)}
    share = next(share for share in ledger.shares if share.pot == pot)
    bought = [step for step in ledger.steps if step.pot == pot and step.price is not None]
    paid = _paid(market_of(counts[pot], rule), share, bought, plan)
    return sorted(((winner, money) for winner, money in paid if money), key=lambda one: (-one[1], one[0]))


def means_before(election: Election, rule: EqualShares, ledger: Ledger) -> dict[str, Fraction]:
    """What the supporters of each winner had together just before they bought it; not for winners that nobody bought."""
    shares = {share.pot: share for share in ledger.shares}
    found: dict[str, Fraction] = {}
    for count in pot_counts(election, rule.conditions, ledger.lot):
        market = market_of(count, rule)
        bought = [step for step in ledger.steps if step.pot == count.pot.code and step.price is not None]
        found |= _means(market, shares[count.pot.code], bought)
    return found


def _means(market: Market, share: Share, bought: Sequence[Step]) -> Iterator[tuple[str, Fraction]]:
    numbers = {one.id: number for number, one in enumerate(market.plans)}
    purse = Purse(market, share.last)
    for step in bought:
        number = numbers[step.plan]
        yield step.plan, purse.held(market.supporters[number])
        holdings = purse.holdings(market.supporters[number])
        purse.pay(number, holdings, purse.compared(holdings, step.price or Fraction(0)))


def _paid(market: Market, share: Share, bought: Sequence[Step], plan: str) -> Iterator[tuple[str, Fraction]]:
    """What they have before each purchase, less what they have after it."""
    numbers = {one.id: number for number, one in enumerate(market.plans)}
    purse, them = Purse(market, share.last), market.supporters[numbers[plan]]
    before = purse.held(them)
    for step in bought:
        holdings = purse.holdings(market.supporters[numbers[step.plan]])
        purse.pay(numbers[step.plan], holdings, purse.compared(holdings, step.price or Fraction(0)))
        after = purse.held(them)
        yield step.plan, before - after
        before = after
