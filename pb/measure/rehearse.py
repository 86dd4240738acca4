"""Voters who behave like people, many at once, over HTTP: they repeat, change their minds and mistype their codes.

Afterwards every answer that a voter got is held against what the round kept: nothing confirmed may be lost, nobody may
count twice, and nothing may be confirmed that was not taken.
"""

import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from statistics import quantiles
from threading import Lock

from flask import Flask

from pb.base.hashing import tracking_code
from pb.demo.elections import foreign_round
from pb.demo.importing import OpenVote, open_vote, reissue, settle
from pb.extensions import db
from pb.measure.place import place, serving
from pb.measure.voters import invented_election, is_receipt, ready_to_cast
from pb.measure.wire import Answer, Wire
from pb.roll.codes import make_code
from pb.voting.reads import logged_ballots, opened, the_box

PLANS = 24
REPEATS, CHANGES, REPLAYS, TWINS, STRANGERS, REISSUES = 0.2, 0.15, 0.5, 0.1, 0.05, 0.03
"""Shares of voters: who send the same form again; who vote anew, and of these who send the old form once more; who press
the button in two windows at once; who type a code that nobody has; and who lose their letter and vote with a new one."""
_TRACKING = re.compile(rb'class="tracking">(.*?)</p>', re.DOTALL)
_SIGNS = re.compile(rb"<span>([0-9A-Z]+)</span>")
Progress = Callable[[str, int, int], None]


@dataclass(slots=True)
class Seen:
    """What the clients were told. `receipts` holds each voter's tracking codes in the order in which they came."""

    receipts: dict[int, list[str]] = field(default_factory=dict)
    answers: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def note(self, voter: int | None, kind: str, answer: Answer, took: float) -> str:
        """Keep an answer, and give its tracking code, empty without one."""
        tracking = tracking_of(answer) if is_receipt(answer) else ""
        with self.lock:
            self.answers[f"{kind} {answer.status}"] += 1
            self.seconds.append(took)
            if tracking and voter is not None:
                self.receipts.setdefault(voter, []).append(tracking)
        return tracking


@dataclass(frozen=True, slots=True)
class Summary:
    """What came of a rehearsal. The last four must be 0."""

    voters: int
    clients: int
    database: str
    casts: int
    casts_per_second: float
    median_ms: float
    p99_ms: float
    answers: dict[str, int]
    ballots: int
    lost: int
    doubled: int
    falsely_confirmed: int
    unequal_repeats: int

    def as_json(self) -> dict[str, object]:
        """Plain values."""
        return asdict(self)

    @property
    def clean(self) -> bool:
        """Whether every confirmed vote stands, each voter counts once, and nothing else was confirmed."""
        return not (self.lost or self.doubled or self.falsely_confirmed or self.unequal_repeats)


def rehearse(voters: int, clients: int, database: str | None, progress: Progress, seed: int = 1) -> Summary:
    """Let `voters` people vote in a throw-away round, `clients` at a time; count, and compare with what they were told."""
    with place(database) as where:
        found = foreign_round(invented_election(voters, PLANS))
        vote = open_vote(found, progress, spare=round(voters * REISSUES))
        seen, unequal, started = Seen(), Counter[str](), time.perf_counter()
        with serving(where, "wsgi:app") as port:
            shares = [list(range(client, voters, clients)) for client in range(clients)]
            crowd = _Crowd(where.app, port, vote, found.ballots, seen, unequal, progress)
            with ThreadPoolExecutor(clients) as pool:
                list(pool.map(crowd.vote, shares, (random.Random(seed + client) for client in range(clients))))  # noqa: S311
        took = time.perf_counter() - started
        settle(vote, found)
        return _summary(vote, seen, unequal["repeats"], clients, took)


