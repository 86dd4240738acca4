"""Twenty ways to guess who cast which ballot, for tests: each is given everything that a reader has, and makes a guess.

Most of them follow time: the web server's log tells who voted when, and a database keeps rows in the order in which they
came. What is left is the step from a row to a ballot. Without keys it is a guess (by the order of names, of contents, of
places); with the keys the row is simply opened.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from pb.base.hashing import credential_of
from pb.voting.keys import RoundKeys
from pb.voting.protocol import MARK_BYTES, hash_ballot, open_ballot, open_commitment, open_spent
from tests.reader import Ballot, Evidence, Request, Row, Voter

Guess = dict[int, bytes]
"""Voter's number to ballot's hash."""
Clue = Callable[[Any], Any]
SHUFFLES = 50_000
POINT = 0.9999


@dataclass(frozen=True)
class Keys:
    """What an attacker without keys does not have."""

    round: RoundKeys
    private: bytes


class Attacker(Protocol):
    """Makes a guess."""

    @property
    def name(self) -> str:
        """What it goes by."""

    def guess(self, seen: Evidence, keys: Keys | None) -> Guess:
        """For each voter a ballot; not every voter needs one."""


@dataclass(frozen=True)
class ByRow:
    """Ties voters to the rows of a table by time, then rows to ballots: rank by rank, or with the keys."""

    table: str
    order: str
    """Which mark tells the order in which the rows came."""
    row_clue: str
    ballot_clue: str

    @property
    def name(self) -> str:
        return f"{self.table} by {self.order}, {self.row_clue} like {self.ballot_clue}"

    def guess(self, seen: Evidence, keys: Keys | None) -> Guess:
        rows = _rows_of_voters(seen, self.table, self.order)
        if keys:
            opened = _Opened(seen, keys)
            found = {voter: opened.commitment(self.table, row) for voter, row in rows.items()}
            return {voter: commitment for voter, commitment in found.items() if commitment}
        clue = ROW_CLUES[self.row_clue]
        known = {voter.number: clue(rows[voter.number]) for voter in seen.voters if voter.number in rows}
        return _rank_by_rank(seen, lambda voter: known.get(voter.number, b""), BALLOT_CLUES[self.ballot_clue])


@dataclass(frozen=True)
class ByVoter:
    """Ties voters to ballots by something that is known of the voter; with the keys it asks for their ballot by name."""

    clue: str
    ballot_clue: str

    @property
    def name(self) -> str:
        return f"{self.clue} like {self.ballot_clue}"

    def guess(self, seen: Evidence, keys: Keys | None) -> Guess:
        if keys:
            opened = _Opened(seen, keys)
            found = {voter.number: opened.of_slot(voter.h) for voter in seen.voters}
            return {voter: commitment for voter, commitment in found.items() if commitment}
        last = {request.voter: request for request in _requests(seen)}
        clue = VOTER_CLUES[self.clue]
        return _rank_by_rank(seen, lambda voter: clue(voter, last[voter.number]), BALLOT_CLUES[self.ballot_clue])


ROW_CLUES: dict[str, Callable[[Row], Any]] = {
    "name": lambda row: row.name,
    "content": lambda row: row.content,
    "end of content": lambda row: row.content[::-1],
    "size": lambda row: len(row.content),
    "arrival": lambda row: (row.stamp, row.wal),
    "place": lambda row: (row.disk, row.dump),
}
BALLOT_CLUES: dict[str, Callable[[Ballot], Any]] = {
    "hash": lambda ballot: ballot.commitment,
    "nonce": lambda ballot: ballot.nonce,
    "choices": lambda ballot: ballot.choices,
    "number of choices": lambda ballot: (len(ballot.choices), ballot.choices),
    "leaf": lambda ballot: ballot.leaf,
    "leaf on disk": lambda ballot: ballot.leaf_disk,
    "opened": lambda ballot: ballot.opened,
    "opened on disk": lambda ballot: ballot.opened_disk,
}
VOTER_CLUES: dict[str, Callable[[Voter, Request], Any]] = {
    "time": lambda _, request: request.moment,
    "size of the answer": lambda _, request: request.size,
    "address": lambda voter, _: voter.address,
    "letter": lambda voter, _: voter.number,
    "code": lambda voter, _: voter.code,
    "token": lambda voter, _: voter.token,
    "credential": lambda voter, _: voter.h,
}
ATTACKERS: tuple[Attacker, ...] = (
    ByRow("outbox", "stamp", "name", "hash"),
    ByRow("outbox", "wal", "name", "leaf on disk"),
    ByRow("outbox", "stamp", "content", "hash"),
    ByRow("outbox", "wal", "end of content", "nonce"),
    ByRow("outbox", "stamp", "arrival", "leaf"),
    ByRow("ballot", "stamp", "name", "hash"),
    ByRow("ballot", "wal", "name", "nonce"),
    ByRow("ballot", "stamp", "name", "opened"),
    ByRow("ballot", "wal", "size", "number of choices"),
    ByRow("ballot", "stamp", "arrival", "opened on disk"),
    ByRow("ballot", "wal", "place", "leaf"),
    ByRow("spent", "stamp", "name", "hash"),
    ByRow("spent", "wal", "content", "opened"),
    ByRow("spent", "stamp", "place", "opened on disk"),
    ByRow("tag", "stamp", "name", "hash"),
    ByRow("tag", "wal", "content", "nonce"),
    ByVoter("time", "leaf on disk"),
    ByVoter("size of the answer", "number of choices"),
    ByVoter("credential", "opened"),
    ByVoter("token", "hash"),
)


def _requests(seen: Evidence) -> Iterable[Request]:
    return (request for batch in seen.requests for request in batch)


def _rows_of_voters(seen: Evidence, table: str, order: str) -> dict[int, Row]:
    """In each batch the casts by time beside the rows in their order; of who voted again the last one holds.

    A later vote takes the place of a voter's ballot and spent row, so of these there is one row a voter in a batch.
    """
    found: dict[int, Row] = {}
    for requests, tables in zip(seen.requests, seen.rows, strict=True):
        casts = sorted(requests, key=lambda request: request.moment)
        if table in {"ballot", "spent"}:
            casts = sorted({one.voter: one for one in casts}.values(), key=lambda one: one.moment)
        rows = sorted(tables[table], key=lambda row: getattr(row, order))
        found |= {request.voter: row for request, row in zip(casts, rows, strict=False)}
    return found


def _rank_by_rank(seen: Evidence, voter_clue: Clue, ballot_clue: Clue) -> Guess:
    """Within each batch, style and channel the first voter has the first ballot, and so on."""
    guess: Guess = {}
    for voters, ballots in _classes(seen):
        pairs = zip(sorted(voters, key=voter_clue), sorted(ballots, key=ballot_clue), strict=False)
        guess |= {voter.number: ballot.commitment for voter, ballot in pairs}
    return guess


def _classes(seen: Evidence) -> list[tuple[list[Voter], list[Ballot]]]:
    """Who voted last before a batch, and the counted ballots of that batch; by style and channel."""
    last = {request.voter: batch for batch, requests in enumerate(seen.requests) for request in requests}
    found: dict[tuple[int, str, str], tuple[list[Voter], list[Ballot]]] = defaultdict(lambda: ([], []))
    for voter in seen.voters:
        if voter.number in last:
            found[last[voter.number], voter.style, "web"][0].append(voter)
    for ballot in seen.ballots:
        found[ballot.batch, ballot.style, ballot.channel][1].append(ballot)
    return list(found.values())


def right(guess: Guess, truth: Guess) -> int:
    """How many voters the guess names the ballot of."""
    return sum(guess.get(voter) == commitment for voter, commitment in truth.items())


def by_chance(seen: Evidence, dice: np.random.Generator) -> int:
    """The most right guesses that chance gives: of 10,000 who shuffle each class once, one at most has more."""
    hits = np.zeros(SHUFFLES, dtype=np.int64)
    for _, ballots in _classes(seen):
        order = np.arange(len(ballots))
        hits += (dice.permuted(np.tile(order, (SHUFFLES, 1)), axis=1) == order).sum(axis=1)
    return int(np.quantile(hits, POINT, method="inverted_cdf"))


class _Opened:
    """The rows of the dump, opened with the keys."""

    def __init__(self, seen: Evidence, keys: Keys) -> None:
        self.keys = keys
        rows = [(table, row) for tables in seen.rows for table, found in tables.items() for row in found]
        self._ballots = {row.name: row for table, row in rows if table == "ballot"}
        self._together = {row.stamp: row for table, row in rows if table == "ballot"}

    def commitment(self, table: str, row: Row) -> bytes | None:
        """The hash of the ballot that a row is about."""
        if table == "outbox":
            return open_commitment(self.keys.round.outbox_key, row.content)
        if table == "spent":
            return self._of_spent(row)
        return self._of_ballot(row if table == "ballot" else self._together.get(row.stamp))

    def of_slot(self, slot: bytes) -> bytes | None:
        """The hash of the ballot of a slot, found by its pseudonym."""
        keys = self.keys.round
        return self._of_ballot(self._ballots.get(hash_ballot(keys.round_key, keys.round_, slot, b"", ()).pseudonym))

    def _of_ballot(self, row: Row | None) -> bytes | None:
        return open_ballot(self.keys.private, self.keys.round.round_, row.content).commitment if row else None

    def _of_spent(self, row: Row) -> bytes | None:
        return self.of_slot(credential_of(open_spent(self.keys.private, row.content[MARK_BYTES:]).token))
