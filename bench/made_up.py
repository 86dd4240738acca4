"""Elections that are made up, always the same: a million voters like those of a file, and a currency with small units."""

import random
from collections.abc import Iterator
from itertools import accumulate

from pb.counting import Election, Plan, Pot, grouped
from pb.counting.pabulib import PabulibFile, election_of

MILLION = 1_000_000
CHANGED = 0.5
"""How often a made-up ballot differs in one plan from the real one that it is drawn from."""
SMALL_VOTERS, SMALL_PLANS, SMALL_UNIT = 30_000, 175, 840


def a_million(file: PabulibFile) -> Election:
    """As many voters as a great city has, with as much money each and the plans of the file."""
    dice = random.Random(MILLION)  # noqa: S311 - invented votes, the same every time
    cast = [vote.choices for vote in file.votes]
    chosen = [choice for choices in cast for choice in choices]
    plans = election_of(file).plans
    money = file.budget * MILLION // len(file.votes)
    dearer = MILLION // len(file.votes)
    return Election(
        (Pot("all", money),),
        tuple(Plan(plan.id, plan.cost * dearer, plan.pot) for plan in plans),
        grouped(_varied(dice, cast, chosen) for _ in range(MILLION)),
    )


def _varied(dice: random.Random, cast: list[tuple[str, ...]], chosen: list[str]) -> list[str]:
    choices = list(dice.choice(cast))
    if choices and dice.random() < CHANGED:
        choices[dice.randrange(len(choices))] = dice.choice(chosen)
    return choices


def small_units() -> Election:
    """Many plans and a share of tens of thousands of units, as in forints: Add1 takes thousands of steps."""
    dice = random.Random(SMALL_PLANS)  # noqa: S311 - invented votes, the same every time
    ids = [f"p{number:03}" for number in range(SMALL_PLANS)]
    popular = list(accumulate((1 + number) ** -0.6 for number in range(SMALL_PLANS)))
    plans = tuple(Plan(plan, dice.randint(2, 60) * 1_000_000_00, "all") for plan in ids)
    return Election((Pot("all", 1_200_000_000_00),), plans, grouped(_some(dice, ids, popular)))


def _some(dice: random.Random, ids: list[str], popular: list[float]) -> Iterator[set[str]]:
    for _ in range(SMALL_VOTERS):
        yield set(dice.choices(ids, cum_weights=popular, k=dice.randint(1, 5)))
