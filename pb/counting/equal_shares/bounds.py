"""Where to look for the cheapest plan: prices in floats that are certainly not above the true ones.

Supporters pay `f(x) = sum of min(money, x * units)` at a price of `x` a unit. `f` is concave and rises, so Newton's steps from
below stay below the price at which it reaches the cost. A billionth of the cost is given away at once, which is far more
than sums of millions of floats can be wrong by. What is decided is decided in whole numbers, see `purse.py`.
"""

from pb.counting.equal_shares.market import Supporters
from pb.counting.profile import Floats

SLACK = 1e-9


def price_from_below(who: Supporters, rough: Floats, cost: int, start: float, enough: float) -> float | None:
    """A price not above the true one, from a `start` that is not; or `None` when the supporters certainly cannot pay.

    `rough` is the money by ballot. Ends at the price itself (less the slack), or as soon as it is above `enough`.
    """
    money = rough.take(who.places)
    target = cost * (1 - SLACK)
    if float(money @ who.people) < target:
        return None
    price = start
    while price <= enough:
        rich = money > price * who.worth
        paying = float(who.weight @ rich)
        better = (target - float((money * ~rich) @ who.people)) / paying if paying else price
        if better <= price:
            break
        price = better
    return price
