"""A crowd over HTTP in a throw-away round: what they were told stands, every check is ok, and the figures are of the same run.

The full figure is the trial `casts`.
"""

from dataclasses import replace
from functools import partial

import pytest

from pb.base import clock
from pb.measure import rehearse
from pb.measure.twin import twin_of
from pb.selection.values import PlanGroups
from tests import postgres
from tests.unit.test_measure_twin import POINTS, plans_of
from tests.unit.test_voting_rules import AREAS

pytestmark = pytest.mark.xdist_group("kills")
CHECKS = [f"V{number}" for number in range(1, 14)]


@pytest.fixture(autouse=True)
def the_real_clock(standing_clock: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the server's processes have it; and few who are measured."""
    clock.inject(None)
    monkeypatch.setattr(rehearse, "MEASURED", rehearse.BLOCKS * 4)


def silent(_part: str, _done: int, _total: int) -> None:
    """Nobody looks."""


@pytest.mark.parametrize("database", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def test_a_crowd_is_told_what_stands(database: str) -> None:
    if database == "postgresql":
        postgres.skip_without()
    address = postgres.fresh_database() if database == "postgresql" else None
    found = rehearse.rehearse(40, 5, address, silent)
    assert found.clean, found
    assert (found.voters, found.clients, found.database) == (40, 5, database)
    assert found.ballots == 40 + rehearse.MEASURED + 1 and found.casts == sum(found.answers.values()) > 40
    assert 0 < found.statements <= 8 and found.statements < found.request_statements
    assert found.ratio > 0 and found.plain_per_second > 0
    assert sorted(found.checks) == sorted(CHECKS) and set(found.checks.values()) == {"ok"}
    for wrong in ({"lost": 1}, {"doubled": 1}, {"falsely_confirmed": 1}, {"unequal_repeats": 1}, {"checks": {}}):
        assert not replace(found, **wrong).clean
    assert not replace(found, checks=found.checks | {"V9": "failed"}).clean


def test_a_twin_of_a_divided_round_by_points_is_verified_too() -> None:
    frame = replace(AREAS, ballot=POINTS, maximum_cost=14_000_00, themes=())
    found = rehearse.rehearse(24, 3, None, silent, partial(twin_of, frame, plans_of(frame, 12), PlanGroups()))
    assert found.clean and set(found.checks.values()) == {"ok"}, found
    assert found.ballots == 24 + rehearse.MEASURED + 1
