"""Casting a ballot: once, replaced, repeated, refused; on both databases."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from pb.base.hashing import credential_of, token_of
from pb.base.refusals import Refused
from pb.base.transaction import transaction
from pb.extensions import db
from pb.office.reads import version_of
from pb.roll.codes import make_code
from pb.roll.models import CredentialRow
from pb.voting.acts.cast import cast_ballot
from pb.voting.keys import key_folder, make_rehearsal_keys
from tests.booth import Booth, fields_of, tracking_of
from tests.factories import CALENDAR
from tests.voting import Voting, a_code, a_vote, lose_keys, rows, seal, statements

KEY = bytes(range(16))
OTHER = bytes(16)
CLOSES = CALENDAR.phases[-1].closes


def refusals(vote: Voting, code: str, choices: tuple[str, ...] = ("bank",), key: bytes = KEY) -> tuple[int, list[str]]:
    """The status and reasons with which a vote is refused."""
    with pytest.raises(Refused) as caught:
        cast_ballot(vote.id, code, choices, key)
    return caught.value.status, [reason.refusal.value for reason in caught.value.reasons]


def test_a_vote_is_one_row_of_each(app: Flask) -> None:
    vote = a_vote()
    receipt = cast_ballot(vote.id, vote.codes[0], ("bomen", "bank"), KEY)
    assert rows() == (1, 1, 1, 1)
    assert receipt.choices == ("bank", "bomen")
    assert len(receipt.tracking) == 20 and not receipt.repeated


def test_a_later_vote_takes_the_place_of_the_first(app: Flask) -> None:
    vote = a_vote()
    first = cast_ballot(vote.id, vote.codes[0], ("bank",), KEY)
    later = cast_ballot(vote.id, vote.codes[0], ("kas",), OTHER)
    assert rows() == (1, 1, 2, 2)
    assert first.tracking != later.tracking


def test_the_same_vote_again_gives_the_same_receipt(app: Flask) -> None:
    vote = a_vote()
    first = cast_ballot(vote.id, vote.codes[0], ("bank",), KEY)
    again = cast_ballot(vote.id, vote.codes[0].lower(), ("bank",), KEY)
    assert rows() == (1, 1, 1, 1)
    assert again.repeated and (again.tracking, again.nonce) == (first.tracking, first.nonce)


def test_two_voters_with_equal_choices_and_key_have_two_ballots(app: Flask) -> None:
    vote = a_vote()
    receipts = {cast_ballot(vote.id, code, ("bank",), KEY).tracking for code in vote.codes}
    assert len(receipts) == 3
    assert rows() == (3, 3, 3, 3)


def test_the_key_with_other_choices_is_a_conflict(app: Flask) -> None:
    vote = a_vote()
    cast_ballot(vote.id, vote.codes[0], ("bank",), KEY)
    assert refusals(vote, vote.codes[0], ("kas",)) == (409, ["vote.key_used"])
    assert rows() == (1, 1, 1, 1)


def test_a_blank_ballot_counts(app: Flask) -> None:
    vote = a_vote()
    assert cast_ballot(vote.id, vote.codes[0], (), KEY).choices == ()
    assert rows() == (1, 1, 1, 1)


def test_every_wrong_code_has_the_same_words(app: Flask) -> None:
    vote = a_vote()
    revoked = a_code(vote.round, alive=False)
    seal(vote.round, number=2)
    for code in (make_code(), vote.spare, revoked):
        assert refusals(vote, code) == (422, ["vote.code_not_valid"])
    assert rows() == (0, 0, 0, 0)


def test_a_typing_error_asks_no_list(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    vote = a_vote()
    monkeypatch.setattr("pb.voting.rights.find_credential", None)
    right = vote.codes[0]
    wrong = ("1" if right[0] == "0" else "0") + right[1:]
    assert refusals(vote, wrong) == (422, ["code.mistyped"])


@pytest.mark.parametrize(
    ("choices", "reasons"),
    [
        (("bank", "bank"), ["vote.plan_twice"]),
        (("weg",), ["vote.plan_unknown"]),
        (("kas", "tuin", "bank"), ["vote.over_the_money"]),
        (("kas", "tuin"), []),
    ],
)
def test_choices_are_judged_by_the_manifest(app: Flask, choices: tuple[str, ...], reasons: list[str]) -> None:
    vote = a_vote()
    if reasons:
        assert refusals(vote, vote.codes[0], choices) == (422, reasons)
        assert rows() == (0, 0, 0, 0)
    else:
        assert cast_ballot(vote.id, vote.codes[0], choices, KEY).choices == choices


@pytest.mark.parametrize(
    ("moment", "reason"),
    [
        (CALENDAR.phases[-1].opens - timedelta(microseconds=1), "vote.not_yet"),
        (CALENDAR.phases[-1].opens, None),
        (CLOSES - timedelta(microseconds=1), None),
        (CLOSES, "vote.closed"),
    ],
)
def test_the_clock_decides_to_the_last_microsecond(
    app: Flask, standing_clock: Callable[[datetime], None], moment: datetime, reason: str | None
) -> None:
    vote = a_vote()
    standing_clock(moment)
    if reason:
        assert refusals(vote, vote.codes[0]) == (409, [reason])
        assert rows() == (0, 0, 0, 0)
    else:
        assert cast_ballot(vote.id, vote.codes[0], ("bank",), KEY).tracking


def test_a_repetition_is_answered_after_the_close_and_after_a_revocation(
    app: Flask, standing_clock: Callable[[datetime], None]
) -> None:
    vote = a_vote()
    first = cast_ballot(vote.id, vote.codes[0], ("bank",), KEY)
    with transaction() as session:
        session.execute(update(CredentialRow).values(alive=False))
    assert refusals(vote, vote.codes[0], key=OTHER) == (422, ["vote.code_not_valid"])
    assert cast_ballot(vote.id, vote.codes[0], ("bank",), KEY).tracking == first.tracking
    standing_clock(CLOSES + timedelta(days=1))
    assert cast_ballot(vote.id, vote.codes[0], ("bank",), KEY).tracking == first.tracking


def test_a_reissued_code_votes_for_the_same_slot(app: Flask) -> None:
    vote = a_vote()
    slot = credential_of(token_of(vote.round.public_id, vote.codes[0]))
    new = a_code(vote.round, slot=slot)
    cast_ballot(vote.id, vote.codes[0], ("bank",), KEY)
    cast_ballot(vote.id, new, ("kas",), OTHER)
    assert rows()[:2] == (1, 1)


def test_a_process_without_the_sealed_keys_casts_nothing(app: Flask) -> None:
    vote = a_vote()
    lose_keys(vote.round)
    assert refusals(vote, vote.codes[0]) == (503, ["keys.missing"])
    make_rehearsal_keys(key_folder(vote.round.public_id))
    assert refusals(vote, vote.codes[0]) == (503, ["keys.not_these"])
    assert rows() == (0, 0, 0, 0)


def test_a_cast_is_at_most_eight_statements(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    vote = a_vote()
    monkeypatch.setattr("pb.base.clock._source", None)  # the database's own clock, as in real life
    monkeypatch.setattr("pb.voting.acts.cast.open_reasons", lambda *_: [])
    with statements() as sent:
        cast_ballot(vote.id, vote.codes[0], ("bank",), KEY)
    assert len(sent) == (4 if db.engine.dialect.name == "postgresql" else 5), sent


def test_a_cast_leaves_no_trace_in_the_audit_trail(app: Flask) -> None:
    vote = a_vote()
    before = version_of(vote.id)
    cast_ballot(vote.id, vote.codes[0], ("bank",), KEY)
    assert version_of(vote.id) == before


def test_a_vote_by_browser_asks_little_around_it(app: Flask, client: FlaskClient) -> None:
    """Round, box and manifest before the transaction, and nothing but who runs the site after it."""
    vote, booth = a_vote(), Booth(client)
    booth.choose("bank", "kas")
    form = fields_of(booth.code_page().text)
    with statements(whole=True) as sent:
        assert tracking_of(booth.send(form, vote.codes[0]))
    assert len(sent) <= 12, sent


def test_the_pages_of_the_vote_ask_little(app: Flask, client: FlaskClient) -> None:
    """Plans and manifest are read once a process: sealing fixes them."""
    a_vote()
    booth = Booth(client)
    booth.start()
    for page in (booth.start, lambda: booth.choose("bank"), booth.code_page):
        with statements(whole=True) as sent:
            page()
        assert len(sent) <= 3, sent
