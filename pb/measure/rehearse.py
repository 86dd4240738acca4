"""Voters who behave like people, many at once, over HTTP: they repeat, change their minds and mistype their codes.

Afterwards every answer that a voter got is held against what the round kept: nothing confirmed may be lost, nobody may
count twice, and nothing may be confirmed that was not taken.
"""

import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from flask import Flask

from pb.demo.elections import ForeignRound, foreign_round
from pb.demo.importing import OpenVote, open_vote, reissue, settle
from pb.extensions import db
from pb.measure.bench import BLOCKS, Progress, cast_pair
from pb.measure.checking import verify_files
from pb.measure.direct import Asked, Direct, statements
from pb.measure.place import place, serving
from pb.measure.plain import make_table
from pb.measure.summary import Attendance, Seen, Summary, summary_of
from pb.measure.voters import Voter, invented_election, is_receipt, ready_to_cast
from pb.measure.wire import Wire
from pb.roll.codes import make_code
from pb.rounds.values import WHOLE

PLANS = 24
REPEATS, CHANGES, REPLAYS, TWINS, STRANGERS, REISSUES = 0.2, 0.15, 0.5, 0.1, 0.05, 0.03
"""Shares of voters: who send the same form again; who vote anew, and of these who send the old form once more; who press
the button in two windows at once; who type a code that nobody has; and who lose their letter and vote with a new one."""
SOME = 100
"""Voters among whom somebody who votes anew looks for another choice."""
MEASURED = BLOCKS * 200
"""Voters whose casts are measured beside the plain view."""


def an_invented_round(voters: int) -> ForeignRound:
    """A round with `PLANS` plans and so many voters."""
    return foreign_round(invented_election(voters, PLANS))


def rehearse(
    voters: int,
    clients: int,
    database: str | None,
    progress: Progress,
    round_for: Callable[[int], ForeignRound] = an_invented_round,
    seed: int = 1,
) -> Summary:
    """Let `voters` people vote in a throw-away round, `clients` at a time; count, verify, and hold it to what they were told.

    `round_for` gives the round for so many voters: `MEASURED` others vote after the crowd, in blocks beside a plain view,
    and one more while statements are counted.
    """
    with place(database) as where:
        found = round_for(voters + MEASURED + 1)
        vote = open_vote(found, progress, spare=round(voters * REISSUES))
        styles = found.styles or (WHOLE,) * len(vote.codes)
        address = f"/rondes/{vote.round.slug}"
        everyone = [Voter(*one) for one in zip(vote.codes, found.ballots, styles, strict=True)]
        seen, unequal = Seen(), Counter[str]()
        make_table()
        with serving(where, "pb.measure.wsgi:app") as port:
            crowd = _Crowd(where.app, port, vote, everyone[:voters], seen, unequal, progress)
            seconds = crowd.come(clients, seed)
            pair = cast_pair(port, address, everyone[voters:-1], progress)
        asked = _one_more(where.app, address, everyone[-1])
        settle(vote, found)
        told = Attendance(voters, clients, seconds, MEASURED + 1, unequal["repeats"])
        return summary_of(vote, seen, told, asked, pair, verify_files(vote.round.id))


def _one_more(app: Flask, address: str, voter: Voter) -> Asked:
    """One vote in this process; gives what its last request asked of the database."""
    line = Direct(app)
    form = next(ready_to_cast(line, address, [voter]))
    with statements(app) as asked:
        answer = line.send(form)
    if not is_receipt(answer):
        raise RuntimeError(f"the vote that was to be looked at was answered with {answer.status}")
    return asked


@dataclass(slots=True)
class _Crowd:
    """What all clients share."""

    app: Flask
    port: int
    round_: OpenVote
    voters: Sequence[Voter]
    seen: Seen
    unequal: Counter[str]
    progress: Progress

    def come(self, clients: int, seed: int) -> float:
        """They vote, `clients` at a time; gives the seconds that it took."""
        started = time.perf_counter()
        shares = [list(range(client, len(self.voters), clients)) for client in range(clients)]
        dice = (random.Random(seed + client) for client in range(clients))  # noqa: S311 - the same crowd in every run
        with ThreadPoolExecutor(clients) as pool:
            list(pool.map(self.vote, shares, dice))
        return time.perf_counter() - started

    def vote(self, voters: list[int], dice: random.Random) -> None:
        """One client: its voters, one after the other."""
        address = f"/rondes/{self.round_.round.slug}"
        with Wire(self.port) as wire:
            for voter in voters:
                self._one_voter(wire, address, voter, dice)
                done = len(self.seen.receipts)
                if done % 50 == 0:
                    self.progress("votes", done, len(self.voters))

    def _one_voter(self, wire: Wire, address: str, voter: int, dice: random.Random) -> None:
        one = self.voters[voter]
        if dice.random() < STRANGERS:
            self._cast(wire, address, one._replace(code=make_code()), None, "stranger")
        form = next(ready_to_cast(wire, address, [one]))
        if dice.random() < TWINS:
            self._twins(form, voter)
        else:
            self._send(wire, form, voter, "vote")
        if dice.random() < REPEATS:
            told = self._send(wire, form, voter, "repeat")
            self.unequal["repeats"] += told != self.seen.receipts[voter][0]
        if dice.random() < CHANGES:
            self._cast(wire, address, one._replace(choices=self._others(one)), voter, "change")
            if dice.random() < REPLAYS:
                told = self._send(wire, form, voter, "replay")
                self.unequal["repeats"] += told != self.seen.receipts[voter][0]
        if dice.random() < REISSUES and self.round_.spare and one.style == self.voters[0].style:
            self._new_letter(wire, address, voter, self.round_.spare.pop())

    def _others(self, voter: Voter) -> Sequence[str]:
        """What somebody with the same ballot chose, other than this voter where anybody did."""
        theirs = [one.choices for one in self.voters[:SOME] if one.style == voter.style]
        return next((choices for choices in theirs if choices != voter.choices), voter.choices)

    def _new_letter(self, wire: Wire, address: str, voter: int, new: str) -> None:
        """A lost letter: two people give a new code; the old one counts no more."""
        one = self.voters[voter]
        with self.app.app_context():
            reissue(self.round_, one.code, new)
            db.session.remove()
        self._cast(wire, address, one, None, "revoked")
        self._cast(wire, address, one._replace(code=new), voter, "new code")

    def _cast(self, wire: Wire, address: str, one: Voter, voter: int | None, kind: str) -> None:
        self._send(wire, next(ready_to_cast(wire, address, [one])), voter, kind)

    def _send(self, wire: Wire, form: bytes, voter: int | None, kind: str) -> str:
        started = time.perf_counter()
        answer = wire.send(form)
        return self.seen.note(voter, kind, answer, time.perf_counter() - started)

    def _twins(self, form: bytes, voter: int) -> None:
        """The same form over two connections at the same moment."""
        with Wire(self.port) as one, Wire(self.port) as other, ThreadPoolExecutor(2) as pool:
            told = list(pool.map(lambda wire: self._send(wire, form, voter, "twin"), (one, other)))
        self.unequal["repeats"] += told[0] != told[1]
