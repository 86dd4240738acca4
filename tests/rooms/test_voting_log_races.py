"""The log beside casting: every receipt's ballot stands in it exactly once, whoever does what at the same moment."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from threading import Event

import pytest
from flask import Flask

from pb.base.clock import host_now
from pb.base.refusals import Refused
from pb.extensions import db
from pb.voting.acts import ask_to_withdraw, cast_ballot, close_vote, log_waiting_ballots
from pb.voting.log import outbox
from pb.voting.reads import the_box, waiting
from pb.voting.values import Receipt, VoteRefusal
from tests.factories import at
from tests.log import VOTE, ballots, holds, kinds, move, sizes, vote_longer, votes
from tests.together import together
from tests.voting import Prepared, Voting, a_vote, before_the_vote, confirm, sealed

CLIENTS = 8
Deed = Callable[[], object]


def casting(vote: Voting | Prepared, codes: list[str]) -> list[Deed]:
    """So many clients as there are, each with its share of the codes."""

    def share(mine: list[str]) -> list[Receipt | Refused]:
        found: list[Receipt | Refused] = []
        for code in mine:
            try:
                found.append(cast_ballot(vote.id, code, ("bank",), bytes(16)))
            except Refused as refused:
                found.append(refused)
        return found

    return [partial(share, codes[client::CLIENTS]) for client in range(CLIENTS)]


def told(answers: Sequence[object]) -> list[Receipt]:
    """The receipts of all clients; whoever got none was told that the vote is closed."""
    shares = [share for share in answers if isinstance(share, list)]
    assert len(shares) == CLIENTS, answers
    late = [reason.refusal for share in shares for one in share if isinstance(one, Refused) for reason in one.reasons]
    assert set(late) <= {VoteRefusal.CLOSED}
    return [one for share in shares for one in share if isinstance(one, Receipt)]


def every_receipt_once(vote: Voting | Prepared, receipts: list[Receipt]) -> None:
    """What was told stands in the log, once, and nothing else does."""
    assert sorted(receipt.commitment for receipt in receipts) == sorted(ballots(vote.id))


def test_batches_while_people_cast(app: Flask) -> None:
    vote = a_vote(codes=120)

    def batches() -> int:
        """Ten batches ten minutes apart, as far as enough ballots wait."""
        logged = 0
        for _ in range(10):
            move(host_now() + timedelta(minutes=10))
            logged += log_waiting_ballots(vote.id)
        return logged

    answers = together(app, [*casting(vote, vote.codes), batches, batches])
    receipts, logged = told(answers[:CLIENTS]), sum(one for one in answers if isinstance(one, int))
    assert len(receipts) == 120 and len(ballots(vote.id)) == logged
    assert waiting(vote.id) == 120 - logged, "every ballot waits or is logged"
    move(VOTE.closes)
    assert close_vote(vote.id)
    every_receipt_once(vote, receipts)


def test_two_workers_make_one_batch(app: Flask) -> None:
    vote = a_vote(codes=20)
    votes(vote, vote.codes)
    made = together(app, [partial(log_waiting_ballots, vote.id)] * 4)
    assert sorted(made, key=str) == [0, 0, 0, 20]
    assert sizes(vote.id) == [1, 21] and len(ballots(vote.id)) == 20


def test_close_and_batches_while_people_cast(app: Flask) -> None:
    vote = a_vote(codes=80)

    def close() -> bool:
        move(VOTE.closes)
        return close_vote(vote.id)

    batch: Deed = partial(log_waiting_ballots, vote.id)
    answers = together(app, [*casting(vote, vote.codes), batch, close, batch])
    assert answers[CLIENTS + 1] is True, answers[CLIENTS:]
    every_receipt_once(vote, told(answers[:CLIENTS]))
    assert waiting(vote.id) == 0 and kinds(vote.id)[-1] == "closed" and kinds(vote.id).count("closed") == 1


def test_two_close_at_once(app: Flask) -> None:
    vote = a_vote(codes=3)
    votes(vote, vote.codes)
    move(VOTE.closes)
    ended = together(app, [partial(close_vote, vote.id)] * 4)
    assert sorted(ended, key=str) == [False, False, False, True]
    assert kinds(vote.id) == ["manifest", "ballot", "ballot", "ballot", "closed"]


def test_deeds_and_batches_stand_in_line(app: Flask, tmp_path: Path) -> None:
    """Each entry is signed over the one before: none is lost, and every head extends the last."""
    move(at(5, 20))
    vote = sealed(before_the_vote(codes=60))
    move(at(6, 10))
    ask_to_withdraw(vote.id, "kas", "Het kan niet.", vote.organiser)
    deeds: list[Deed] = [partial(confirm, vote.id, vote.second), *[partial(log_waiting_ballots, vote.id)] * 3]
    answers = together(app, [*casting(vote, vote.codes), *deeds])
    assert not [one for one in answers if isinstance(one, Exception)], answers
    assert kinds(vote.id).count("withdrawal") == 1
    assert holds(vote.id, tmp_path)


def test_a_batch_does_not_keep_a_cast_waiting(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a batch opens what waits, people vote on: on PostgreSQL the cast ends first, on SQLite after it."""
    vote = a_vote(codes=21)
    votes(vote, vote.codes[:20])
    began, cast_done, real, order = Event(), Event(), outbox._opened, []

    def linger(*given: bytes) -> bytes:
        began.set()
        cast_done.wait(timeout=0.05)
        return real(*given)

    def batch() -> int:
        logged = log_waiting_ballots(vote.id)
        order.append("batch")
        return logged

    def late_voter() -> Receipt:
        began.wait(timeout=10)
        receipt = cast_ballot(vote.id, vote.codes[20], ("bank",), bytes(16))
        order.append("cast")
        cast_done.set()
        return receipt

    monkeypatch.setattr(outbox, "_opened", linger)
    deeds: list[Deed] = [batch, late_voter]
    logged, receipt = together(app, deeds)
    assert logged == 20 and isinstance(receipt, Receipt)
    assert waiting(vote.id) == 1 and receipt.commitment not in ballots(vote.id)
    if db.engine.dialect.name == "postgresql":
        assert order == ["cast", "batch"], "the cast waited"


def test_an_extension_while_people_cast(app: Flask) -> None:
    """Each receipt's promise is that of the closing under which it was cast; the log keeps the earlier one."""
    move(at(5, 20))
    vote = sealed(before_the_vote(codes=40))
    move(VOTE.closes - timedelta(minutes=1))
    longer: Deed = partial(vote_longer, vote, timedelta(days=1))
    answers = together(app, [*casting(vote, vote.codes), longer])
    receipts = told(answers[:CLIENTS])
    deadlines = {receipt.promise.deadline for receipt in receipts}
    assert len(receipts) == 40 and deadlines <= {VOTE.closes + timedelta(hours=1), VOTE.closes + timedelta(hours=25)}
    move(VOTE.closes + timedelta(minutes=59))
    log_waiting_ballots(vote.id)
    owed = {one.commitment for one in receipts if one.promise.deadline == VOTE.closes + timedelta(hours=1)}
    assert owed <= set(ballots(vote.id)) and the_box(vote.id).closes == VOTE.closes + timedelta(days=1)
