"""One run of equal shares: every voter gets a share, and plans are bought from the cheapest for their supporters on.

Peters, Pierczyński and Skowron, *Proportional Participatory Budgeting with Additive Utilities* (NeurIPS 2021). A plan's
price is the least `r` at which its supporters together pay its cost when each pays `r` for a unit of worth, or all they
have. The plan with the least `r` is bought; the run ends when no supporters can pay for their plan.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from pb.base.cents import Cents
from pb.counting.equal_shares.auction import UNLIMITED, Auction, Offer
from pb.counting.equal_shares.market import Market
from pb.counting.equal_shares.purse import Purse
from pb.counting.ledger import Why
from pb.counting.space import Space


@dataclass(frozen=True, slots=True)
class Purchase:
    """A plan that was bought. Its `rivals` had exactly the same rate; no other plan had a rate below `beyond`."""

    plan: int
    price: Fraction
    rate: Fraction
    rivals: frozenset[int]
    beyond: float
    payers: int
    emptied: int

    @property
    def roomy(self) -> bool:
        """Always: nothing but the voters' money ends a run."""
        return True


@dataclass(frozen=True, slots=True)
class Run:
    """What came of a share: the purchases in order, why each other plan was not bought, and the money that is left."""

    share: Fraction
    cost: Cents
    purse: Purse
    bought: Sequence[Purchase] = field(default_factory=list)
    out: dict[int, Why] = field(default_factory=dict)

    @property
    def order(self) -> tuple[int, ...]:
        """The plans that were bought, in order."""
        return tuple(one.plan for one in self.bought)


def run(market: Market, share: Fraction, script: Sequence[int] = (), guide: Sequence[Purchase] = ()) -> Run:
    """A run with this share. `script` names which of several equals to buy, step by step, instead of the one in turn.

    `guide` are the purchases of another run: as long as both are the same, `beyond` is looked for above its rates.
    """
    auction, bought = Auction(market, share), list[Purchase]()
    while offers := auction.cheapest(_above(bought, guide)):
        chosen = _chosen(market, offers, script[len(bought)] if len(bought) < len(script) else None)
        rivals = frozenset(offer.plan for offer in offers) - {chosen.plan}
        beyond = auction.beyond
        payers, emptied = auction.sell(chosen, offers)
        bought.append(Purchase(chosen.plan, chosen.quote.price, chosen.rate, rivals, beyond, payers, emptied))
    cost = sum(market.plans[one.plan].cost for one in bought)
    return Run(share, cost, auction.purse, bought, _settled(market, bought, auction.out))


def _settled(market: Market, bought: Sequence[Purchase], out: Mapping[int, Why]) -> dict[int, Why]:
    """Why each other plan was not bought, as it is at the end: in which order plans were looked at must not show."""
    space = Space(market.settings.conditions, UNLIMITED, tuple(market.plans[one.plan] for one in bought))
    return {number: space.why_not(market.plans[number]) or why for number, why in out.items()}


def _above(bought: Sequence[Purchase], guide: Sequence[Purchase]) -> float:
    """The rate of the guide's next purchase, while both have bought the same."""
    at = len(bought)
    same = at < len(guide) and (not bought or bought[-1].plan == guide[at - 1].plan)
    return float(guide[at].rate) if same else 0.0


def _chosen(market: Market, offers: Sequence[Offer], wanted: int | None) -> Offer:
    """Among equals, the one that the script wants, or the one in turn."""
    for offer in offers:
        if offer.plan == wanted:
            return offer
    return min(offers, key=lambda offer: market.count.turn(market.plans[offer.plan]))
