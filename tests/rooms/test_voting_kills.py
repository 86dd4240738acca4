"""Processes of the web server that are killed while people vote: nothing that was confirmed is lost, nothing is cast twice.

The full figure is the trial `kills`.
"""

import sys

import pytest

from pb.base import clock
from pb.measure.kills import rehearse_kills
from tests import postgres

KILLS, VOTERS, CLIENTS = 2, 20, 5
pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="processes are found as Linux tells of them"),
    pytest.mark.xdist_group("kills"),
]


@pytest.fixture(autouse=True)
def the_real_clock(standing_clock: object) -> None:
    """As the server's processes have it."""
    clock.inject(None)


def silent(_part: str, _done: int, _total: int) -> None:
    """Nobody looks."""


@pytest.mark.parametrize("database", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def test_killed_processes_lose_nothing(database: str) -> None:
    if database == "postgresql":
        postgres.skip_without()
    address = postgres.fresh_database() if database == "postgresql" else None
    found = rehearse_kills(KILLS, VOTERS, CLIENTS, address, silent)
    assert found.clean, found
    assert (found.kills, found.ballots, found.database) == (KILLS, VOTERS, database) and found.sent_again


def test_a_site_that_answers_before_it_writes_is_found_out() -> None:
    found = rehearse_kills(KILLS, VOTERS, CLIENTS, None, silent, application="tests.unguarded:app")
    assert found.lost, found
