"""How long the stand-alone verifier takes over the files of a large round, check by check, in a bare Python."""

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from pb.counting.equal_shares import Completion
from pb.counting.rules import RuleName
from pb.rounds.values import CountingRule
from tests.bundles import Maker, write_files
from tests.factories import a_frame
from tests.trials.figures import Row
from tests.verifier import PROGRAM

BALLOTS, PLANS, HEADS, MONEY = 100_000, 50, 4_500, 3_000_000_00
COMMAND = "python3 static/verifier/verify.py FOLDER"
RULES = {
    "most votes": (CountingRule(), "under 5 s"),
    "equal shares with Add1": (CountingRule(rule=RuleName.EQUAL_SHARES, completion=Completion.ADD1), "under 120 s"),
}


def verifying() -> Iterator[Row]:
    """Rows for both rules; the other checks take the same whatever the rule."""
    for rule, (counting, aim) in RULES.items():
        with tempfile.TemporaryDirectory() as folder:
            heads = _large_round(Path(folder), counting)
            seconds = _timed(folder)
        size = f"{BALLOTS:,} ballots, {PLANS} plans, {heads:,} heads"
        if rule == "most votes":
            rest = sum(taken for check, taken in seconds.items() if check != "V11")
            yield Row(f"V1 to V10, V12, V13: {size}", f"{rest:.1f} s", "under 30 s", COMMAND)
        yield Row(f"V11, {rule}: {size}", f"{seconds['V11']:.1f} s", aim, COMMAND)


def _large_round(folder: Path, counting: CountingRule) -> int:
    """Write the files of an invented round in which every tenth voter votes twice; gives the number of heads."""
    dice = random.Random(5)  # noqa: S311 - the same round in every run
    maker = Maker(a_frame(total=MONEY, maximum_cost=MONEY, counting=counting))
    costs = {f"plan-{number:02}": dice.randint(20, 400) * 1000_00 for number in range(PLANS)}
    people = [maker.code(area=f"24{place % 20:02}") for place in range(BALLOTS * 6 // 5)]
    maker.seal(costs)
    batch = BALLOTS * 11 // 10 // HEADS
    for place, h in enumerate(people[:BALLOTS]):
        for _ in range(2 if place % 10 == 0 else 1):
            maker.vote(h, *_within(costs, dice), channel="paper" if place % 9 == 0 else "web")
        if len(maker.waiting) >= batch:
            maker.batch()
    scene = maker.close()
    write_files(folder, scene.files())
    return len(scene.batches)


def _within(costs: dict[str, int], dice: random.Random) -> list[str]:
    chosen, left = [], MONEY
    for plan in dice.sample(sorted(costs), dice.randint(1, 9)):
        if costs[plan] <= left:
            chosen.append(plan)
            left -= costs[plan]
    return chosen


def _timed(folder: str) -> dict[str, float]:
    """Seconds by check, from when the one before had answered; every one of them must be ok."""
    seconds, before = dict[str, float](), time.monotonic()
    command = [sys.executable, "-I", "-S", str(PROGRAM), folder]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        for line in running.stdout or ():
            check, answer, _ = line.split(maxsplit=2)
            if answer != "ok":
                raise SystemExit(f"a round that nobody touched does not verify: {line}")
            seconds[check], before = time.monotonic() - before, time.monotonic()
    return seconds
