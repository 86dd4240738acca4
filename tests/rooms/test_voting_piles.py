"""The close and the two piles: settled once, let out by two people, and nothing else is taken in."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from pb.extensions import db
from pb.office.worker import work_once
from pb.rounds.acts import refuse_request
from pb.rounds.reads import open_requests
from pb.voting.acts import (
    ask_to_export,
    cast_ballot,
    close_vote,
    import_piles,
    open_rehearsal,
)
from pb.voting.handlers import close_due_votes
from pb.voting.keys import key_folder, read_private
from pb.voting.models import IdempotencyTag, SealedBallot, SpentRow
from pb.voting.opening import open_file, piles_to_bytes
from pb.voting.reads import box_of, opened, sealed_manifest, sealed_piles, turnout
from tests.factories import CALENDAR, at
from tests.voting import Prepared, before_the_vote, cast, confirm, lose_keys, refused, sealed

KEY = bytes(16)
VOTE = CALENDAR.phases[-1]
Move = Callable[[datetime], None]


@pytest.fixture(autouse=True)
def before_the_opening(app: Flask, standing_clock: Move) -> None:
    standing_clock(at(5, 20))


def exported(vote: Prepared) -> bytes:
    """The opened piles as a file, after two people let the sealed ones out."""
    ask_to_export(vote.id, vote.organiser)
    confirm(vote.id, vote.second)
    found = sealed_manifest(vote.id)
    assert found is not None
    return open_file(piles_to_bytes(sealed_piles(vote.id, found)), read_private(key_folder(vote.round.public_id)))


def closed(move: Move, *ballots: tuple[str, ...]) -> Prepared:
    """A round whose vote was settled after these ballots."""
    vote = sealed(before_the_vote())
    move(VOTE.opens)
    cast(vote, *ballots)
    move(VOTE.closes)
    assert close_vote(vote.id)
    return vote


def test_the_close_counts_the_piles_once(app: Flask, standing_clock: Move) -> None:
    vote = closed(standing_clock, ("bank",), ())
    assert close_vote(vote.id) is False
    found, box = turnout(vote.id), box_of(vote.id)
    assert found and (found.voted, found.eligible, found.areas) == (2, 3, {})
    assert box and (box.ballots, box.spent, len(box.seed)) == (2, 2, 64)


def test_the_worker_closes_what_is_due_and_passes_over_lost_keys(app: Flask, standing_clock: Move) -> None:
    vote = sealed(before_the_vote())
    standing_clock(VOTE.closes)
    lose_keys(vote.round)
    close_due_votes()
    assert turnout(vote.id) is None


def test_the_worker_closes_by_the_clock(app: Flask, standing_clock: Move) -> None:
    vote = sealed(before_the_vote())
    standing_clock(VOTE.closes - timedelta(microseconds=1))
    close_due_votes()
    assert not work_once() and turnout(vote.id) is None
    standing_clock(VOTE.closes)
    close_due_votes()
    work_once()
    assert turnout(vote.id) is not None


def test_two_people_let_the_piles_out(app: Flask, standing_clock: Move) -> None:
    vote = closed(standing_clock, ("bank",), ("kas", "bank"))
    assert refused(import_piles, vote.id, b"{}", vote.organiser) == ["piles.broken"]
    content = exported(vote)
    assert import_piles(vote.id, content, vote.organiser) == 2
    found = opened(vote.id)
    assert found and sorted(ballot.choices for ballot in found.ballots) == [("bank",), ("bank", "kas")]
    shares = turnout(vote.id)
    assert shares and shares.areas == {"2405": (1, 2), "2406": (1, 1)} and shares.styles == {"all": 2}
    left = [db.session.scalar(select(func.count()).select_from(table)) for table in (SealedBallot, SpentRow)]
    assert left == [0, 0] and db.session.scalar(select(func.count()).select_from(IdempotencyTag)) == 2
    assert refused(import_piles, vote.id, content, vote.organiser) == ["piles.already_opened"]


def test_the_first_receipt_is_given_again_after_the_opening(app: Flask, standing_clock: Move) -> None:
    vote = sealed(before_the_vote())
    standing_clock(VOTE.opens)
    first = cast_ballot(vote.id, vote.codes[0], ("bank",), KEY)
    standing_clock(VOTE.closes)
    close_vote(vote.id)
    open_rehearsal(vote.id, vote.organiser)
    again = cast_ballot(vote.id, vote.codes[0], ("bank",), KEY)
    assert again.repeated and again.tracking == first.tracking


def test_the_export_can_be_refused(app: Flask, standing_clock: Move) -> None:
    vote = closed(standing_clock, ("bank",))
    ask_to_export(vote.id, vote.organiser)
    refuse_request(open_requests(vote.id)[-1].id, vote.second)
    box = box_of(vote.id)
    assert box is not None and box.exported_at is None


def test_nothing_goes_out_before_the_close(app: Flask, standing_clock: Move) -> None:
    vote = sealed(before_the_vote())
    standing_clock(VOTE.opens)
    assert refused(ask_to_export, vote.id, vote.organiser) == ["piles.not_closed"]
    assert refused(open_rehearsal, vote.id, vote.organiser) == ["piles.not_closed"]
    assert refused(close_vote, vote.id) == ["piles.still_open"]


def tampered(content: bytes, change: Callable[[dict[str, list[list[object]]]], object]) -> bytes:
    """The opened piles with one thing changed."""
    plain = json.loads(content)
    change(plain)
    return json.dumps(plain).encode()


CHANGES: dict[str, tuple[Callable[[dict[str, list[list[object]]]], object], str]] = {
    "a ballot is dropped": (lambda p: p["ballots"].pop(), "piles.wrong_number"),
    "a token is dropped": (lambda p: p["spent"].pop(), "piles.wrong_number"),
    "a choice is changed": (lambda p: p["ballots"][0].__setitem__(2, ["tuin"]), "piles.ballot_not_cast"),
    "a ballot is over the money": (
        lambda p: p["ballots"][0].__setitem__(2, ["bank", "kas", "tuin"]),
        "piles.ballot_against_rule",
    ),
    "a token stands twice": (lambda p: p["spent"].__setitem__(0, p["spent"][1]), "piles.token_twice"),
    "a token was never issued": (lambda p: p["spent"][0].__setitem__(1, "00" * 32), "piles.token_unknown"),
    "a style is changed": (lambda p: p["spent"][0].__setitem__(2, "ander"), "piles.styles_differ"),
    "another round": (lambda p: p.__setitem__("round", "00" * 16), "piles.other_round"),
    "another manifest": (lambda p: p.__setitem__("manifest", "00" * 32), "piles.other_round"),
    "another kind": (lambda p: p.__setitem__("kind", "iets"), "piles.broken"),
    "a ballot is no list": (lambda p: p.__setitem__("ballots", 3), "piles.broken"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_piles_that_are_not_those_are_not_taken_in(app: Flask, standing_clock: Move, what: str) -> None:
    change, wanted = CHANGES[what]
    vote = closed(standing_clock, ("bank",), ("bank", "kas"))
    content = exported(vote)
    assert wanted in refused(import_piles, vote.id, tampered(content, change), vote.organiser)
    assert opened(vote.id) is None
    assert import_piles(vote.id, content, vote.organiser) == 2, "the right file is still welcome"


def test_nobody_voted(app: Flask, standing_clock: Move) -> None:
    vote = closed(standing_clock)
    assert import_piles(vote.id, exported(vote), vote.organiser) == 0
    found = turnout(vote.id)
    assert found and (found.voted, found.eligible, found.areas) == (0, 3, {"2405": (0, 2), "2406": (0, 1)})