@dataclass(slots=True)
class _Crowd:
    """What all clients share."""

    app: Flask
    port: int
    round_: OpenVote
    ballots: Sequence[tuple[str, ...]]
    seen: Seen
    unequal: Counter[str]
    progress: Progress

    def vote(self, voters: list[int], dice: random.Random) -> None:
        """One client: its voters, one after the other."""
        address = f"/rondes/{self.round_.round.slug}"
        with Wire(self.port) as wire:
            for voter in voters:
                self._one_voter(wire, address, voter, dice)
                done = len(self.seen.receipts)
                if done % 50 == 0:
                    self.progress("votes", done, len(self.ballots))

    def _one_voter(self, wire: Wire, address: str, voter: int, dice: random.Random) -> None:
        code, choices = self.round_.codes[voter], self.ballots[voter]
        if dice.random() < STRANGERS:
            self._send(wire, next(ready_to_cast(wire, address, [(make_code(), choices)])), None, "stranger")
        form = next(ready_to_cast(wire, address, [(code, choices)]))
        if dice.random() < TWINS:
            self._twins(form, voter)
        else:
            self._send(wire, form, voter, "vote")
        if dice.random() < REPEATS:
            told = self._send(wire, form, voter, "repeat")
            self.unequal["repeats"] += told != self.seen.receipts[voter][0]
        if dice.random() < CHANGES:
            other = self.ballots[(voter + 1) % len(self.ballots)]
            self._send(wire, next(ready_to_cast(wire, address, [(code, other)])), voter, "change")
            if dice.random() < REPLAYS:
                told = self._send(wire, form, voter, "replay")
                self.unequal["repeats"] += told != self.seen.receipts[voter][0]
        if dice.random() < REISSUES and self.round_.spare:
            self._new_letter(wire, address, voter, self.round_.spare.pop())

    def _new_letter(self, wire: Wire, address: str, voter: int, new: str) -> None:
        """A lost letter: two people give a new code; the old one counts no more."""
        old, other = self.round_.codes[voter], self.ballots[(voter + 2) % len(self.ballots)]
        with self.app.app_context():
            reissue(self.round_, old, new)
            db.session.remove()
        self._send(wire, next(ready_to_cast(wire, address, [(old, other)])), None, "revoked")
        self._send(wire, next(ready_to_cast(wire, address, [(new, other)])), voter, "new code")

    def _send(self, wire: Wire, form: bytes, voter: int | None, kind: str) -> str:
        started = time.perf_counter()
        answer = wire.send(form)
        return self.seen.note(voter, kind, answer, time.perf_counter() - started)

    def _twins(self, form: bytes, voter: int) -> None:
        """The same form over two connections at the same moment."""
        with Wire(self.port) as one, Wire(self.port) as other, ThreadPoolExecutor(2) as pool:
            told = list(pool.map(lambda wire: self._send(wire, form, voter, "twin"), (one, other)))
        self.unequal["repeats"] += told[0] != told[1]


def tracking_of(answer: Answer) -> str:
    """The tracking code on a receipt."""
    found = _TRACKING.search(answer.body)
    return b"".join(_SIGNS.findall(found[1])).decode() if found else ""


def _summary(vote: OpenVote, seen: Seen, unequal: int, clients: int, took: float) -> Summary:
    piles = opened(vote.round.id)
    if piles is None:
        raise LookupError("the piles were not opened")
    counted = Counter(ballot.tracking for ballot in piles.ballots)
    cuts = quantiles(seen.seconds, n=100)
    casts = sum(seen.answers.values())
    return Summary(
        voters=len(vote.codes),
        clients=clients,
        database=db.engine.dialect.name,
        casts=casts,
        casts_per_second=round(casts / took, 1),
        median_ms=round(1000 * cuts[49], 1),
        p99_ms=round(1000 * cuts[98], 1),
        answers=dict(sorted(seen.answers.items())),
        ballots=len(piles.ballots),
        lost=sum(not counted[told[-1]] for told in _in_order(seen)) + _not_in_the_log(vote, seen),
        doubled=len(piles.ballots) - len(seen.receipts) + sum(often - 1 for often in counted.values()),
        falsely_confirmed=sum(
            often for answer, often in seen.answers.items() if answer in {"stranger 200", "revoked 200"}
        ),
        unequal_repeats=unequal,
    )  # fmt: skip


def _in_order(seen: Seen) -> Iterator[list[str]]:
    """Each voter's tracking codes: a repetition tells the same one again and changes nothing, so the last new one counts."""
    for told in seen.receipts.values():
        yield list(dict.fromkeys(told))


def _not_in_the_log(vote: OpenVote, seen: Seen) -> int:
    """Confirmed votes whose hash does not stand in the public log."""
    logged = {tracking_code(commitment) for commitment in logged_ballots(vote.round.id, the_box(vote.round.id).number)}
    told = {tracking for receipts in seen.receipts.values() for tracking in receipts}
    return len(told - logged)
