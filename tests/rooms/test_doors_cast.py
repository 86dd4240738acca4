"""Votes of other doors in the ballot box: one a person on both databases, also beside codes where the roll is shared."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from pb.base.transaction import transaction
from pb.roll.models import CredentialRow
from pb.rounds.values import DoorKind, RoundRecord
from pb.voting.acts import cast_ballot
from pb.voting.values import Receipt
from tests.doors import FRAMES, ON_THE_ROLL, on_the_roll, proof
from tests.factories import CALENDAR, a_frame
from tests.together import together
from tests.voting import (
    COSTS,
    a_code,
    a_vote,
    lose_keys,
    refused,
    rows,
    statements,
)

KEY, OTHER = bytes(range(16)), bytes(16)
VOTE = CALENDAR.phases[-1]
Move = Callable[[datetime], None]


@pytest.fixture(params=FRAMES, ids=lambda kind: kind.value)
def round_(app: Flask, request: pytest.FixtureRequest) -> RoundRecord:
    """A round while people vote, once with a sign-in and once with e-mail."""
    return a_vote(FRAMES[request.param], codes=0).round


def test_a_vote_is_one_row_of_each_and_a_later_one_takes_its_place(round_: RoundRecord) -> None:
    first = cast_ballot(round_.id, proof(round_), ("bank",), KEY)
    assert rows() == (1, 1, 1, 1)
    again = cast_ballot(round_.id, proof(round_), ("bank",), KEY)
    assert again.repeated and again.tracking == first.tracking and rows() == (1, 1, 1, 1)
    assert refused(cast_ballot, round_.id, proof(round_), ("kas",), KEY) == ["vote.key_used"]
    cast_ballot(round_.id, proof(round_), ("kas",), OTHER)
    cast_ballot(round_.id, proof(round_, "bob"), ("kas",), OTHER)
    assert rows() == (2, 2, 3, 3)


def test_sixteen_double_clicks_and_sixteen_browsers(app: Flask, round_: RoundRecord) -> None:
    """The same form at once is one vote; one person in many browsers at once has one ballot."""
    same = [partial(cast_ballot, round_.id, proof(round_), ("bank",), KEY)] * 16
    found = [answer for answer in together(app, same) if isinstance(answer, Receipt)]
    assert len(found) == 16 and len({receipt.tracking for receipt in found}) == 1 and rows() == (1, 1, 1, 1)
    plans = list(COSTS) * 4
    several = [partial(cast_ballot, round_.id, proof(round_), (plans[n],), bytes([n] * 16)) for n in range(16)]
    assert len([answer for answer in together(app, several) if isinstance(answer, Receipt)]) == 16
    assert rows() == (1, 1, 17, 17)


def test_it_costs_no_more_than_a_code(round_: RoundRecord, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pb.base.clock._source", None)
    monkeypatch.setattr("pb.voting.acts.cast.open_reasons", lambda *_: [])
    with statements() as sent:
        cast_ballot(round_.id, proof(round_), ("bank",), KEY)
    assert len(sent) <= 8, sent


@pytest.mark.parametrize(
    "changes",
    [
        {"round": "ab" * 16},
        {"door": DoorKind.CODES},
        {"entry": bytes(32)},
        {"door": "the other"},
    ],
)
def test_a_proof_of_something_else_is_none(round_: RoundRecord, changes: dict[str, Any]) -> None:
    if changes.get("door") == "the other":
        changes = {"door": next(kind for kind in FRAMES if kind is not round_.frame.door.kind)}
    assert refused(cast_ballot, round_.id, proof(round_, **changes), ("bank",), KEY) == ["vote.proof_not_valid"]
    assert rows() == (0, 0, 0, 0)


def test_a_code_does_not_vote_here_even_when_there_is_a_roll(round_: RoundRecord) -> None:
    code = a_code(round_)
    assert refused(cast_ballot, round_.id, code, ("bank",), KEY) == ["vote.code_not_valid"]
    assert refused(cast_ballot, round_.id, code[:-1], ("bank",), KEY) == ["code.wrong_length"]
    assert rows() == (0, 0, 0, 0)


def test_a_sign_in_does_not_vote_in_a_round_with_letters(app: Flask) -> None:
    round_ = a_vote().round
    for door in (DoorKind.SIGN_IN, DoorKind.EMAIL, DoorKind.CODES):
        assert refused(cast_ballot, round_.id, proof(round_, door=door), ("bank",), KEY) == ["vote.proof_not_valid"]


def test_choices_clock_and_keys_hold_as_for_a_code(round_: RoundRecord, standing_clock: Move) -> None:
    assert refused(cast_ballot, round_.id, proof(round_), ("weg",), KEY) == ["vote.plan_unknown"]
    assert refused(cast_ballot, round_.id, proof(round_, style="x"), ("bank",), KEY) == ["vote.other_ballot"]
    first = cast_ballot(round_.id, proof(round_), ("bank",), KEY)
    standing_clock(VOTE.closes)
    assert refused(cast_ballot, round_.id, proof(round_), ("kas",), OTHER) == ["vote.closed"]
    assert cast_ballot(round_.id, proof(round_), ("bank",), KEY).tracking == first.tracking
    lose_keys(round_)
    assert refused(cast_ballot, round_.id, proof(round_), ("bank",), KEY) == ["keys.missing"]


# Beside codes, where the sign-in tells who somebody is on the roll


def test_a_sign_in_and_the_codes_of_one_entry_are_one_vote(app: Flask) -> None:
    vote = a_vote(a_frame(door=ON_THE_ROLL))
    mine, code = on_the_roll(vote.round, vote.codes[0]), vote.codes[0]
    cast_ballot(vote.id, code, ("bank",), KEY)
    cast_ballot(vote.id, mine, ("kas",), KEY[::-1])
    new = a_code(vote.round, slot=on_the_roll(vote.round, code).entry)
    cast_ballot(vote.id, new, ("bomen",), OTHER)
    assert rows() == (1, 1, 3, 3)
    cast_ballot(vote.id, on_the_roll(vote.round, vote.codes[1]), ("kas",), KEY)
    assert rows() == (2, 2, 4, 4)


def test_at_once_they_are_one_ballot_too(app: Flask) -> None:
    vote = a_vote(a_frame(door=ON_THE_ROLL))
    shown = [vote.codes[0], on_the_roll(vote.round, vote.codes[0])] * 8
    deeds = [partial(cast_ballot, vote.id, one, ("bank",), bytes([n] * 16)) for n, one in enumerate(shown)]
    assert all(isinstance(answer, Receipt) for answer in together(app, deeds))
    assert rows()[:2] == (1, 1)


def test_a_lost_code_does_not_take_the_right_to_sign_in(app: Flask) -> None:
    vote = a_vote(a_frame(door=ON_THE_ROLL))
    mine = on_the_roll(vote.round, vote.codes[0])
    with transaction() as session:
        session.execute(update(CredentialRow).where(CredentialRow.h == mine.entry).values(alive=False))
    assert refused(cast_ballot, vote.id, mine, ("bank",), KEY) == ["vote.proof_not_valid"]
    a_code(vote.round, slot=mine.entry)
    assert cast_ballot(vote.id, mine, ("bank",), KEY).choices == ("bank",)


@pytest.mark.parametrize("entry", [bytes(32), b""])
def test_an_entry_that_the_roll_does_not_have(app: Flask, entry: bytes) -> None:
    vote = a_vote(a_frame(door=ON_THE_ROLL))
    nobody = proof(vote.round, entry=entry)
    assert refused(cast_ballot, vote.id, nobody, ("bank",), KEY) == ["vote.proof_not_valid"]
    spare = on_the_roll(vote.round, vote.spare)
    assert refused(cast_ballot, vote.id, spare, ("bank",), KEY) == ["vote.proof_not_valid"]
    assert rows() == (0, 0, 0, 0)
