"""The demo is loaded through the acts and its clock wound through the year, also past a broken try and a meddling visitor."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, current_app

from pb.base import clock
from pb.base.refusals import Refused
from pb.delivery.reads import newest_pictures, projects, updates_of
from pb.delivery.values import Milestone
from pb.demo import rehearsal
from pb.demo.acts import start_demo, wind
from pb.demo.content import plans
from pb.demo.frame import CALENDAR, FIRST_DAY, ONE_YEAR_LATER, demo_frame
from pb.demo.reads import state, state_file, steps_ahead, the_demo_round
from pb.demo.values import ROUND, DemoRefusal, DemoRole, Step
from pb.office.jobs import set_progress
from pb.office.reads import history, job, sent_mail, stored_file, version_of
from pb.office.values import JobTrouble
from pb.people.reads import person_by_email
from pb.plans.reads import arguments_of, submitted_plans
from pb.results.reads import outcome
from pb.roll.reads import roll_summary
from pb.rounds.acts import confirm_request, create_round
from pb.rounds.reads import decisions_of, now_of, open_requests, round_by_slug
from pb.rounds.rules import stage_at
from pb.rounds.values import PhaseKind, Stage
from pb.selection.reads import funnel, verdicts
from pb.site.reads import showcase
from pb.site.values import Shown
from pb.voting.acts import ask_to_export, cast_ballot
from pb.voting.reads import box_of, turnout
from tests import postgres
from tests.demo import a_demo, an_empty_demo, work

VOTE = CALENDAR.phase(PhaseKind.VOTE)
WINNERS = {"bank-kastanje", "waterkraan", "geveltuinen", "licht-havenpad", "ruilkast", "nestkasten"}


@pytest.fixture(autouse=True)
def running_clock(standing_clock: object) -> None:
    """The round's clock is ahead of a real one."""
    clock.inject(None)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def loaded(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    if request.param == "postgresql":
        postgres.skip_without()
    with a_demo(tmp_path, postgres.fresh_database() if request.param == "postgresql" else "") as application:
        yield application


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Flask]:
    with an_empty_demo(tmp_path) as application:
        yield application


def person(role: DemoRole) -> int:
    found = person_by_email(role.email)
    assert found is not None
    return found.id


def closing() -> object:
    return the_demo_round().frame.calendar.phase(PhaseKind.VOTE).closes


