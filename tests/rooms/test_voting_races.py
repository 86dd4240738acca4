"""Votes at the same moment: one ballot per voter, a receipt only for what is stored; on both databases, in real threads.

Each guard is taken away once, to show that its test would notice.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from threading import Barrier, BrokenBarrierError, Event

import pytest
from flask import Flask
from sqlalchemy import Column, Integer, LargeBinary, MetaData, Table, insert, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from pb.base.refusals import Refused
from pb.base.transaction import transaction
from pb.extensions import db
from pb.roll.models import CredentialRow
from pb.voting import reads, rights, writing
from pb.voting.acts import cast_ballot, close_vote
from pb.voting.values import Receipt, VoteRefusal
from tests.booth import Booth, fields_of, tracking_of
from tests.factories import CALENDAR
from tests.together import together
from tests.voting import COSTS, Voting, a_vote, rows, without_immediate

KEY = bytes(range(16))
CLIENTS = 16
CLOSES = CALENDAR.phases[-1].closes


def receipts(answers: list[Receipt | Exception]) -> list[Receipt]:
    """The receipts, when there is nothing else."""
    assert not [answer for answer in answers if isinstance(answer, Exception)], answers
    return [answer for answer in answers if isinstance(answer, Receipt)]


def a_double_click(app: Flask, vote: Voting, times: int) -> None:
    """The same form, sent so many times at once, is one vote with one receipt."""
    send = partial(cast_ballot, vote.id, vote.codes[0], ("bank",), KEY)
    found = receipts(together(app, [send] * times))
    assert len({receipt.tracking for receipt in found}) == 1
    assert [receipt.repeated for receipt in found].count(False) == 1
    assert rows() == (1, 1, 1, 1)


def many_browsers(app: Flask, vote: Voting, times: int) -> None:
    """One code in so many browsers at once: each has a receipt that waits for the log, and one ballot is left."""
    choices = [(plan,) for plan in COSTS] * times
    deeds = [
        partial(cast_ballot, vote.id, vote.codes[0], choices[place], bytes([place] * 16)) for place in range(times)
    ]
    found = receipts(together(app, deeds))
    assert len({receipt.tracking for receipt in found}) == times
    assert rows() == (1, 1, times, times)


def test_sixteen_double_clicks(app: Flask) -> None:
    a_double_click(app, a_vote(), CLIENTS)


def test_sixteen_browsers_with_one_code(app: Flask) -> None:
    many_browsers(app, a_vote(), CLIENTS)


def test_one_key_with_sixteen_choices_has_one_receipt(app: Flask) -> None:
    vote = a_vote()
    choices = [(plan,) for plan in COSTS] * (CLIENTS // len(COSTS))
    answers = together(app, [partial(cast_ballot, vote.id, vote.codes[0], chosen, KEY) for chosen in choices])
    kept = {answer.tracking for answer in answers if isinstance(answer, Receipt)}
    refused = [answer.reasons[0].refusal for answer in answers if isinstance(answer, Refused)]
    assert len(kept) == 1 and len(refused) == CLIENTS - CLIENTS // len(COSTS)
    assert set(refused) == {VoteRefusal.KEY_USED} and rows() == (1, 1, 1, 1)


def test_two_browsers_at_the_same_moment(app: Flask) -> None:
    vote = a_vote()
    booths = [Booth(app.test_client()) for _ in range(2)]
    forms = []
    for booth, plan in zip(booths, COSTS, strict=False):
        booth.choose(plan)
        forms.append(fields_of(booth.code_page().text))
    sends = [partial(booth.send, form, vote.codes[0]) for booth, form in zip(booths, forms, strict=True)]
    answers = together(app, sends)
    trackings = [tracking_of(answer) for answer in answers if not isinstance(answer, Exception)]
    assert len(set(trackings)) == 2, answers
    assert rows() == (1, 1, 2, 2)


def a_code_revoked_meanwhile(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A code that was alive when it was looked up, and not any more when the cast held its locks."""
    vote, real = a_vote(), rights.entitlement_of

    def look_up_and_lose(session: Session, *given: object) -> object:
        found = real(session, *given)  # type: ignore[arg-type]
        with transaction() as writing_session:
            writing_session.execute(update(CredentialRow).values(alive=False))
        return found

    monkeypatch.setattr("pb.voting.acts.cast.entitlement_of", look_up_and_lose)
    with pytest.raises(Refused) as caught:
        cast_ballot(vote.id, vote.codes[0], ("bank",), KEY)
    assert [reason.refusal for reason in caught.value.reasons] == [VoteRefusal.CODE_NOT_VALID]
    assert rows() == (0, 0, 0, 0)


