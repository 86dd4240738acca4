"""What the site shows when: the funnel, the button of the moment, the round that lives, the tabs."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from pb.rounds.values import PhaseKind, RoundRecord, Stage
from pb.selection.values import Funnel
from pb.site.rules import live_round, now_in, sieves_of, tabs_at
from pb.site.values import SieveName, TabName
from tests.factories import CALENDAR, a_frame, at


def a_record(**changes: object) -> RoundRecord:
    """A round with an adopted frame, with changes."""
    record = RoundRecord(1, "0" * 32, "alphen", "Alphen", False, timedelta(0), a_frame(), 1, True)
    return replace(record, **changes)  # type: ignore[arg-type]


def test_the_funnel_tells_how_many_fell_at_each_step_and_where_they_are() -> None:
    sieves = sieves_of(a_frame(), Funnel(42, 25, 17, 12), 6)
    assert [(sieve.count, sieve.fell) for sieve in sieves] == [(42, 0), (25, 17), (17, 8), (12, 5), (6, 6)]
    assert [sieve.fell_path for sieve in sieves][1] == "plannen?stand=too_few_likes"
    assert [sieve.share for sieve in sieves] == [100, 59, 40, 28, 14]


def test_steps_ahead_have_no_number_and_nobody_fell_there() -> None:
    sieves = sieves_of(a_frame(), Funnel(42), None)
    assert [(sieve.count, sieve.fell) for sieve in sieves[1:]] == [(None, 0)] * 4


def test_a_round_without_likes_or_test_has_a_shorter_funnel() -> None:
    phases = tuple(phase for phase in CALENDAR.phases if phase.kind in (PhaseKind.PROPOSE, PhaseKind.VOTE))
    frame = a_frame(likes_needed=0, calendar=replace(CALENDAR, phases=phases))
    names = [sieve.name for sieve in sieves_of(frame, Funnel(0, 0, 0, None), None)]
    assert names == [SieveName.SUBMITTED, SieveName.BALLOT, SieveName.WON]


@pytest.mark.parametrize(
    ("now", "stage", "path"),
    [
        (at(1, 20), Stage.AHEAD, "spelregels"),
        (at(2, 5), Stage.PROPOSE, "plannen/nieuw"),
        (at(3, 20), Stage.SUPPORT, "plannen"),
        (at(4, 10), Stage.ASSESS, "plannen"),
        (at(5, 2), Stage.SELECT, "plannen"),
        (at(5, 20), Stage.SELECT, "plannen"),
        (at(6, 1), Stage.VOTE, "stemmen"),
        (at(6, 30), Stage.COUNT, "stemlijst"),
    ],
)
def test_the_main_button_follows_the_moment(now: datetime, stage: Stage, path: str) -> None:
    found = now_in(a_record(), now)
    assert (found.stage, found.path) == (stage, path)


def test_a_closing_at_midnight_is_said_as_the_last_minute() -> None:
    until = now_in(a_record(), at(6, 1)).until
    assert until == at(6, 28, 22) - timedelta(minutes=1)


def test_between_two_phases_the_next_one_is_named() -> None:
    found = now_in(a_record(), at(5, 20))
    assert (found.then, found.opens, found.until) == (PhaseKind.VOTE, at(5, 27), None)


def test_the_home_page_shows_where_people_can_do_something() -> None:
    voting, done = a_record(id=1), a_record(id=2, published_at=at(6, 1))
    assert live_round([done, voting], at(6, 10)) == voting
    assert live_round([a_record(adopted=False)], at(6, 10)) is None
    assert live_round([replace(voting, rehearsal=True), done], at(6, 10)) == done, "a real round before practice"


@pytest.mark.parametrize(
    ("changes", "now", "has", "lacks"),
    [
        ({}, at(2, 5), TabName.PLANS, TabName.VOTE),
        ({}, at(6, 5), TabName.VOTE, TabName.RESULT),
        ({"sealed_at": at(5, 20)}, at(5, 21), TabName.SHORTLIST, TabName.VOTE),
        ({"published_at": at(7, 3)}, at(7, 4), TabName.RESULT, TabName.VOTE),
    ],
)
def test_tabs_lead_only_to_pages_with_something_to_say(
    changes: dict[str, object], now: datetime, has: TabName, lacks: TabName
) -> None:
    names = {tab.name for tab in tabs_at(a_record(**changes), now)}
    assert has in names and lacks not in names
