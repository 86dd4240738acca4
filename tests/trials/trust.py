"""Trials of one vote that is secret: attackers who read everything but the keys, and deeds that are broken off."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from flask import Flask

import config
from pb import create_app
from pb.base import clock
from pb.extensions import db
from pb.voting.acts import cast_ballot, close_vote, log_waiting_ballots
from tests import postgres
from tests.attackers import ATTACKERS
from tests.failpoints import BROKEN, KILLED, interrupted_everywhere
from tests.played import NEARLY_ALL, VOTE, VOTERS, Played
from tests.trials.figures import Row
from tests.voting import Voting, a_vote

KEY, WHILE_VOTING = bytes(16), VOTE.opens + timedelta(days=2)
Deed = Callable[[Voting], object]


@contextmanager
def _site(database: str) -> Iterator[Flask]:
    """A site of its own with its tables; its clock is the trial's to set."""
    with tempfile.TemporaryDirectory() as folder:
        environ = {"PB_ENVIRONMENT": "test", "PB_INSTANCE": folder, "PB_DATABASE_URL": database}
        app = create_app(config.load(environ) | {"WTF_CSRF_ENABLED": False})
        with app.app_context():
            db.create_all()
            yield app
            db.session.remove()
            db.engine.dispose()
    clock.inject(None)


def _sites() -> Iterator[tuple[str, Flask]]:
    with tempfile.TemporaryDirectory() as folder, _site(f"sqlite:///{folder}/trial.sqlite") as app:
        yield "SQLite", app
    if postgres.cluster():
        with _site(postgres.fresh_database()) as app:
            yield "PostgreSQL", app


def _move(to: datetime) -> None:
    clock.inject(lambda: to)


def readers() -> Iterator[Row]:
    """Twenty attackers with everything but the keys, and with them."""
    for name, app in _sites():
        played = Played(app, _move)
        hits, opened = played.hits(), played.hits(played.keys)
        best, worst = max(hits, key=hits.__getitem__), min(opened.values())
        crowd = f"{VOTERS} voters in {len(played.seen.batches)} batches"
        yield Row(
            f"{len(ATTACKERS)} attackers with everything but the keys, {crowd}, {name}",
            f"the best names {hits[best]} ballots ({best}), on average {sum(hits.values()) / len(hits):.0f}; "
            f"with the keys none names fewer than {worst}",
            f"at most {played.limit()}, which chance gives once in 10,000; {NEARLY_ALL} with the keys",
            "python -m tests.trials readers",
        )


def breaks() -> Iterator[Row]:
    """Deeds broken off before each statement and around the commit, by an exception and by SIGKILL."""
    for name, app in _sites():
        for number, (what, (prepare, deed)) in enumerate(_DEEDS.items()):
            points = [_broken_off(app, f"ronde-{number}-{how}", prepare, deed, how) for how in (BROKEN, KILLED)]
            yield Row(
                f"{what}, broken off at each of its points, {name}",
                f"{points[0]} points by an exception and {points[1]} by SIGKILL: the old state each time; "
                "after the commit the new one",
                "never between",
                "python -m tests.trials breaks",
            )


def _broken_off(app: Flask, slug: str, prepare: Deed, deed: Deed, how: str) -> int:
    """Raises `AssertionError` when something stays behind."""
    _move(WHILE_VOTING)
    vote = a_vote(codes=20, slug=slug)
    prepare(vote)
    return interrupted_everywhere(app, lambda: deed(vote), how)


def _vote(vote: Voting, plan: str = "bank", key: bytes = KEY) -> None:
    cast_ballot(vote.id, vote.codes[0], (plan,), key)


def _all_vote(vote: Voting) -> None:
    for code in vote.codes:
        cast_ballot(vote.id, code, ("bank",), KEY)


def _all_vote_until_the_close(vote: Voting) -> None:
    _all_vote(vote)
    _move(VOTE.closes)


_DEEDS: dict[str, tuple[Deed, Deed]] = {
    "a first vote": (lambda _: None, _vote),
    "a vote that replaces another": (_vote, lambda vote: _vote(vote, "kas", bytes([1] * 16))),
    "a batch of 20 ballots": (_all_vote, lambda vote: log_waiting_ballots(vote.id)),
    "the close": (_all_vote_until_the_close, lambda vote: close_vote(vote.id)),
}
"""What happens before, and the deed."""
