"""Finding the plan with the least rate: floats tell where to look, whole numbers decide.

Supporters only ever lose money, so a plan's rate only rises: a rate that was not above the true one stays so, and few plans
need a look at each purchase.
"""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import inf

from pb.counting.equal_shares.bounds import SLACK, price_from_below
from pb.counting.equal_shares.holdings import Holdings, Quote
from pb.counting.equal_shares.market import Market
from pb.counting.equal_shares.purse import Purse
from pb.counting.ledger import Why
from pb.counting.space import Space

UNLIMITED = 10**30
"""In a run nothing but the voters' money and the caps limit what is bought."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A plan that its supporters can pay: the rate, what the supporters have, and what each of them would pay."""

    plan: int
    rate: Fraction
    holdings: Holdings
    quote: Quote


class Auction:
    """The plans that may still be bought, each with a rate that is not above its true one."""

    def __init__(self, market: Market, share: Fraction) -> None:
        self.market, self.purse = market, Purse(market, share)
        self.out: dict[int, Why] = {}
        self._space = Space(market.settings.conditions, UNLIMITED)
        self._bids = list[tuple[float, int]]()
        for number in market.open:
            lowest = market.lowest[number]
            if lowest is None:
                self.out[number] = Why.SUPPORT_TOO_POOR
            else:
                heapq.heappush(self._bids, (lowest * (1 - SLACK), number))

    @property
    def beyond(self) -> float:
        """No plan that was not among the cheapest has a rate below this."""
        return self._bids[0][0] if self._bids else inf

    def cheapest(self, above: float = 0.0) -> list[Offer]:
        """The plans with the least rate, taken off the bids. The others are looked at until they are above `above` too."""
        offers, least = list[Offer](), inf
        for rate, number in self._likely():
            offers += self._offer(number, rate, least)
            least = min((_above(offer.rate) for offer in offers), default=inf)
        while self._bids and self._bids[0][0] <= least:
            rate, number = heapq.heappop(self._bids)
            offers += self._offer(number, self._closer(rate, number, least), least)
            least = min((_above(offer.rate) for offer in offers), default=inf)
        self._look_beyond(above)
        best = min((offer.rate for offer in offers), default=None)
        for offer in offers:
            if offer.rate != best:
                self._bid(offer)
        return [offer for offer in offers if offer.rate == best]

    def sell(self, chosen: Offer, offers: Sequence[Offer]) -> tuple[int, int]:
        """One of the cheapest is bought and the others bid again. Gives how many paid, and how many of them all they had."""
        for offer in offers:
            if offer is not chosen:
                self._bid(offer)
        self._space = self._space.with_winner(self.market.plans[chosen.plan])
        return self.purse.pay(chosen.plan, chosen.holdings, chosen.quote)

    def _bid(self, offer: Offer) -> None:
        heapq.heappush(self._bids, (_below(offer.rate), offer.plan))

    def _likely(self) -> list[tuple[float, int]]:
        """The bids that may be the least, with rates brought closer to the true ones; the least first."""
        least, found = inf, list[tuple[float, int]]()
        while self._bids and self._bids[0][0] <= least:
            rate, number = heapq.heappop(self._bids)
            closer = self._closer(rate, number, least)
            if closer is not None:
                found.append((closer, number))
                least = min(least, closer)
        return sorted(found)

    def _look_beyond(self, above: float) -> None:
        """Bring the rates of bids closer to the true ones that are not above this yet."""
        low = list[tuple[float, int]]()
        while self._bids and self._bids[0][0] <= above:
            low.append(heapq.heappop(self._bids))
        closer = ((self._closer(rate, number, above), number) for rate, number in low)
        self._bids += [(rate, number) for rate, number in closer if rate is not None]
        heapq.heapify(self._bids)

    def _closer(self, rate: float, number: int, enough: float) -> float | None:
        """A rate closer to the true one, or `None` for a plan that cannot be bought any more."""
        plan, scale, who = self.market.plans[number], self.market.scale[number], self.market.supporters[number]
        why = self._space.why_not(plan)
        price = None if why else price_from_below(who, self.purse.rough, plan.cost, rate * scale, enough * scale)
        if price is None:
            self.out[number] = why or Why.SUPPORT_TOO_POOR
            return None
        return price / scale

    def _offer(self, number: int, rate: float | None, least: float) -> list[Offer]:
        """The exact offer of a plan whose rate may be the least; otherwise none, and it bids again if it can be bought."""
        if rate is None:
            return []
        if rate > least:
            heapq.heappush(self._bids, (rate, number))
            return []
        holdings = self.purse.holdings(self.market.supporters[number])
        quote = self.purse.quote(self.market.plans[number].cost, holdings, rate * self.market.scale[number])
        if quote is None:
            self.out[number] = Why.SUPPORT_TOO_POOR
            return []
        return [Offer(number, quote.price / self.market.scale[number], holdings, quote)]


def _above(rate: Fraction) -> float:
    """A float that is certainly not below the rate."""
    return float(rate) * (1 + SLACK)


def _below(rate: Fraction) -> float:
    """A float that is certainly not above the rate."""
    return float(rate) * (1 - SLACK)
