"""The recorded votes: 2,914 ballots of invented people, pure, and the same on every machine.

Their winners are sure: no single further ballot, such as the visitor's, can change them.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache

from pb.demo.content import plans
from pb.demo.deeds import Vote
from pb.demo.dice import Dice
from pb.demo.frame import CALENDAR, demo_frame
from pb.demo.register import AREAS, VISITOR, letters_of
from pb.rounds.values import PhaseKind

WISHES = (0.012, 0.16, 0.27, 0.27, 0.17, 0.08, 0.038)
"""Which share of voters wants none (blank), one, two, … plans."""
BUSY = 9, 6
"""How much busier than in between it is on the first day, when letters arrive, and on the last."""
FIRST_HOUR, LAST_HOUR = 10, 21
"""Hours of a day, in UTC, in which people vote; the first vote comes after the visitor came in."""


@cache
def votes() -> tuple[Vote, ...]:
    """Every recorded vote in order of time."""
    dice = Dice("votes")
    found = [Vote(_moment(dice), letter, _choices(dice)) for letter in _voters(dice)]
    return tuple(sorted(found, key=lambda vote: vote.at))


def _voters(dice: Dice) -> Iterator[int]:
    for area in AREAS:
        yield from dice.some_of([letter for letter in letters_of(area) if letter != VISITOR], area.voters)


def _moment(dice: Dice) -> datetime:
    """A whole hour of the vote: many at first, a few a day in between, many again at the end."""
    opens, closes = next((phase.opens, phase.closes) for phase in CALENDAR.phases if phase.kind is PhaseKind.VOTE)
    days = (closes - opens).days + 1
    first, last = BUSY
    weights = [1 + first / (1 + day) + last / (days - day) for day in range(days)]
    day = opens.replace(hour=0) + timedelta(days=dice.weighted(weights))
    return day + timedelta(hours=FIRST_HOUR + dice.below(LAST_HOUR - FIRST_HOUR + 1))


def _choices(dice: Dice) -> tuple[str, ...]:
    """Plans that a voter thinks of, one after another, as long as they fit in the money."""
    left, money = [plan for plan in plans() if plan.on_ballot], demo_frame().total
    chosen = []
    for _ in range(dice.weighted(WISHES)):
        plan = left.pop(dice.weighted([one.weight for one in left]))
        if plan.asked <= money:
            chosen.append(plan.key)
            money -= plan.asked
    return tuple(sorted(chosen))
