"""A round with another door from the sealing to the public files, and what a stranger can verify of it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pb.base.transaction import transaction
from pb.doors.values import Proof
from pb.extensions import db
from pb.results.acts import ask_result_adoption, count_round, publish_result
from pb.results.reads import public_file, public_names
from pb.rounds.reads import moment_of, round_by_id
from pb.rounds.values import DoorKind, RequestRecord, RoundRecord, TwoPersonDeed, Voters
from pb.voting.acts import ask_to_seal, cast_ballot, close_vote, open_rehearsal, reissue_code
from pb.voting.keys import key_folder, keys_of, read_private
from pb.voting.models import SpentRow
from pb.voting.opening import open_piles
from pb.voting.protocol import MARK_BYTES, kind_mark, spent_tag
from pb.voting.reads import manifest, manifest_content, opened, sealed_manifest, sealed_piles, the_box, turnout
from pb.voting.rules import pile_reasons
from tests.bundles import write_files
from tests.doors import AREAS, FRAMES, ON_THE_ROLL, SIGN_IN, on_the_roll, proof
from tests.factories import CALENDAR, a_frame, at
from tests.log import move
from tests.pages import page, words_of
from tests.results import DECISION
from tests.verifier import verify
from tests.voting import (
    COSTS,
    Prepared,
    a_code,
    a_vote,
    before_the_vote,
    confirm,
    refused,
    sealed,
)

KEY, OTHER = bytes(range(16)), bytes(16)
VOTE = CALENDAR.phases[-1]
Move = Callable[[datetime], None]


@pytest.fixture(params=FRAMES, ids=lambda kind: kind.value)
def round_(app: Flask, request: pytest.FixtureRequest) -> RoundRecord:
    """A round while people vote, once with a sign-in and once with e-mail."""
    return a_vote(FRAMES[request.param], codes=0).round


def before(frame_of: DoorKind = DoorKind.SIGN_IN, **changes: Any) -> Prepared:
    """A round without codes just before its vote."""
    move(at(5, 20))
    return before_the_vote(codes=0, frame=FRAMES[frame_of], **changes)


@pytest.fixture
def known(app: Flask) -> Iterator[None]:
    """The server knows the broker."""
    app.config["BROKERS"] = f"{SIGN_IN.broker.issuer} {SIGN_IN.broker.client} geheim"
    yield
    app.config["BROKERS"] = ""


def test_without_its_secret_a_sign_in_is_not_sealed(app: Flask) -> None:
    """The secret is in a file of the server, and comes into no frame and no manifest."""
    vote, file = before(), Path(app.config["KEYS"]) / "brokers"
    assert refused(ask_to_seal, vote.id, vote.organiser) == ["proof.broker_unknown"]
    file.write_text(f"\n{SIGN_IN.broker.issuer}   begroot geheim-77\nhalf\n")
    found = manifest_content(sealed(vote).id)
    file.unlink()
    assert found and b"begroot" in found and b"geheim-77" not in found


def test_who_may_vote_is_a_number_of_the_frame(app: Flask, known: None) -> None:
    vote = sealed(before())
    found = manifest(vote.id)
    assert found and (found.areas, found.credentials) == ({"het centrum": 13_250}, {})


@pytest.mark.parametrize("kind", FRAMES)
def test_the_organiser_sees_the_door_and_no_codes(
    app: Flask, known: None, client: FlaskClient, sign_in: Callable[[int], FlaskClient], kind: DoorKind
) -> None:
    vote = sealed(before(kind))
    address = "/beheer/rondes/alphen-centrum-2020/stemming"
    text = words_of(page(sign_in(vote.organiser).get(address)))
    assert {DoorKind.SIGN_IN: "Met inloggen", DoorKind.EMAIL: "Met een e-mailadres"}[kind] in text
    assert "Reservecodes" not in text
    move(VOTE.closes)
    close_vote(vote.id)
    page(client.get(address))


def test_areas_have_their_own_numbers(app: Flask, known: None, standing_clock: Move) -> None:
    door = replace(SIGN_IN, voters=(Voters("noord", 6_000), Voters("zuid", 7_000)))
    move(at(5, 20))
    pots = {"bank": "noord", "bomen": "noord", "kas": "zuid", "tuin": "zuid"}
    vote = sealed(before_the_vote(codes=0, frame=a_frame(door=door, **AREAS), pots=pots))
    move(VOTE.opens)
    cast_ballot(vote.id, proof(vote.round, style="noord", area="Noord"), ("bank",), KEY)
    move(VOTE.closes)
    close_vote(vote.id)
    open_rehearsal(vote.id, vote.organiser)
    found = turnout(vote.id)
    assert found and found.areas == {"Noord": (1, 6_000), "Zuid": (0, 7_000)}


def voted(vote: Prepared, shown: list[str | Proof]) -> Prepared:
    """Everybody votes, some twice, and the vote is closed, opened, counted and published."""
    move(VOTE.opens)
    plans = list(COSTS)
    for n, one in enumerate(shown):
        for again in range(1 + n % 2):
            cast_ballot(vote.id, one, (plans[(n + again) % 4],), bytes([n, again] * 8))
    return vote


def published(vote: Prepared) -> Prepared:
    move(VOTE.closes)
    close_vote(vote.id)
    open_rehearsal(vote.id, vote.organiser)
    move(at(7, 1))
    count_round(vote.id, vote.organiser)
    ask_result_adoption(vote.id, DECISION, vote.organiser)
    confirm(vote.id, vote.second)
    move(at(7, 3))
    publish_result(vote.id, vote.organiser)
    return vote


def reissue(vote: Prepared, old: str, new: str) -> None:
    """A new code for a lost one, as two people at the desk agreed."""
    with transaction() as session:
        round_, now = moment_of(session, vote.id)
        payload = {"old": old, "new": new}
        asked = RequestRecord(0, vote.id, TwoPersonDeed.REISSUE_CODE, payload, vote.organiser, now, vote.second)
        reissue_code(session, round_, asked, now)


def verified(vote: Prepared, folder: Path) -> dict[str, str]:
    """What a stranger's program says of what is public."""
    db.session.rollback()
    round_ = round_by_id(vote.id)
    assert round_
    write_files(folder, {name: public_file(round_, name) or b"" for name in public_names(round_)})
    return {one["check"]: f"{one['answer']}: {one['text']}" for one in verify.verify(folder)}