def test_the_whole_year(loaded: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    _comes_in_on_the_first_day()
    _a_second_start_keeps_everything()
    _the_visitor_votes_and_grants_a_day_more()
    _the_worker_breaks_off_and_goes_on(monkeypatch)
    _the_trail_tells_no_single_vote()
    _the_rest_of_the_year_goes_by()


def _comes_in_on_the_first_day() -> None:
    round_ = the_demo_round()
    now = now_of(round_)
    assert 0 <= (now - FIRST_DAY).total_seconds() < 600 and stage_at(round_, now) is Stage.VOTE
    assert round_.rehearsal and round_.adopted and round_.frame == demo_frame()
    found = funnel(round_, now)
    assert (found.submitted, found.over_threshold, found.on_ballot) == (42, 25, 12)
    known = {plan.key: plan for plan in plans()}
    for plan in submitted_plans(round_.id):
        assert (plan.likes, plan.asked) == (known[plan.code].likes, known[plan.code].asked)
        assert stored_file(plan.draft.picture).media_type == "image/svg+xml"
        assert len(arguments_of(plan.id)) == len(known[plan.code].arguments)
    assert len(verdicts(round_.id)) == 25 and all(verdict.reason for verdict in verdicts(round_.id).values())
    assert roll_summary(round_.id).issued == 13_250 and turnout(round_.id) is None
    assert box_of(round_.id).closes == VOTE.closes and steps_ahead() == tuple(Step)
    assert len(decisions_of(round_.id)) == 1 and len(open_requests(round_.id)) == 1


def _a_second_start_keeps_everything() -> None:
    before, told = state(), []
    version = version_of(the_demo_round().id)
    start_demo(lambda *part: told.append(part))
    assert (state(), version_of(the_demo_round().id), told) == (before, version, [])


def _the_visitor_votes_and_grants_a_day_more() -> None:
    round_ = the_demo_round()
    receipt = cast_ballot(round_.id, state().code, ("speeltuin",), bytes(16))
    assert receipt.choices == ("speeltuin",)
    request = open_requests(round_.id)[0]
    with pytest.raises(Refused):
        confirm_request(request.id, person(DemoRole.ORGANISER))
    confirm_request(request.id, person(DemoRole.SECOND_ORGANISER))
    assert (closing() - VOTE.closes).days == 1


def _the_worker_breaks_off_and_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def break_off(job_id: int, done: int, total: int) -> None:
        if done > 600:
            raise RuntimeError("the machine went out")
        set_progress(job_id, done, total)

    monkeypatch.setattr(rehearsal, "set_progress", break_off)
    first = wind(Step.CLOSE)
    assert wind(Step.CLOSE) == first, "one at a time"
    work()
    broken = job(first)
    assert (broken.trouble, broken.done) == (JobTrouble.FAILED, 600)
    assert now_of(the_demo_round()) < closing(), "the vote stays open while votes remain"
    monkeypatch.undo()
    second = wind(Step.CLOSE)
    work()
    ended = job(second)
    assert second != first and (ended.trouble, ended.done, ended.total) == (None, 2_914, 2_914)
    round_ = the_demo_round()
    assert box_of(round_.id).ballots == 2_915 and open_requests(round_.id) == ()
    assert steps_ahead() == (Step.RESULT, Step.YEAR) and stage_at(round_, now_of(round_)) is Stage.COUNT
    ask_to_export(round_.id, person(DemoRole.SECOND_ORGANISER))


def _the_trail_tells_no_single_vote() -> None:
    """A moment in the trail beside each ballot would tie a voter to it; whole hours do not."""
    moved = [entry.at for entry in history(f"round:{the_demo_round().id}") if entry.act == "advance_clock"]
    voting = [moment for moment in moved if VOTE.opens <= moment < VOTE.closes]
    assert 0 < len(voting) < 500
    assert all((moment.minute, moment.second) == (0, 0) for moment in voting)


def _the_rest_of_the_year_goes_by() -> None:
    last = wind(Step.YEAR)
    work()
    assert job(last).trouble is None and steps_ahead() == ()
    round_ = the_demo_round()
    counted = outcome(round_.id)
    assert set(counted.ledger.winners) == WINNERS and counted.ledger.cost == 29_400_00
    assert (counted.turnout.voted, counted.turnout.eligible) == (2_915, 13_250)
    assert sum(voted for voted, _ in counted.turnout.areas.values()) == 2_915
    assert counted.decision is not None and round_.published_at is not None
    exported = next(entry for entry in history(f"round:{round_.id}") if entry.act == "export_piles")
    assert exported.actor == person(DemoRole.ORGANISER), "whoever did not ask confirms"
    built = {project.plan.code: project for project in projects(round_.id)}
    assert set(built) == WINNERS and {one.milestone for one in built.values()} == {Milestone.DONE}
    assert built["bank-kastanje"].spent == 4_080_00
    news = updates_of(built["bank-kastanje"].plan.id)[0]
    assert stored_file(news.picture) is not None and news.picture_alt
    assert now_of(round_) >= ONE_YEAR_LATER
    assert {mail.recipient for mail in sent_mail()} == {DemoRole.RESIDENT.email}
    _home_shows_what_was_built()


def _home_shows_what_was_built() -> None:
    shown = showcase(the_demo_round(), ONE_YEAR_LATER)
    built = projects(the_demo_round().id)
    assert (shown.kind, shown.count, shown.spent) == (Shown.BUILT, 6, sum(project.spent for project in built))
    pictures = {plan.draft.picture for plan in shown.plans}
    assert pictures <= {news.picture for news in newest_pictures(the_demo_round().id).values()}, "of what stands there"
    page = current_app.test_client().get("/").text
    assert "<h1>Het staat er</h1>" in page and "Alle 6 plannen zijn klaar." in page and "komen er" not in page


def test_a_start_that_was_broken_off_is_told(empty: Flask) -> None:
    create_round("Alphen", ROUND, None, rehearsal=True)
    with pytest.raises(Refused) as refused:
        start_demo(lambda *_: None)
    assert [reason.refusal for reason in refused.value.reasons] == [DemoRefusal.HALF_LOADED]


def test_nothing_is_ahead_before_the_demo_is_loaded(empty: Flask) -> None:
    assert steps_ahead() == ()
    for deed in (state, the_demo_round, lambda: wind(Step.CLOSE)):
        with pytest.raises(Refused) as refused:
            deed()
        assert refused.value.status == 404
        assert [reason.refusal for reason in refused.value.reasons] == [DemoRefusal.NOT_LOADED]


def test_the_command_touches_no_other_site(tmp_path: Path) -> None:
    environment = os.environ | {"PB_ENVIRONMENT": "development", "PB_INSTANCE": str(tmp_path)}
    command = [sys.executable, "-m", "pb", "demo", "--only-load"]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 1 and "only starts in the demo" in ended.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["secrets.json"]


def test_it_never_starts_elsewhere(app: Flask) -> None:
    with pytest.raises(Refused) as refused:
        start_demo(lambda *_: None)
    assert refused.value.status == 403 and round_by_slug(ROUND) is None
    assert not state_file().exists()
