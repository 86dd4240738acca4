"""Two clerks at the same form at the same moment: one form is one ballot. Each guard is taken away once."""

from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from threading import Barrier, BrokenBarrierError, Event
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from pb.base.refusals import Refused
from pb.extensions import db
from pb.voting.paper import acts, settling
from pb.voting.paper.acts import mark_cast_forms
from pb.voting.paper.models import PaperClaim, PaperEntry, PaperForm
from pb.voting.paper.rules import TOGETHER
from pb.voting.paper.values import Entered, PaperRefusal, Step
from tests.paper import Paper, a_paper_vote
from tests.rooms.test_voting_paper import Move
from tests.together import together
from tests.voting import rows, without_immediate

KEPT, CAST, DIFFERS = Entered(Step.KEPT), Entered(Step.CAST), Entered(Step.DIFFERS)


@pytest.fixture
def paper(app: Flask, standing_clock: Move) -> Paper:
    return a_paper_vote(standing_clock)


def answers(found: list[Any]) -> list[Any]:
    """What each deed came to: a step, or the first reason why not."""
    return [one.reasons[0].refusal if isinstance(one, Refused) else one for one in found]


def test_two_clerks_read_a_form_at_the_same_moment(app: Flask, paper: Paper) -> None:
    found = answers(together(app, [partial(paper.read, 1, by, "bank") for by in (0, 1)]))
    assert sorted(found, key=str) == [CAST, KEPT] and rows() == (1, 1, 1, 1)


def test_four_clerks_read_a_form_at_the_same_moment(app: Flask, paper: Paper) -> None:
    found = answers(together(app, [partial(paper.read, 1, by, "bank") for by in range(4)]))
    assert found.count(KEPT) == 1 and set(found) <= {KEPT, CAST} and rows() == (1, 1, 1, 1)


def test_two_clerks_read_a_form_differently_at_the_same_moment(app: Flask, paper: Paper) -> None:
    found = answers(together(app, [partial(paper.read, 1, by, plan) for by, plan in enumerate(("bank", "kas"))]))
    assert sorted(found, key=str) == [DIFFERS, KEPT] and rows() == (0, 0, 0, 0)


def test_a_double_click_is_one_reading(app: Flask, paper: Paper) -> None:
    assert answers(together(app, [partial(paper.read, 1, 0, "bank")] * 4)) == [KEPT] * 4
    assert len(db.session.scalars(select(PaperEntry)).all()) == 1


@pytest.fixture
def lingering(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Event, Event]]:
    """The first cast of a form waits, after its reading was judged, until others have had their say."""
    judged, go_on, real = Event(), Event(), acts.cast_ballot

    def linger(*given: Any) -> Any:
        if not judged.is_set():
            judged.set()
            go_on.wait(timeout=10)
        return real(*given)

    monkeypatch.setattr(acts, "cast_ballot", linger)
    yield judged, go_on


def one_form_two_pairs(app: Flask, paper: Paper, lingering: tuple[Event, Event]) -> list[Any]:
    """Anna and Ben agree; before it is cast, Carla and Dirk agree on another code. What Ben's and the others' come to."""
    judged, go_on = lingering
    paper.read(1, 0, "bank", code=0)

    def others() -> Entered:
        judged.wait(timeout=10)
        try:
            assert paper.read(1, 2, "bank", code=1) == DIFFERS
            return paper.read(1, 3, "bank", code=1)
        finally:
            go_on.set()

    return answers(together(app, [partial(paper.read, 1, 1, "bank", code=0), others]))


def test_one_form_is_never_two_ballots(app: Flask, paper: Paper, lingering: tuple[Event, Event]) -> None:
    assert one_form_two_pairs(app, paper, lingering) == [PaperRefusal.ALREADY_DONE, CAST]
    assert rows() == (1, 1, 1, 1)


def test_without_the_claim_one_form_is_two_ballots(
    app: Flask, paper: Paper, lingering: tuple[Event, Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pb.voting.acts.cast.claim_form", lambda *_: None)
    assert one_form_two_pairs(app, paper, lingering) == [CAST, CAST]
    assert rows() == (2, 2, 2, 2)


@pytest.fixture
def no_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    """On PostgreSQL without the lock of the form, on SQLite with a plain BEGIN."""
    monkeypatch.setattr("pb.voting.locks.hold_slot", lambda *_: None)
    without_immediate(monkeypatch)


@pytest.fixture
def meeting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two readings meet between reading and writing if they can."""
    gate, real = Barrier(2), acts.held_form

    def read_and_meet(*given: Any) -> Any:
        found = real(*given)
        with suppress(BrokenBarrierError):
            gate.wait(timeout=0.4)
        return found

    monkeypatch.setattr(acts, "held_form", read_and_meet)


def test_readings_that_meet_are_read_one_after_another(app: Flask, paper: Paper, meeting: None) -> None:
    found = answers(together(app, [partial(paper.read, 1, by, "bank") for by in (0, 1)]))
    assert sorted(found, key=str) == [CAST, KEPT]


def test_without_the_lock_nobody_is_second(app: Flask, paper: Paper, meeting: None, no_lock: None) -> None:
    found = answers(together(app, [partial(paper.read, 1, by, "bank") for by in (0, 1)]))
    assert CAST not in found


def test_a_form_that_is_cast_while_others_are_marked_keeps_its_claim(
    app: Flask, standing_clock: Move, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = a_paper_vote(standing_clock, forms=TOGETHER + 1, codes=TOGETHER + 1)
    for form in range(1, TOGETHER + 1):
        for by in (0, 1):
            paper.read(form, by, "bank", code=form)
    paper.read(TOGETHER + 1, 0, "bank", code=0)
    marking, cast, real = Event(), Event(), settling.cast_unmarked

    def list_and_linger(*given: Any) -> Any:
        found = real(*given)
        marking.set()
        cast.wait(timeout=1)
        return found

    def enter() -> Entered:
        marking.wait(timeout=10)
        try:
            return paper.read(TOGETHER + 1, 1, "bank", code=0)
        finally:
            cast.set()

    monkeypatch.setattr(settling, "cast_unmarked", list_and_linger)
    marked, entered = together(app, [partial(mark_cast_forms, paper.id), enter])
    assert (marked, entered) == (TOGETHER, CAST)
    assert len(db.session.scalars(select(PaperForm)).all()) == TOGETHER
    assert len(db.session.scalars(select(PaperClaim)).all()) == 1
    assert rows()[0] == TOGETHER + 1
