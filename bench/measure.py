"""One measurement a process, so that memory is its own: `python -m bench.measure NAME FILE` prints it as JSON."""

import json
import resource
import sys
import time
import warnings
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from statistics import median
from typing import Any

from bench.made_up import SMALL_UNIT, a_million, small_units
from pb.counting import Completion, Election, EqualShares, count_equal_shares
from pb.counting.conditions import PLAIN
from pb.counting.equal_shares.market import market_of
from pb.counting.equal_shares.run import run
from pb.counting.pabulib import election_of, read_pabulib
from pb.counting.pot_count import pot_counts

REPEATS = 5
ADD1 = EqualShares(stop_when_exhaustive=True)
"""As pabutools counts with `voter_budget_increment`: it ends once nothing more fits."""


def timed(do: Callable[[], Any], repeats: int = REPEATS) -> tuple[float, Any]:
    """Seconds of processor time in the middle of some repeats, and what came of the last."""
    seconds = []
    for _ in range(repeats):
        started = time.process_time()
        found = do()
        seconds.append(time.process_time() - started)
    return median(seconds), found


def reading(path: Path) -> dict[str, Any]:
    """Bytes to a file, checked."""
    content = path.read_bytes()
    seconds, file = timed(lambda: read_pabulib(content))
    return {"seconds": seconds, "voters": len(file.votes)}


def single(path: Path) -> dict[str, Any]:
    """One run, on ballots that are laid out; and the whole count with its checks, layout and ledger."""
    election = election_of(read_pabulib(path.read_bytes()))
    (count,) = pot_counts(election, PLAIN, ())
    rule = EqualShares(completion=Completion.NONE)
    market = market_of(count, rule)
    share = Fraction(election.pots[0].money, election.voters)
    seconds, _ = timed(lambda: run(market, share))
    whole, ledger = timed(lambda: count_equal_shares(_afresh(election), rule))
    return {"seconds": seconds, "whole": whole, "winners": sorted(ledger.winners)}


def add1(path: Path) -> dict[str, Any]:
    """The whole count with Add1, from the election to the ledger."""
    election = election_of(read_pabulib(path.read_bytes()))
    seconds, ledger = timed(lambda: count_equal_shares(_afresh(election), ADD1))
    return {"seconds": seconds, "winners": sorted(ledger.winners), "rises": ledger.shares[0].rises}


def _afresh(election: Election) -> Election:
    """The same election without the arrays that an earlier count has laid out."""
    return Election(election.pots, election.plans, election.ballots)


def million(path: Path) -> dict[str, Any]:
    """A million voters."""
    election = a_million(read_pabulib(path.read_bytes()))
    seconds, ledger = timed(lambda: count_equal_shares(election, EqualShares()), 1)
    return {"seconds": seconds, "rises": ledger.shares[0].rises, "different": len(election.ballots)}


def small(_: Path) -> dict[str, Any]:
    """Thousands of small steps."""
    election = small_units()
    seconds, ledger = timed(lambda: count_equal_shares(election, EqualShares(unit=SMALL_UNIT)), 1)
    return {"seconds": seconds, "rises": ledger.shares[0].rises}


def pabutools_single(path: Path) -> dict[str, Any]:
    """One run of pabutools."""
    return _pabutools(path, {})


def pabutools_add1(path: Path) -> dict[str, Any]:
    """Add1 of pabutools."""
    return _pabutools(path, {"voter_budget_increment": 1})


def _pabutools(path: Path, more: dict[str, Any]) -> dict[str, Any]:
    """As its documentation shows: equal ballots together, exact fractions, utility by cost. Reading is not counted."""
    warnings.simplefilter("ignore")
    from pabutools.election import Cost_Sat, parse_pabulib
    from pabutools.rules import method_of_equal_shares

    instance, profile = parse_pabulib(str(path))
    seconds, found = timed(
        lambda: method_of_equal_shares(instance, profile.as_multiprofile(), sat_class=Cost_Sat, **more), 1
    )
    return {"seconds": seconds, "winners": sorted(project.name for project in found)}


MEASURES = {one.__name__: one for one in (reading, single, add1, million, small, pabutools_single, pabutools_add1)}


if __name__ == "__main__":
    measured = MEASURES[sys.argv[1]](Path(sys.argv[2]))
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(measured | {"megabytes": megabytes}))
