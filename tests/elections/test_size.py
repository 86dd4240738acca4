"""What a count holds in memory does not grow with the steps of Add1."""

import random
import tracemalloc

from pb.counting import Election, EqualShares, Plan, Pot, count_equal_shares, grouped


def made_up() -> Election:
    """Six hundred voters and thirty plans."""
    dice = random.Random(30)  # noqa: S311 - invented votes, the same every time
    plans = tuple(Plan(f"p{number}", dice.randint(1, 30) * 1_000_00, "all") for number in range(30))
    votes = [{plan.id for plan in dice.choices(plans, k=dice.randint(1, 8))} for _ in range(600)]
    return Election((Pot("all", 100_000_00),), plans, grouped(votes))


def peak(election: Election, unit: int) -> tuple[int, int]:
    """Bytes at the most, and how often the shares rose."""
    tracemalloc.start()
    ledger = count_equal_shares(election, EqualShares(unit=unit))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most, ledger.shares[0].rises


def test_memory_does_not_grow_with_the_steps() -> None:
    election = made_up()
    peak(election, 10_000)  # lays the ballots out, once
    few, many = peak(election, 50), peak(election, 2)
    assert many[1] > 20 * few[1] > 1000
    assert many[0] < 1.5 * few[0]