def test_a_code_that_was_revoked_meanwhile_casts_nothing(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    a_code_revoked_meanwhile(app, monkeypatch)


# The guards, taken away one by one


@pytest.fixture
def meeting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two casts meet between reading and writing if they can; under the lock the second is not there yet."""
    gate, real = Barrier(2), reads.standing_of

    def read_and_meet(*given: object) -> object:
        found = real(*given)  # type: ignore[arg-type]
        with suppress(BrokenBarrierError):
            gate.wait(timeout=0.4)
        return found

    monkeypatch.setattr("pb.voting.acts.cast.standing_of", read_and_meet)


@pytest.fixture
def no_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    """On PostgreSQL without the lock of the slot, on SQLite with a plain BEGIN."""
    monkeypatch.setattr("pb.voting.locks._of_slot", lambda *_: "select 1")
    without_immediate(monkeypatch)


@pytest.fixture
def no_constraint(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The table of ballots without its key, and an insert that does not ask for it."""
    names = [Column("pseudonym", LargeBinary), Column("sealed", LargeBinary)]
    bare = Table("sealed_ballot", MetaData(), Column("round_id", Integer), *names)
    table = db.metadata.tables["sealed_ballot"]
    db.session.remove()
    table.drop(db.engine)
    bare.create(db.engine)
    real = writing.write

    def beside(session: Session, round_id: int, written: writing.Rows) -> None:
        session.execute(insert(bare).values(round_id=round_id, pseudonym=written.ballot[0], sealed=written.ballot[1]))
        for label, (name, content) in {"spent": written.spent, "tag": written.tag, "outbox": written.outbox}.items():
            facts = {"round": round_id, f"{label}_name": name, f"{label}_content": content}
            dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
            session.execute(writing._insert(dialect, label), facts)

    monkeypatch.setattr(writing, "write", beside)
    yield
    assert writing.write is not real
    db.session.remove()
    bare.drop(db.engine)
    table.create(db.engine)


def test_a_double_click_that_meets_is_one_vote(app: Flask, meeting: None) -> None:
    a_double_click(app, a_vote(), 2)


def test_without_the_lock_a_double_click_goes_wrong(app: Flask, meeting: None, no_lock: None) -> None:
    vote = a_vote()
    with pytest.raises(AssertionError):
        a_double_click(app, vote, 2)


def test_without_the_constraint_one_code_has_several_ballots(app: Flask, no_constraint: None) -> None:
    vote = a_vote()
    with pytest.raises(AssertionError):
        many_browsers(app, vote, 2)


def the_close_waits(
    app: Flask, vote: Voting, move: Callable[[datetime], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cast that read the clock just before the close is counted: closing waits for it."""
    read, closed, real = Event(), Event(), reads.standing_of

    def read_and_linger(*given: object) -> object:
        found = real(*given)  # type: ignore[arg-type]
        read.set()
        closed.wait(timeout=0.6)
        return found

    def close() -> bool:
        read.wait(timeout=10)
        move(CLOSES)
        try:
            return close_vote(vote.id)
        finally:
            closed.set()

    monkeypatch.setattr("pb.voting.acts.cast.standing_of", read_and_linger)
    receipt, done = together(app, [partial(cast_ballot, vote.id, vote.codes[0], ("bank",), KEY), close])
    box = reads.box_of(vote.id)
    assert isinstance(receipt, Receipt) and done is True, (receipt, done)
    assert box is not None and box.ballots == 1


def test_the_close_waits_for_a_cast_that_is_under_way(
    app: Flask, standing_clock: Callable[[datetime], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    the_close_waits(app, a_vote(), standing_clock, monkeypatch)


def test_without_the_lock_of_the_round_the_close_misses_a_cast(
    app: Flask, standing_clock: Callable[[datetime], None], monkeypatch: pytest.MonkeyPatch, no_lock: None
) -> None:
    monkeypatch.setattr("pb.voting.locks.of_cast", lambda *_: "")
    vote = a_vote()
    with pytest.raises(AssertionError):
        the_close_waits(app, vote, standing_clock, monkeypatch)


def test_without_the_second_look_a_revoked_code_casts(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    real = reads.standing_of
    monkeypatch.setattr("pb.voting.acts.cast.standing_of", lambda *given: replace(real(*given), alive=True))
    with pytest.raises(pytest.fail.Exception):
        a_code_revoked_meanwhile(app, monkeypatch)
