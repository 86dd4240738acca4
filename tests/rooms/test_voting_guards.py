"""Guards of "one vote" that are no race of casts: the tag, the slot and the log's lock; each is taken away once.

Those of casts at the same moment (the lock of the slot and of the round, the constraint) are tried beside the races, one
transaction with the failpoints, and "answer after the commit" with the killed processes.
"""

import secrets
from contextlib import suppress
from dataclasses import replace
from functools import partial
from threading import Barrier, BrokenBarrierError

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from pb.base.hashing import credential_of, token_of
from pb.roll.reads import find_credential
from pb.roll.values import CredentialRecord
from pb.voting import reads
from pb.voting.acts import cast_ballot, log_waiting_ballots
from pb.voting.protocol import BallotHashes, hash_ballot
from tests.log import ballots, votes
from tests.together import together
from tests.voting import Voting, a_code, a_vote, rows

KEY, OTHER = bytes(range(16)), bytes(16)
PROOF = pytest.raises(AssertionError)


# The tag: a form that is sent again casts nothing, also when its ballot stands in the log already


def a_form_sent_again(vote: Voting) -> None:
    """The same form before and after a batch of the log is one vote with one receipt."""
    receipts = votes(vote, vote.codes)
    assert log_waiting_ballots(vote.id) == len(receipts)
    again = votes(vote, vote.codes)
    assert rows()[3] == 0, "a second ballot waits for the log"
    assert [one.tracking for one in again] == [one.tracking for one in receipts]
    assert all(one.repeated for one in again)


@pytest.fixture
def no_tag(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cast that never finds the tag of an earlier one."""

    def forgetful(*given: object) -> BallotHashes:
        return replace(hash_ballot(*given), idem=secrets.token_bytes(32))  # type: ignore[arg-type]

    monkeypatch.setattr("pb.voting.acts.cast.hash_ballot", forgetful)


def test_a_form_sent_again_casts_nothing(app: Flask) -> None:
    a_form_sent_again(a_vote(codes=20))


def test_without_the_tag_a_form_sent_again_is_cast_again(app: Flask, no_tag: None) -> None:
    vote = a_vote(codes=20)
    with PROOF:
        a_form_sent_again(vote)


# The slot: whoever votes, loses the letter and votes with the new one has one ballot, the last


def a_letter_that_was_lost(vote: Voting) -> None:
    """The new code stands for the slot of the old one."""
    old = credential_of(token_of(vote.round.public_id, vote.codes[0]))
    new = a_code(vote.round, slot=old)
    cast_ballot(vote.id, vote.codes[0], ("bank",), KEY)
    cast_ballot(vote.id, new, ("kas",), OTHER)
    assert rows() == (1, 1, 2, 2)


@pytest.fixture
def no_slot(monkeypatch: pytest.MonkeyPatch) -> None:
    """A re-issued code that stands for itself."""

    def by_itself(session: Session, round_id: int, name: bytes) -> CredentialRecord | None:
        found = find_credential(session, round_id, name)
        return replace(found, slot=name) if found else None

    monkeypatch.setattr("pb.voting.rights.find_credential", by_itself)


def test_a_lost_letter_is_one_vote(app: Flask) -> None:
    a_letter_that_was_lost(a_vote())


def test_without_the_slot_a_lost_letter_is_two_votes(app: Flask, no_slot: None) -> None:
    vote = a_vote()
    with PROOF:
        a_letter_that_was_lost(vote)


# The log's lock: two batches at the same moment are one


def two_batches(app: Flask, vote: Voting) -> None:
    """One worker makes the batch; the other finds nothing to do."""
    receipts = votes(vote, vote.codes)
    made = together(app, [partial(log_waiting_ballots, vote.id)] * 2)
    assert not [one for one in made if isinstance(one, Exception)], made
    assert sorted(map(str, made)) == ["0", "20"]
    assert ballots(vote.id) == sorted(receipt.commitment for receipt in receipts)


@pytest.fixture
def meeting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two batches meet after they looked whether one is due; under the lock the second is not there yet."""
    gate, real = Barrier(2), reads.batch_due

    def look_and_meet(*given: object) -> bool:
        found = real(*given)  # type: ignore[arg-type]
        with suppress(BrokenBarrierError):
            gate.wait(timeout=0.4)
        return found

    monkeypatch.setattr("pb.voting.acts.log.batch_due", look_and_meet)


@pytest.fixture
def no_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    """On PostgreSQL without the log's lock, on SQLite with a plain BEGIN."""
    real = Session.connection

    def plain(self: Session, *given: object, **options: object) -> object:
        return real(self, *given)  # type: ignore[arg-type]

    monkeypatch.setattr("pb.voting.locks.hold_log", lambda *_: None)
    monkeypatch.setattr(Session, "connection", plain)


def test_two_batches_that_meet_are_one(app: Flask, meeting: None) -> None:
    two_batches(app, a_vote(codes=20))


def test_without_the_lock_two_batches_go_wrong(app: Flask, meeting: None, no_lock: None) -> None:
    vote = a_vote(codes=20)
    with PROOF:
        two_batches(app, vote)
