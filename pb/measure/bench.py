"""`pb bench`: casts and list pages a second beside a plain view on the same server, in turn, as ratios.

Only warm requests over kept-alive connections count. The blocks of one round of measuring follow each other within a
second or two, so that a machine that is shared slows both alike; the median of the rounds' ratios is the figure.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import repeat
from statistics import median

from pb.demo.elections import foreign_round
from pb.demo.importing import open_vote
from pb.measure.place import place, serving
from pb.measure.plain import make_table
from pb.measure.voters import Voter, invented_election, is_receipt, ready_to_cast, visit
from pb.measure.wire import Answer, Wire, get, post

PLANS, CLIENTS, ROUNDS = 50, 8, 5
BLOCK = 400
"""Requests of a block, over all clients."""
BLOCKS = ROUNDS + 1
"""The first warms both up and does not count."""
BETWEEN_CONNECTIONS = 0.02
"""Seconds."""
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Pair:
    """What one thing and its plain counterpart did in each round, in requests a second."""

    name: str
    ours: tuple[float, ...]
    plain: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """The median of the ratios, each of two blocks that ran side by side in time."""
        return median(ours / plain for ours, plain in zip(self.ours, self.plain, strict=True))

    def as_json(self) -> dict[str, float]:
        """Medians in requests a second, and the ratio."""
        return {"ours": round(median(self.ours)), "plain": round(median(self.plain)), "ratio": round(self.ratio, 2)}


def bench(database: str | None, progress: Progress) -> tuple[Pair, Pair]:
    """Measure a cast and a list page. `database` is an empty PostgreSQL database; a SQLite file of its own without."""
    with place(database) as where:
        found = foreign_round(invented_election(BLOCK * BLOCKS, PLANS))
        vote = open_vote(found, progress)
        make_table()
        with serving(where, "pb.measure.wsgi:app") as port:
            address = f"/rondes/{vote.round.slug}"
            listing = get(f"{address}/plannen")
            cards = get(f"/measure/cards/{_cards_on(port, listing)}")
            return (
                cast_pair(
                    port, address, [Voter(*one) for one in zip(vote.codes, found.ballots, strict=True)], progress
                ),
                _pair("list", port, repeat([listing] * BLOCK), repeat([cards] * BLOCK), progress),
            )


def cast_pair(port: int, address: str, voters: Sequence[Voter], progress: Progress) -> Pair:
    """The casts of these voters, in `BLOCKS` equal blocks, beside as many of the plain view."""
    block = len(voters) // BLOCKS
    with Wire(port) as wire:
        browser = visit(wire, "/measure/form")
    insert = post("/measure/form", [("csrf_token", browser.token), ("text", "a line of text")], browser.cookies)
    return _pair("cast", port, _casts(port, address, voters, block), repeat([insert] * block), progress)


def _casts(port: int, address: str, voters: Sequence[Voter], size: int) -> Iterator[list[bytes]]:
    """A block of casts at a time; choosing and opening the code page is done before the clock runs.

    Each on a connection of its own: the server hangs up on one that was silent while a block was measured.
    """
    for start in range(0, len(voters), size):
        with Wire(port) as wire:
            block = list(ready_to_cast(wire, address, voters[start : start + size]))
        yield block


def _cards_on(port: int, listing: bytes) -> int:
    with Wire(port) as wire:
        return wire.send(listing).body.count(b'class="card"')


def _pair(name: str, port: int, ours: Iterator[list[bytes]], plain: Iterator[list[bytes]], progress: Progress) -> Pair:
    """Both blocks of a round go over the same connections."""
    found: list[tuple[float, float]] = []
    for done in range(BLOCKS):
        blocks = next(ours), next(plain)
        with ExitStack() as stack:
            wires = _spread(port, stack)
            found.append((_rate(wires, blocks[0], name), _rate(wires, blocks[1], "plain")))
        progress(name, done + 1, BLOCKS)
    return Pair(name, tuple(one for one, _ in found[1:]), tuple(other for _, other in found[1:]))


def _rate(wires: list[Wire], block: list[bytes], name: str) -> float:
    """Requests a second of a block that several clients share. Raises `RuntimeError` for an answer that is not right."""
    shares = [block[place::CLIENTS] for place in range(CLIENTS)]
    with ThreadPoolExecutor(CLIENTS) as pool:
        started = time.perf_counter()
        answers = [answer for part in pool.map(_send_all, wires, shares) for answer in part]
        took = time.perf_counter() - started
    wrong = [answer for answer in answers if not (is_receipt(answer) if name == "cast" else answer.status == 200)]
    if wrong:
        raise RuntimeError(
            f"{len(wrong)} of {len(answers)} answers to {name} were not right; one was {wrong[0].status}"
        )
    return len(block) / took


def _spread(port: int, stack: ExitStack) -> list[Wire]:
    """A connection a client, opened one by one: opened at once, all of them go to the process that wakes first."""
    wires = []
    for _ in range(CLIENTS):
        wires.append(stack.enter_context(Wire(port)))
        time.sleep(BETWEEN_CONNECTIONS)
    return wires


def _send_all(wire: Wire, requests: list[bytes]) -> list[Answer]:
    return [wire.send(request) for request in requests]
