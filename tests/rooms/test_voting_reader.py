"""A reader with everything but the keys cannot tell who cast which ballot: twenty attackers do no better than chance.

The same attackers with the keys name nearly every ballot, so the search itself is sharp; and with one protection taken
away at least one of them is better than chance.
"""

import pytest
from flask import Flask
from sqlalchemy import Connection, event

from pb.extensions import db
from tests.attackers import ATTACKERS
from tests.played import NEARLY_ALL, VOTERS, Move, Played


def test_twenty_attackers_do_no_better_than_chance(app: Flask, standing_clock: Move) -> None:
    """Chance itself does better once in some hundred rounds: who does so in two rounds in a row knows something."""
    assert len({one.name for one in ATTACKERS}) == 20
    played = Played(app, standing_clock)
    assert len(played.truth) == len(played.seen.ballots) == VOTERS and len(played.seen.batches) > 8
    blunt = {name for name, hits in played.hits(played.keys).items() if hits < NEARLY_ALL}
    assert not blunt, "with the keys they should name nearly every ballot"
    suspects = played.better_than_chance()
    assert not suspects or not suspects & Played(app, standing_clock, slug="nog-een").better_than_chance()


LEAKS: dict[str, tuple[dict[str, object], str]] = {
    "pages as long as their content": (
        {"pb.voting.kept.padded": lambda response, _: response},
        "size of the answer like number of choices",
    ),
    "piles neither shuffled nor sorted": (
        {"pb.voting.reads.piles.shuffled": tuple, "pb.voting.opening.sorted": list},
        "like opened",
    ),
    "rows that wait under their ballot's name": (
        {"pb.voting.writing.outbox_tag": lambda _, tracking: tracking.encode()},
        "outbox by stamp, name like hash",
    ),
}


def _read_rows_as_they_lie(connection: Connection) -> None:
    """An index would give PostgreSQL's rows in the order of their names, which tells nothing."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("set local enable_indexscan = off; set local enable_bitmapscan = off")


@pytest.mark.parametrize("what", LEAKS)
def test_a_leak_is_noticed(app: Flask, standing_clock: Move, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    """A small crowd hides a leak now and then: it is to be seen in one of three rounds."""
    leaks, attacker = LEAKS[what]
    for place, leak in leaks.items():
        monkeypatch.setattr(place, leak, raising=False)
    event.listen(db.engine, "begin", _read_rows_as_they_lie)
    try:
        rounds = (Played(app, standing_clock, voters=80, again=0, slug=f"ronde-{number}") for number in range(3))
        assert any(attacker in name for played in rounds for name in played.better_than_chance())
    finally:
        event.remove(db.engine, "begin", _read_rows_as_they_lie)
