"""Add1: the rule is run again with shares that grow by one unit, and the last winners that cost no more than the pot stand.

Winners do not only grow with the share, so it is not a search by halves. But many steps at once can be proved to change
nothing, which matters where a unit is small. See `_same_between`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from pb.base.refusals import Refused
from pb.counting.equal_shares.market import Heard, Market
from pb.counting.equal_shares.run import Purchase, Run, run
from pb.counting.ledger import End, Share, Why
from pb.counting.refusals import CountRefusal
from pb.counting.space import Space
from pb.counting.ties import one_outcome, open_tie, outcomes

MOST_RUNS = 100_000
"""Of one pot; more would take hours, and a greater unit is what is wanted."""


@dataclass(frozen=True, slots=True)
class Raised:
    """The run that stands, and how its share came about."""

    run: Run
    share: Share


def raised(market: Market, heard: Heard) -> Raised:
    """The run of a pot: the first one, or, with Add1, the last that costs no more than there is.

    Raises `Refused` with `TIE_NEEDS_LOT` when different lots would lead to different winners.
    """
    settings, money, voters = market.settings, market.count.pot.money, max(market.voters, 1)
    first = Fraction(money, voters)
    runs = _runs(market, first)
    share = Share(market.count.pot.code, market.voters, first, first, settings.unit, 0, End.NOT_RAISED)
    if settings.completion.raises:
        start = Fraction(first // settings.unit * settings.unit) if settings.whole_start else first
        runs, share = _raise(market, runs, replace(share, first=start, last=start), heard)
    return Raised(one_outcome(market.count, runs), share)


def _runs(market: Market, share: Fraction, guide: Sequence[Purchase] = ()) -> list[Run]:
    """What the lots can lead to with this share."""
    return outcomes(market.count, run(market, share, guide=guide), lambda script: run(market, share, script))


def _raise(market: Market, runs: list[Run], share: Share, heard: Heard) -> tuple[list[Run], Share]:
    """Raise the share until the winners would cost too much, or nothing is to be gained."""
    stride, alike, tried = 1, True, 0
    while not (end := _end(market, runs)):
        tried += 1
        if tried > MOST_RUNS:
            raise Refused(CountRefusal.UNIT_TOO_SMALL(unit=share.unit))
        rises = share.rises + stride
        trial = _runs(market, share.first + rises * share.unit, runs[0].bought if alike else ())
        alike, same = runs[0].order == trial[0].order, _same_between(runs, trial)
        if stride > 1 and not same:
            stride //= 2
            continue
        if _agreed(market, trial, _costs_too_much(market, trial)):
            return runs, replace(share, end=End.OVERSPENT, next_cost=trial[0].cost)
        runs, stride = trial, stride * 2 if same else 1
        share = replace(share, rises=rises, last=trial[0].share)
        heard(trial[0].cost, market.count.pot.money)
    return runs, replace(share, end=end)


def _end(market: Market, runs: Sequence[Run]) -> End | None:
    """Why the shares need not be raised any more, if so."""
    if not any(why is Why.SUPPORT_TOO_POOR and market.lowest[number] for number, why in runs[0].out.items()):
        return End.NOTHING_LEFT
    stops = market.settings.stop_when_exhaustive
    if stops and _agreed(market, runs, [_nothing_fits(market, one) for one in runs]):
        return End.NOTHING_FITS
    return None


def _nothing_fits(market: Market, one: Run) -> bool:
    """Whether no other plan that may win fits in what is left of the pot."""
    taken = tuple(market.plans[number] for number in one.order)
    space = Space(market.settings.conditions, market.count.pot.money - one.cost, taken)
    others = [market.plans[number] for number in market.open if number not in one.order]
    return not any(space.why_not(plan) is None for plan in others)


def _costs_too_much(market: Market, runs: Sequence[Run]) -> list[bool]:
    return [one.cost > market.count.pot.money for one in runs]


def _agreed(market: Market, runs: Sequence[Run], answers: Sequence[bool]) -> bool:
    """What all runs with one share say. Raises `Refused` when it hangs on the lot."""
    if len(set(answers)) > 1:
        raise Refused(open_tie(market.count, runs[0]))
    return answers[0]


def _same_between(low: Sequence[Run], high: Sequence[Run]) -> bool:
    """Whether every share between these two gives the same purchases as both, provably.

    As long as the same plans are bought, a greater share leaves every voter with at least as much, so each plan's rate is at
    most that with the lower share and at least that with the higher one. If at every purchase all other plans' rates with
    the higher share are above the rate paid with the lower share, no other plan can be cheaper in between. Plans with
    exactly the same rate in both have it in between too.
    """
    return len(low) == len(high) and all(map(_alike, low, high))


def _alike(low: Run, high: Run) -> bool:
    return low.order == high.order and all(map(_steady, low.bought, high.bought))


def _steady(low: Purchase, high: Purchase) -> bool:
    equals = low.rivals == high.rivals and (not low.rivals or low.rate == high.rate)
    return equals and high.beyond > float(low.rate) * (1 + 1e-12)
