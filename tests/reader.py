"""A reader who has everything of a vote but the keys, for tests: what they see while people vote, and what is published.

Seen are: who voted when and from where (letters' list and the web server's log), every row of the vote's tables after
every cast with the marks that the database gave it (transaction, place on the disk, place in its write-ahead log, order
in a dump), and the public files.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select, text

from pb.extensions import Model, db
from pb.voting.models import IdempotencyTag, OpenedBallotRow, OutboxRow, SealedBallot, SpentRow

TABLES: dict[str, type[Model]] = {
    "ballot": SealedBallot,
    "spent": SpentRow,
    "tag": IdempotencyTag,
    "outbox": OutboxRow,
}
Mark = tuple[int, ...]


@dataclass(frozen=True)
class Voter:
    """A line of the letters' list: who, with which code, and from which address they vote."""

    number: int
    code: str
    token: bytes
    h: bytes
    style: str
    address: str


@dataclass(frozen=True)
class Request:
    """A line of the web server's log: the answer to a form with a code. `moment` counts from the opening."""

    voter: int
    moment: int
    size: int


@dataclass(frozen=True)
class Row:
    """A row of one of the four tables: its name, its content and its marks."""

    name: bytes
    content: bytes
    stamp: Mark
    wal: Mark
    disk: Mark
    dump: Mark


@dataclass(frozen=True)
class Ballot:
    """A counted ballot as everybody sees it, and the places of its hash: in the log, on the disk, among the opened."""

    commitment: bytes
    nonce: bytes
    style: str
    channel: str
    choices: str
    batch: int
    leaf: Mark
    leaf_disk: Mark
    opened: Mark
    opened_disk: Mark


@dataclass
class Evidence:
    """Everything that the reader has. `rows` and `requests` are kept for each batch of the log apart."""

    voters: list[Voter]
    requests: list[list[Request]] = field(default_factory=lambda: [[]])
    rows: list[dict[str, list[Row]]] = field(default_factory=list)
    batches: list[set[bytes]] = field(default_factory=list)
    ballots: list[Ballot] = field(default_factory=list)


class Reader:
    """Looks at the database again and again."""

    def __init__(self, round_id: int, voters: list[Voter]) -> None:
        self.round_id, self.evidence = round_id, Evidence(voters)
        self._known: dict[tuple[str, bytes], bytes] = {}
        self._new: dict[str, dict[bytes, Row]] = {table: {} for table in TABLES}
        self._looks = 0
        self._marks = _Sqlite(round_id) if db.engine.dialect.name == "sqlite" else _Postgresql(round_id)

    def saw(self, voter: int, moment: int, size: int) -> None:
        """A line of the web server's log; then a look at every table."""
        self.evidence.requests[-1].append(Request(voter, moment, size))
        self._looks += 1
        for table, model in TABLES.items():
            _, name, content = (column.name for column in model.__table__.columns)
            for place, (key, value, stamp, disk) in enumerate(self._marks.read(model.__tablename__, name, content)):
                if self._known.get((table, key)) != value:
                    self._known[table, key] = value
                    wal = (self._looks, self._marks.find(value))
                    self._new[table][key] = Row(key, value, (stamp or self._looks,), wal, disk, (place,))
        self._marks.looked()

    def batch_was_made(self) -> None:
        """The log grew: what was new until now belongs together."""
        before = set[bytes]().union(*self.evidence.batches)
        leaves = {body for body, kind, *_ in self._marks.read("log_leaf", "body", "kind") if kind == "ballot"}
        self.evidence.batches.append(leaves - before)
        self.evidence.rows.append({table: list(new.values()) for table, new in self._new.items()})
        self._new = {table: {} for table in TABLES}
        self.evidence.requests.append([])

    def round_is_over(self) -> Evidence:
        """Take the public files, and where their hashes lie."""
        batch = {c: number for number, found in enumerate(self.evidence.batches) for c in found}
        leaves, opened = self._places("log_leaf", "body"), self._places("opened_ballot", "commitment")
        for row in db.session.scalars(select(OpenedBallotRow).where(OpenedBallotRow.round_id == self.round_id)):
            c = row.commitment
            about = c, row.nonce, row.style, row.channel, row.choices, batch[c]
            self.evidence.ballots.append(Ballot(*about, *leaves[c], *opened[c]))
        self.evidence.requests.pop()
        return self.evidence

    def _places(self, table: str, column: str) -> dict[bytes, tuple[Mark, Mark]]:
        """The place of each hash in its table, and on the disk."""
        rows = self._marks.read(table, column, "position")
        return {c: ((position,), disk) for c, position, _, disk in rows}


class _Sqlite:
    """What SQLite tells. Rows of a table without rowid lie in the order of their names: there is nothing else to know."""

    def __init__(self, round_id: int) -> None:
        self._round_id = round_id

    def read(self, table: str, name: str, content: str) -> list[tuple[Any, Any, int, Mark]]:
        """Name, content, transaction (which it does not tell) and place of each row, in the order of a dump."""
        db.session.rollback()
        disk = "rowid" if table in {"log_leaf", "opened_ballot"} else "0"
        asked = text(f"select {name}, {content}, {disk} from {table} where round_id = :round")  # noqa: S608 - our own words
        rows = db.session.execute(asked, {"round": self._round_id})
        return [(row[0], row[1], 0, (row[2],)) for row in rows]

    def find(self, content: bytes) -> int:
        """Where it stands in the write-ahead log at this moment."""
        path = Path(f"{db.engine.url.database}-wal")
        return path.read_bytes().find(content) if path.exists() else -1

    def looked(self) -> None:
        """Nothing to remember."""


class _Postgresql:
    """What PostgreSQL tells to who may read everything: transactions, places, and its write-ahead log."""

    def __init__(self, round_id: int) -> None:
        self._round_id = round_id
        self._since = self._now()
        self._wal = b""

    def read(self, table: str, name: str, content: str) -> list[tuple[Any, Any, int, Mark]]:
        """Name, content, transaction and place of each row, in the order of a dump."""
        db.session.rollback()
        marks = "xmin::text::bigint, ctid::text"
        asked = text(f"select {name}, {content}, {marks} from {table} where round_id = :round")  # noqa: S608 - our own words
        rows = db.session.execute(asked, {"round": self._round_id})
        return [(row[0], row[1], row[2], tuple(map(int, row[3].strip("()").split(",")))) for row in rows]

    def find(self, content: bytes) -> int:
        """Where it stands in what was written since the last look."""
        if not self._wal:
            self._wal = self._written()
        return self._wal.find(content)

    def looked(self) -> None:
        """The next look begins here."""
        self._since, self._wal = self._now(), b""

    def _now(self) -> tuple[str, int]:
        row = db.session.execute(text("select * from pg_walfile_name_offset(pg_current_wal_lsn())")).one()
        return row[0], row[1]

    def _written(self) -> bytes:
        (first, begin), (last, end) = self._since, self._now()
        read = text("select pg_read_binary_file('pg_wal/' || cast(:name as text), :begin, :length)")
        if first == last:
            return bytes(db.session.scalar(read, {"name": first, "begin": begin, "length": end - begin}) or b"")
        parts = ((first, begin, 1 << 24), (last, 0, end))
        return b"".join(
            bytes(db.session.scalar(read, {"name": name, "begin": at, "length": length}) or b"")
            for name, at, length in parts
        )
