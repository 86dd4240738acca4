"""The worker settles a vote as a job: once, also where it is called twice, and it says how far it is while that goes on."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask, current_app
from flask.testing import FlaskClient
from sqlalchemy import select

from pb.extensions import db
from pb.office.jobs import LEASE, set_progress
from pb.office.models import Job
from pb.office.reads import job_under_way
from pb.office.worker import take_job, work_once
from pb.voting import handlers
from pb.voting.acts import close, close_vote
from pb.voting.handlers import close_due_votes
from pb.voting.log import book, outbox
from pb.voting.reads import box_of, settling_of, turnout
from pb.voting.rules import SETTLING, settling_key
from tests.factories import CALENDAR, at
from tests.voting import Prepared, before_the_vote, cast, lose_keys, sealed

Move = Callable[[datetime], None]
VOTE = CALENDAR.phases[-1]


@pytest.fixture
def over(app: Flask, standing_clock: Move) -> Prepared:
    """A vote at the moment of its close, which nobody settled."""
    standing_clock(at(5, 20))
    vote = sealed(before_the_vote(codes=6))
    standing_clock(VOTE.opens)
    cast(vote, *[("bank",)] * 6)
    standing_clock(VOTE.closes)
    return vote


def jobs() -> list[Job]:
    db.session.rollback()
    return list(db.session.scalars(select(Job).where(Job.kind == SETTLING)))


def test_a_vote_is_settled_by_one_job(over: Prepared) -> None:
    close_due_votes()
    close_due_votes()
    waits = settling_of(over.id)
    assert waits and waits.started_at is None and len(jobs()) == 1 and turnout(over.id) is None
    assert work_once() and not work_once()
    found = turnout(over.id)
    assert found and found.voted == 6 and settling_of(over.id) is None and not jobs()[0].error
    close_due_votes()
    assert len(jobs()) == 1, "there is nothing left to do"


def test_the_organiser_may_be_faster_than_the_worker(over: Prepared) -> None:
    close_due_votes()
    assert close_vote(over.id, over.organiser)
    assert work_once() and not jobs()[0].error and settling_of(over.id) is None


def test_without_keys_nothing_is_queued(over: Prepared) -> None:
    lose_keys(over.round)
    close_due_votes()
    assert not jobs() and turnout(over.id) is None


def test_a_worker_that_died_is_followed_by_another(over: Prepared, standing_clock: Move) -> None:
    close_due_votes()
    assert take_job() and not work_once()
    standing_clock(VOTE.closes + 2 * LEASE)
    assert work_once() and turnout(over.id) is not None


def test_progress_is_there_while_the_vote_is_settled(over: Prepared, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody else sees it before the settling's own transaction ends; SQLite has one writer, so it stays silent there."""
    seen: list[tuple[float, bool]] = []

    def told(job_id: int, done: int, total: int) -> None:
        set_progress(job_id, done, total)
        with current_app.app_context():
            job, box = job_under_way(settling_key(over.id)), box_of(over.id)
            assert job and box
            seen.append((job.done / job.total, box.swept_at is None))

    monkeypatch.setattr(handlers, "set_progress", told)
    for module, name in ((outbox, "EVERY"), (close, "EVERY"), (book, "ROWS_AT_ONCE")):
        monkeypatch.setattr(f"{module.__name__}.{name}", 2)
    close_due_votes()
    assert work_once() and turnout(over.id) is not None
    if db.engine.dialect.name == "sqlite":
        assert not seen
        return
    parts = [part for part, _ in seen]
    assert len(parts) >= 9 and parts == sorted(parts) and parts[0] == 0 and parts[-1] < 1
    assert all(unsettled for _, unsettled in seen)


@pytest.mark.parametrize(
    ("prefix", "words", "button"),
    [("", "We sluiten haar nu af.", "Sluit de stemming af"), ("/en", "It is being settled now.", "Settle the vote")],
)
def test_the_organisers_page_tells_how_far_it_is(
    over: Prepared, sign_in: Callable[[int], FlaskClient], prefix: str, words: str, button: str
) -> None:
    browser, address = sign_in(over.organiser), f"{prefix}/beheer/rondes/{over.round.slug}/stemming"
    close_due_votes()
    answer = browser.get(address)
    assert button in answer.text and words not in answer.text and "Refresh" not in answer.headers, "no worker is on it"
    job = take_job()
    assert job
    answer = browser.get(address)
    assert words in answer.text and button not in answer.text and "<progress" not in answer.text
    set_progress(job.id, 45, 60)
    answer = browser.get(address)
    assert 'max="60" value="45"' in answer.text and ">75%<" in answer.text and answer.headers["Refresh"] == "3"
    handlers.settle(job)
    answer = browser.get(address)
    assert words not in answer.text and "Refresh" not in answer.headers
