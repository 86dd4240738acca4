"""What waits for somebody with a role, by the round's moment and what is open in it."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from pb.base.access import Role
from pb.rounds.values import RoundRecord
from pb.site.rules import pages_for, tasks_at
from pb.site.values import DeskFacts, TaskName
from tests.factories import CALENDAR, a_frame, at

VOTE = CALENDAR.phases[-1]
OPEN = RoundRecord(
    id=1, public_id="ab" * 16, slug="alphen", name="Alphen", rehearsal=False, offset=timedelta(0), frame=a_frame(),
    frame_version=1, adopted=True, frozen_at=at(2, 1), sealed_at=at(5, 20), published_at=None,
)  # fmt: skip
UNSEALED = replace(OPEN, sealed_at=None)
PUBLISHED = replace(OPEN, published_at=at(7, 3))
ORGANISER, CLERK = {Role.ORGANISER}, {Role.CLERK}


@pytest.mark.parametrize(
    ("round_", "roles", "facts", "now", "expected"),
    [
        (replace(UNSEALED, adopted=False), ORGANISER, DeskFacts(), at(1, 5), ["adopt"]),
        (UNSEALED, {Role.ASSESSOR}, DeskFacts(unjudged=3), at(4, 6), ["assess"]),
        (UNSEALED, {Role.JUROR}, DeskFacts(unscored=2), at(5, 2), ["score"]),
        (UNSEALED, ORGANISER, DeskFacts(), at(4, 6), []),
        (UNSEALED, ORGANISER, DeskFacts(), at(5, 2), ["shortlist"]),
        (UNSEALED, ORGANISER, DeskFacts(shortlisted=12), at(5, 16), ["seal"]),
        (OPEN, ORGANISER, DeskFacts(requests=1), at(6, 10), ["confirm"]),
        (OPEN, CLERK, DeskFacts(requests=1), at(6, 10), []),
        (OPEN, ORGANISER, DeskFacts(), VOTE.closes - timedelta(seconds=1), []),
        (OPEN, ORGANISER, DeskFacts(), VOTE.closes, ["count"]),
        (OPEN, ORGANISER, DeskFacts(forms=4, reports=1), VOTE.closes, ["paper", "reports", "count"]),
        (OPEN, CLERK, DeskFacts(forms=4, reports=1), VOTE.closes, ["paper"]),
        (OPEN, {Role.AUDITOR}, DeskFacts(forms=4, reports=1), VOTE.closes, []),
        (PUBLISHED, ORGANISER, DeskFacts(unbuilt=2), at(8, 1), ["deliver"]),
        (PUBLISHED, ORGANISER, DeskFacts(unbuilt=2), datetime(2022, 1, 1, tzinfo=VOTE.opens.tzinfo), ["deliver"]),
        (PUBLISHED, ORGANISER, DeskFacts(), at(8, 1), []),
    ],
)
def test_what_waits(
    round_: RoundRecord, roles: Collection[Role], facts: DeskFacts, now: datetime, expected: list[str]
) -> None:
    assert [task.name.value for task in tasks_at(round_, roles, facts, now)] == expected


def test_a_task_says_how_often_where_and_before_when() -> None:
    (found,) = tasks_at(OPEN, CLERK, DeskFacts(forms=4), VOTE.closes)
    assert (found.name, found.count, found.path) == (TaskName.PAPER, 4, "/beheer/rondes/alphen/papier")
    assert found.due == CALENDAR.result


@pytest.mark.parametrize("role", Role)
def test_every_role_with_work_has_its_pages(role: Role) -> None:
    names = {page.name for page in pages_for(OPEN, {role})}
    assert names and all("{" not in page.path for page in pages_for(OPEN, {role}))
    assert ("reports" in names) == (role is Role.ORGANISER) and ("audit" in names) == (role is Role.AUDITOR)