@pytest.mark.parametrize("kind", FRAMES)
def test_a_stranger_verifies_what_can_be(app: Flask, known: None, tmp_path: Path, kind: DoorKind) -> None:
    """All but that the people were different: only who runs the door can tell."""
    vote = sealed(before(kind))
    said = verified(published(voted(vote, [proof(vote.round, str(n)) for n in range(12)])), tmp_path)
    unsure = {check for check, text in said.items() if not text.startswith("ok")}
    assert unsure == {"V8", "V9"} and not [text for text in said.values() if text.startswith("failed")], said
    assert "12" in said["V8"] and "12" in said["V9"]


def test_codes_and_sign_ins_together_to_the_end(app: Flask, known: None, tmp_path: Path) -> None:
    """The closing leaf tells exactly how many signed in, also where a code was lost after its owner voted without it."""
    move(at(5, 20))
    prepared = before_the_vote(codes=14, frame=a_frame(door=ON_THE_ROLL))
    spares = [a_code(prepared.round, area="", kind="spare", age="", alive=False) for _ in range(2)]
    vote = sealed(prepared)
    logins = [on_the_roll(vote.round, code) for code in vote.codes[:6]]
    voted(vote, [*logins, *vote.codes[6:12]])
    move(at(6, 10))
    for old, new in zip((vote.codes[0], vote.codes[6]), spares, strict=True):
        reissue(vote, *(on_the_roll(vote.round, code).entry.hex() for code in (old, new)))
    cast_ballot(vote.id, vote.codes[1], ("kas",), OTHER)
    said = verified(published(vote), tmp_path)
    assert not [text for text in said.values() if text.startswith("failed")], said
    assert {check for check, text in said.items() if not text.startswith("ok")} == {"V8", "V9"}
    found = opened(vote.id)
    assert found and sorted(one.kind for one in found.spent) == ["code"] * 7 + ["login"] * 5


def test_the_mark_tells_only_who_has_the_secret_by_what_a_slot_voted(round_: RoundRecord) -> None:
    cast_ballot(round_.id, proof(round_), ("bank",), KEY)
    found = sealed_manifest(round_.id)
    assert found
    row, key = db.session.query(SpentRow).one(), keys_of(found.manifest).round_key
    kinds = {kind: kind_mark(key, spent_tag(key, proof(round_).slot), kind) for kind in ("code", "login", "email")}
    mine = {DoorKind.SIGN_IN: "login", DoorKind.EMAIL: "email"}[round_.frame.door.kind]
    assert [kind for kind, mark in kinds.items() if mark == row.sealed[:MARK_BYTES]] == [mine]
    piles = sealed_piles(round_.id, found)
    assert piles.spent == (row.sealed[MARK_BYTES:],), "it does not leave the site"


@pytest.mark.parametrize(
    ("kind", "token", "why"),
    [
        ("code", b"", "piles.token_unknown"),
        ("code", bytes(32), "piles.token_unknown"),
        ("wachtwoord", b"", "piles.token_unknown"),
        ("login", bytes(32), "piles.token_unknown"),
    ],
)
def test_an_opened_pile_has_the_kinds_of_the_door(app: Flask, known: None, kind: str, token: bytes, why: str) -> None:
    vote = sealed(before())
    voted(vote, [proof(vote.round, str(n)) for n in range(3)])
    move(VOTE.closes)
    close_vote(vote.id)
    found, box = sealed_manifest(vote.id), the_box(vote.id)
    assert found
    piles = open_piles(sealed_piles(vote.id, found), read_private(key_folder(vote.round.public_id)))
    assert pile_reasons(found, box, piles) == []
    changed = replace(piles, spent=(replace(piles.spent[0], kind=kind, token=token), *piles.spent[1:]))
    assert why in [reason.refusal.value for reason in pile_reasons(found, box, changed)]
