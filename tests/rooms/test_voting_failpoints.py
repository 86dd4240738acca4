"""Deeds that are interrupted between every two of their statements: the old state or the new one, never between."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pb.base.hashing import credential_of, token_of
from pb.extensions import db
from pb.rounds.reads import open_requests
from pb.voting import reads, writing
from pb.voting.acts import (
    ask_to_export,
    ask_to_reissue,
    ask_to_seal,
    cast_ballot,
    close_vote,
    import_piles,
    log_waiting_ballots,
)
from pb.voting.keys import key_folder, keys_of, read_private
from pb.voting.models import SealedBallot
from pb.voting.opening import open_file, piles_to_bytes
from pb.voting.protocol import outbox_tag
from tests.booth import Booth, fields_of, tracking_of
from tests.factories import CALENDAR, at
from tests.failpoints import BROKEN, KILLED, interrupted_everywhere, state
from tests.log import ballots, kinds, sizes
from tests.voting import Prepared, Voting, a_code, a_vote, before_the_vote, cast, confirm, rows, sealed

VOTE = CALENDAR.phases[-1]
KEY, OTHER = bytes(range(16)), bytes(16)
Move = Callable[[datetime], None]
pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")


@pytest.fixture(params=[BROKEN, KILLED])
def how(request: pytest.FixtureRequest) -> str:
    """By an exception, or by SIGKILL."""
    return str(request.param)


def voting(move: Move, *cast_before: tuple[str, ...]) -> Prepared:
    """A round that two people sealed and in which people vote."""
    move(at(5, 20))
    vote = sealed(before_the_vote())
    move(VOTE.opens)
    cast(vote, *cast_before)
    return vote


def test_a_first_vote(app: Flask, how: str) -> None:
    vote = a_vote()
    points = interrupted_everywhere(app, lambda: cast_ballot(vote.id, vote.codes[0], ("bank",), KEY), how)
    assert points >= 6 and rows() == (1, 1, 1, 1)
    assert _told_again(vote, ("bank",), KEY)


def test_a_vote_that_takes_the_place_of_another(app: Flask, how: str) -> None:
    vote = a_vote()
    first = cast_ballot(vote.id, vote.codes[0], ("bank",), OTHER)
    points = interrupted_everywhere(app, lambda: cast_ballot(vote.id, vote.codes[0], ("kas",), KEY), how)
    assert points >= 6 and rows() == (1, 1, 2, 2)
    assert cast_ballot(vote.id, vote.codes[0], ("bank",), OTHER) == first.__class__(
        first.tracking, first.nonce, first.commitment, first.choices, first.promise, repeated=True
    )
    assert _told_again(vote, ("kas",), KEY)


def _told_again(vote: Voting, choices: tuple[str, ...], key: bytes) -> bool:
    """Nobody heard of the vote when it was interrupted after its commit; sent again it has a receipt that waits."""
    before = state()
    receipt = cast_ballot(vote.id, vote.codes[0], choices, key)
    found = reads.manifest(vote.id)
    assert found is not None
    tag = outbox_tag(keys_of(found).outbox_key, receipt.tracking)
    assert state() == before, "it was cast a second time"
    return receipt.repeated and any(repr(tag) in row for row in before["ballot_outbox"])


def test_a_vote_in_the_browser(app: Flask) -> None:
    """The form that is sent again after every interruption has one receipt in the end, and one ballot."""
    vote = a_vote()
    booth = Booth(app.test_client())
    booth.choose("bank")
    form = fields_of(booth.code_page().text)
    interrupted_everywhere(app, lambda: booth.send(form, vote.codes[0]), BROKEN)
    assert rows() == (1, 1, 1, 1)
    assert tracking_of(booth.send(form, vote.codes[0])) == tracking_of(booth.send(form, vote.codes[0]))
    assert rows() == (1, 1, 1, 1)


def test_a_batch_of_the_log(app: Flask, standing_clock: Move, how: str) -> None:
    vote = a_vote(codes=20)
    receipts = [cast_ballot(vote.id, code, ("bank",), KEY) for code in vote.codes]
    points = interrupted_everywhere(app, lambda: log_waiting_ballots(vote.id), how)
    assert points >= 5 and ballots(vote.id) == sorted(receipt.commitment for receipt in receipts)
    assert rows() == (20, 20, 20, 0) and sizes(vote.id) == [1, 21]
    assert log_waiting_ballots(vote.id) == 0


def test_the_close(app: Flask, standing_clock: Move, how: str) -> None:
    vote = voting(standing_clock, ("bank",), ("kas",))
    standing_clock(VOTE.closes)
    interrupted_everywhere(app, lambda: close_vote(vote.id), how)
    box = reads.the_box(vote.id)
    assert box.closed_at and (box.ballots, box.spent, rows()[3]) == (2, 2, 0)
    assert kinds(vote.id) == ["manifest", "ballot", "ballot", "closed"]
    before = state()
    assert close_vote(vote.id) is False and state() == before


def test_the_import_of_the_piles(app: Flask, standing_clock: Move, how: str) -> None:
    vote = voting(standing_clock, ("bank",), ("kas",))
    standing_clock(VOTE.closes)
    close_vote(vote.id)
    ask_to_export(vote.id, vote.organiser)
    confirm(vote.id, vote.second)
    found = reads.sealed_manifest(vote.id)
    assert found is not None
    private = read_private(key_folder(vote.round.public_id))
    content = open_file(piles_to_bytes(reads.sealed_piles(vote.id, found)), private)
    interrupted_everywhere(app, lambda: import_piles(vote.id, content, vote.organiser), how)
    opened = reads.opened(vote.id)
    assert opened and sorted(ballot.choices for ballot in opened.ballots) == [("bank",), ("kas",)]
    assert len(opened.spent) == 2 and db.session.scalar(select(func.count()).select_from(SealedBallot)) == 0


def test_the_sealing(app: Flask, standing_clock: Move) -> None:
    standing_clock(at(5, 20))
    vote = before_the_vote()
    ask_to_seal(vote.id, vote.organiser)
    interrupted_everywhere(app, lambda: confirm(vote.id, vote.second), BROKEN)
    assert reads.manifest(vote.id) is not None and kinds(vote.id) == ["manifest"] and not open_requests(vote.id)


def test_a_code_that_is_given_anew(app: Flask, standing_clock: Move) -> None:
    standing_clock(at(5, 20))
    vote = before_the_vote()
    spare = a_code(vote.round, area="", kind="spare", age="", alive=False)
    sealed(vote)
    standing_clock(VOTE.opens + timedelta(hours=1))
    cast(vote, ("bank",))
    old, new = (credential_of(token_of(vote.round.public_id, code)).hex() for code in (vote.codes[0], spare))
    ask_to_reissue(vote.id, old, new, vote.organiser, checked=True)
    interrupted_everywhere(app, lambda: confirm(vote.id, vote.second), BROKEN)
    assert kinds(vote.id) == ["manifest", "revocation"]
    cast_ballot(vote.id, spare, ("kas",), KEY)
    assert rows()[:2] == (1, 1)


def test_without_one_transaction_something_stays_behind(app: Flask, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    """The guard taken away: each row of a cast is committed by itself."""
    real = writing.write

    def one_by_one(session: Session, round_id: int, written: writing.Rows) -> None:
        real(session, round_id, written)
        session.connection().exec_driver_sql("COMMIT")
        session.connection().exec_driver_sql("BEGIN")

    monkeypatch.setattr(writing, "write", one_by_one)
    vote = a_vote()
    with pytest.raises(AssertionError, match="something stayed behind"):
        interrupted_everywhere(app, lambda: cast_ballot(vote.id, vote.codes[0], ("bank",), KEY), how)
