"""Voters on a site whose processes are killed at random moments: each sends the same form until it has an answer.

Afterwards the round is held to what the voters were told: no confirmed vote may be lost, none may be cast twice.
"""

import os
import random
import signal
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path
from threading import Event

from pb.base.hashing import tracking_code
from pb.demo.elections import foreign_round
from pb.demo.importing import OpenVote, open_vote, settle
from pb.extensions import db
from pb.measure.bench import Progress
from pb.measure.place import place, serving_process
from pb.measure.summary import tracking_of
from pb.measure.voters import Voter, invented_election, is_receipt, ready_to_cast
from pb.measure.wire import Answer, Wire
from pb.voting.reads import logged_ballots, opened, the_box

PLANS = 12
ANSWERS, PAUSE = 60, 0.05
"""Between two kills: at most so many answers, and then at most so many seconds, both drawn anew each time."""
PATIENCE = 60
"""Seconds that a voter goes on sending the same form."""
NOT_SURE = 503


@dataclass(frozen=True, slots=True)
class Endured:
    """What came of it. The last four must be 0."""

    kills: int
    casts: int
    sent_again: int
    ballots: int
    database: str
    lost: int
    doubled: int
    invented: int
    answered_otherwise: int

    def as_json(self) -> dict[str, object]:
        """Plain values."""
        return asdict(self)

    @property
    def clean(self) -> bool:
        """Whether what voters were told and what the round kept are the same."""
        return not (self.lost or self.doubled or self.invented or self.answered_otherwise)


@dataclass(slots=True)
class Told:
    """What one client was told: each voter's tracking codes in their order, and what it took."""

    receipts: dict[int, list[str]] = field(default_factory=dict)
    answers: int = 0
    sent_again: int = 0
    answered_otherwise: int = 0


class Stubborn:
    """A wire that is laid anew when the server hangs up: every request is sent until it is answered."""

    def __init__(self, port: int, told: Told) -> None:
        self._port, self._told = port, told
        self._wire: Wire | None = None

    def send(self, request: bytes) -> Answer:
        """The answer in the end. Raises `ConnectionError` when there is none for a long time."""
        latest = time.monotonic() + PATIENCE
        while time.monotonic() < latest:
            answer = self._try(request)
            if answer and answer.status != NOT_SURE:
                self._told.answers += 1
                return answer
            self._told.sent_again += 1
            time.sleep(0.02)
        raise ConnectionError("nobody answers")

    def _try(self, request: bytes) -> Answer | None:
        try:
            self._wire = self._wire or Wire(self._port)
            return self._wire.send(request)
        except OSError:  # killed before the answer, or between two answers
            self.close()
            return None

    def close(self) -> None:
        """Hang up."""
        if self._wire:
            self._wire.close()
        self._wire = None


def rehearse_kills(
    kills: int,
    voters: int,
    clients: int,
    database: str | None,
    progress: Progress,
    application: str = "wsgi:app",
    seed: int = 1,
) -> Endured:
    """Let `voters` people vote again and again, `clients` at a time, until so many processes were killed; then count."""
    with place(database) as where:
        found = foreign_round(invented_election(voters, PLANS))
        vote, over = open_vote(found, progress), Event()
        with serving_process(where, application) as (server, port), ThreadPoolExecutor(clients) as pool:
            shares = [range(client, voters, clients) for client in range(clients)]
            told = [Told() for _ in shares]
            crowd = [
                pool.submit(_vote, port, vote, found.ballots, share, mine, over, random.Random(seed + client))  # noqa: S311
                for client, (share, mine) in enumerate(zip(shares, told, strict=True))
            ]
            try:
                for done in range(kills):
                    _kill_one(server.pid, told, random.Random(seed + done))  # noqa: S311
                    progress("kills", done + 1, kills)
            finally:
                over.set()
            for one in crowd:
                one.result()
        settle(vote, found)
        return _endured(vote, told, kills)


def _vote(
    port: int,
    vote: OpenVote,
    ballots: Sequence[tuple[str, ...]],
    voters: range,
    told: Told,
    over: Event,
    dice: random.Random,
) -> None:
    """One client: its voters, again and again, until the killing is over; each of them votes once at least."""
    waiting, address = list(voters), f"/rondes/{vote.round.slug}"
    with closing(Stubborn(port, told)) as wire:
        while waiting or not over.is_set():
            voter = waiting.pop() if waiting else dice.choice(voters)
            form = next(ready_to_cast(wire, address, [Voter(vote.codes[voter], dice.choice(ballots))]))
            answer = wire.send(form)
            if is_receipt(answer):
                told.receipts.setdefault(voter, []).append(tracking_of(answer))
            else:
                told.answered_otherwise += 1


def _kill_one(server: int, told: Sequence[Told], dice: random.Random) -> None:
    """Kill the process that serves most, somewhere in the middle of its work; the server brings a new one by itself."""
    wanted = sum(one.answers for one in told) + dice.randint(1, ANSWERS)
    latest = time.monotonic() + PATIENCE
    while sum(one.answers for one in told) < wanted:
        if time.monotonic() > latest:
            raise TimeoutError("nobody is answered any more")
        time.sleep(0.002)
    time.sleep(dice.uniform(0, PAUSE))
    os.kill(max(processes_of(server), key=_sockets), signal.SIGKILL)


def _sockets(pid: int) -> int:
    """How many files and connections a process has open."""
    try:
        return len(list(Path(f"/proc/{pid}/fd").iterdir()))
    except OSError:  # gone already
        return 0


def processes_of(server: int) -> list[int]:
    """The processes that a server started, as Linux tells."""
    return [int(pid) for pid in Path(f"/proc/{server}/task/{server}/children").read_text().split()]


def _endured(vote: OpenVote, told: Sequence[Told], kills: int) -> Endured:
    piles = opened(vote.round.id)
    if piles is None:
        raise LookupError("the piles were not opened")
    counted = [ballot.tracking for ballot in piles.ballots]
    logged = [tracking_code(one) for one in logged_ballots(vote.round.id, the_box(vote.round.id).number)]
    receipts = {voter: codes for one in told for voter, codes in one.receipts.items()}
    confirmed = [code for codes in receipts.values() for code in codes]
    return Endured(
        kills=kills,
        casts=len(confirmed),
        sent_again=sum(one.sent_again for one in told),
        ballots=len(counted),
        database=db.engine.dialect.name,
        lost=len(set(confirmed) - set(logged)) + sum(codes[-1] not in counted for codes in receipts.values()),
        doubled=max(0, len(counted) - len(receipts)) + len(confirmed) - len(set(confirmed)),
        invented=len(set(logged) - set(confirmed)),
        answered_otherwise=sum(one.answered_otherwise for one in told),
    )
