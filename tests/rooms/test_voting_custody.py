"""Keepers in the record and the end of the keys: two people, fourteen days, and an old copy of everything stays closed."""

import io
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask, current_app
from flask.testing import FlaskClient
from nacl.public import PrivateKey
from sqlalchemy import select

from pb.base.access import Role
from pb.base.hashing import tagged_hash
from pb.base.refusals import Refused
from pb.base.transaction import transaction
from pb.extensions import db
from pb.office.reads import history
from pb.rounds.acts import mark_published
from pb.rounds.reads import open_requests, round_by_id
from pb.voting.acts import cast_ballot, close_vote, open_rehearsal
from pb.voting.acts.reports import answer_report
from pb.voting.custody import note_to_bytes, split
from pb.voting.custody.acts import ask_to_destroy, record_escrow
from pb.voting.custody.reads import custody
from pb.voting.custody.rules import KEPT_FOR
from pb.voting.custody.values import Custody
from pb.voting.keyfiles import PUBLIC, read_key, secrets_in
from pb.voting.keys import key_folder, keys_of
from pb.voting.models import VoteReport
from pb.voting.reads import find_ballot, manifest
from pb.voting.values import Found, Manifest
from tests.booth import Booth, fields_of
from tests.factories import CALENDAR, a_person, a_role, at
from tests.voting import Prepared, before_the_vote, cast, confirm, refused, sealed

VOTE = CALENDAR.phases[-1]
KEY = bytes(16)
Move = Callable[[datetime], None]


@pytest.fixture(autouse=True)
def before_the_opening(app: Flask, standing_clock: Move) -> None:
    standing_clock(at(5, 20))


def published(move: Move, *ballots: tuple[str, ...]) -> Prepared:
    """A round whose result is public, with its keys still there."""
    vote = sealed(before_the_vote())
    move(VOTE.opens)
    cast(vote, *ballots)
    move(VOTE.closes)
    close_vote(vote.id)
    open_rehearsal(vote.id, vote.organiser)
    with transaction() as session:
        mark_published(session, vote.round, VOTE.closes)
    return vote


def destroyed(move: Move, vote: Prepared) -> None:
    """Two people destroy the keys on the first day on which they may."""
    move(VOTE.closes + KEPT_FOR)
    ask_to_destroy(vote.id, True, vote.organiser)
    confirm(vote.id, vote.second)


def a_note(vote: Prepared) -> bytes:
    folder = key_folder(vote.round.public_id)
    keepers = [bytes(PrivateKey.generate().public_key) for _ in range(4)]
    return note_to_bytes(split(secrets_in(folder), read_key(folder / PUBLIC), keepers).note)


def record(vote: Prepared) -> Custody:
    db.session.rollback()
    round_ = round_by_id(vote.id)
    assert round_ is not None
    return custody(round_)


def the_manifest(vote: Prepared) -> Manifest:
    found = manifest(vote.id)
    assert found is not None
    return found


# Who keeps halves


def test_keepers_stand_in_the_record_without_a_secret(app: Flask) -> None:
    vote = before_the_vote()
    note = a_note(vote)
    record_escrow(vote.id, note, vote.organiser)
    (kept,) = record(vote).notes
    assert len({*kept.first, *kept.second}) == 4 and "sealing.private" in kept.keys
    (entry,) = history(f"keys:{vote.id}")
    assert entry.act == "record_escrow" and entry.facts["first"] == list(kept.first)
    assert not any(key.hex() in str(entry.facts) for key in secrets_in(key_folder(vote.round.public_id)).values())
    assert refused(record_escrow, vote.id, note, vote.organiser) == ["escrow.already_there"]


def test_a_note_of_other_keys_is_refused(app: Flask) -> None:
    vote = before_the_vote()
    other = split({"round.key": bytes(32)}, bytes(32), [bytes([place] * 32) for place in range(1, 5)]).note
    assert refused(record_escrow, vote.id, note_to_bytes(other), vote.organiser) == ["escrow.other_round"]
    assert refused(record_escrow, vote.id, b"\xff", vote.organiser) == ["escrow.not_this_file"]
    assert record(vote).notes == ()


# Destroying


def test_two_people_destroy_the_keys_and_the_record_says_so(app: Flask, standing_clock: Move) -> None:
    vote = published(standing_clock, ("bank",))
    folder = key_folder(vote.round.public_id)
    assert len(secrets_in(folder)) == 5
    destroyed(standing_clock, vote)
    found = record(vote).destroyed
    assert found and found.at == VOTE.closes + KEPT_FOR
    assert found.removed == ("log.key", "lot.seed", "outbox.key", "round.key", "sealing.private")
    assert sorted(path.name for path in folder.iterdir()) == ["destroyed", "sealing.public"]
    assert [entry.act for entry in history(f"keys:{vote.id}")].count("destroy_keys") == 1
    assert refused(ask_to_destroy, vote.id, True, vote.organiser) == ["destroy.already"]
    assert refused(record_escrow, vote.id, note_of(vote), vote.organiser) == ["destroy.already"]


def note_of(vote: Prepared) -> bytes:
    keepers = [bytes(PrivateKey.generate().public_key) for _ in range(4)]
    return note_to_bytes(split({"round.key": bytes(32)}, bytes.fromhex(the_manifest(vote).sealing_key), keepers).note)


def test_one_person_destroys_nothing(app: Flask, standing_clock: Move) -> None:
    vote = published(standing_clock)
    standing_clock(VOTE.closes + KEPT_FOR)
    assert refused(ask_to_destroy, vote.id, False, vote.organiser) == ["destroy.rest_first"]
    ask_to_destroy(vote.id, True, vote.organiser)
    assert refused(confirm, vote.id, vote.organiser) == ["round.own_request"]
    assert len(secrets_in(key_folder(vote.round.public_id))) == 5


def test_not_a_moment_before_fourteen_days_have_passed(app: Flask, standing_clock: Move) -> None:
    vote = published(standing_clock)
    standing_clock(VOTE.closes + KEPT_FOR - timedelta(microseconds=1))
    assert refused(ask_to_destroy, vote.id, True, vote.organiser) == ["destroy.too_early"]
    assert record(vote).earliest == VOTE.closes + timedelta(days=14)


def test_nothing_is_destroyed_before_publication(app: Flask, standing_clock: Move) -> None:
    vote = sealed(before_the_vote())
    standing_clock(VOTE.closes + KEPT_FOR)
    assert refused(ask_to_destroy, vote.id, True, vote.organiser) == ["destroy.not_published"]


def test_a_report_that_waits_keeps_the_keys(app: Flask, standing_clock: Move) -> None:
    vote = published(standing_clock)
    standing_clock(VOTE.closes + KEPT_FOR)
    ask_to_destroy(vote.id, True, vote.organiser)
    report = a_report(vote)
    assert refused(confirm, vote.id, vote.second) == ["report.unanswered"], "it came before the second person"
    assert refused(ask_to_destroy, vote.id, True, vote.organiser) == ["report.unanswered"]
    assert len(secrets_in(key_folder(vote.round.public_id))) == 5 and len(open_requests(vote.id)) == 1
    answer_report(vote.id, report, "De telling", "De telling klopt.", vote.organiser)
    confirm(vote.id, vote.second)
    assert record(vote).destroyed


def a_report(vote: Prepared) -> int:
    """A report that was sent in its period and that nobody answered yet."""
    with transaction() as session:
        row = VoteReport(round_id=vote.id, text="Klopt dit?", email=None, locale="nl", sent_at=VOTE.closes)
        session.add(row)
        session.flush()
        return row.id


def test_an_interrupted_destruction_is_confirmed_once_more(
    app: Flask, standing_clock: Move, monkeypatch: pytest.MonkeyPatch
) -> None:
    vote = published(standing_clock)
    standing_clock(VOTE.closes + KEPT_FOR)
    ask_to_destroy(vote.id, True, vote.organiser)
    with monkeypatch.context() as broken:
        broken.setattr("pb.voting.custody.acts.audit", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            confirm(vote.id, vote.second)
    assert record(vote).destroyed is None and refused(keys_of, the_manifest(vote)) == ["keys.destroyed"]
    confirm(vote.id, vote.second)
    found = record(vote).destroyed
    assert found is not None and len(found.removed) == 5


# Afterwards


def test_a_repetition_is_answered_plainly_afterwards(app: Flask, standing_clock: Move) -> None:
    vote = published(standing_clock, ("bank",))
    assert cast_ballot(vote.id, vote.codes[0], ("bank",), KEY).repeated
    destroyed(standing_clock, vote)
    with pytest.raises(Refused) as caught:
        cast_ballot(vote.id, vote.codes[0], ("bank",), KEY)
    assert (caught.value.status, [one.refusal.value for one in caught.value.reasons]) == (410, ["keys.destroyed"])


def test_a_form_that_is_sent_again_afterwards_gets_a_page(
    app: Flask, client: FlaskClient, standing_clock: Move
) -> None:
    vote = sealed(before_the_vote())
    standing_clock(VOTE.opens)
    booth = Booth(client)
    booth.choose("bank")
    form = fields_of(booth.code_page().text)
    booth.send(form, vote.codes[0])
    standing_clock(VOTE.closes)
    close_vote(vote.id)
    with transaction() as session:
        mark_published(session, vote.round, VOTE.closes)
    destroyed(standing_clock, vote)
    answer = booth.send(form, vote.codes[0])
    assert answer.status_code == 410 and "zijn vernietigd" in answer.text and "logboek" in answer.text


def test_a_ballot_is_still_found_afterwards(app: Flask, standing_clock: Move) -> None:
    vote = sealed(before_the_vote())
    standing_clock(VOTE.opens)
    tracking = cast_ballot(vote.id, vote.codes[0], ("bank",), KEY).tracking
    standing_clock(VOTE.closes)
    close_vote(vote.id)
    open_rehearsal(vote.id, vote.organiser)
    with transaction() as session:
        mark_published(session, vote.round, VOTE.closes)
    destroyed(standing_clock, vote)
    round_ = round_by_id(vote.id)
    assert round_ is not None and find_ballot(round_, tracking) is Found.COUNTED


def test_a_process_that_held_the_keys_forgets_them(app: Flask, standing_clock: Move) -> None:
    vote = published(standing_clock)
    keys_of(the_manifest(vote))
    held = current_app.extensions["pb.voting.keys"]
    assert vote.round.public_id in held
    destroyed(standing_clock, vote)
    assert refused(keys_of, the_manifest(vote)) == ["keys.destroyed"] and vote.round.public_id not in held


# An old copy stays closed


def dump() -> list[bytes]:
    """Every value of every row, as a copy of the database has it."""
    db.session.rollback()
    found = []
    for table in db.metadata.sorted_tables:
        for row in db.session.execute(select(table)):
            found += [value if isinstance(value, bytes) else str(value).encode() for value in row]
    return found


def files() -> list[bytes]:
    """Everything that lies in the site's folders, the database's own files too."""
    folder = Path(current_app.config["INSTANCE"])
    return [path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()]


def keys_among(found: list[bytes], vote: Manifest) -> set[str]:
    """Which secrets of the vote somebody finds who tries every 32 bytes of `found`, written as bytes or as hex."""
    content = b"\n".join(found)
    tries = {bytes.fromhex(text.decode()) for text in re.findall(rb"(?=([0-9a-f]{64}))", content)}
    tries |= {value for value in found if len(value) == 32}
    names = {
        name for name, check in vote.checks.items()
        if any(tagged_hash("check", vote.round, name, key).hex() == check for key in tries)
    }  # fmt: skip
    public = bytes.fromhex(vote.sealing_key)
    return names | {"private" for key in tries if bytes(PrivateKey(key).public_key) == public}


def test_nothing_that_is_left_opens_an_old_copy(app: Flask, standing_clock: Move) -> None:
    vote = sealed(before_the_vote())
    standing_clock(VOTE.opens)
    cast(vote, ("bank",), ("kas",))
    copy, secrets = dump(), secrets_in(key_folder(vote.round.public_id))
    assert keys_among(copy, the_manifest(vote)) == set(), "no secret ever stands in the database"
    assert keys_among(files(), the_manifest(vote)) == {"round", "outbox", "log", "private"}, "the search finds them"
    standing_clock(VOTE.closes)
    close_vote(vote.id)
    open_rehearsal(vote.id, vote.organiser)
    with transaction() as session:
        mark_published(session, vote.round, VOTE.closes)
    destroyed(standing_clock, vote)
    assert keys_among([*copy, *dump(), *files()], the_manifest(vote)) == set()
    everything = b"\n".join([*copy, *dump(), *files()])
    for name, key in secrets.items():
        assert (key.hex().encode() in everything or key in everything) == (name == "lot.seed"), name


# Pages


def address(vote: Prepared) -> str:
    return f"/beheer/rondes/{vote.round.slug}/stemming/sleutels"


@pytest.mark.parametrize("role", [None, *Role])
def test_who_may_open_the_page_of_the_keys(
    app: Flask, sign_in: Callable[[int], FlaskClient], role: Role | None
) -> None:
    vote, person = before_the_vote(), a_person()
    if role:
        a_role(person, vote.id, role)
    browser = sign_in(person)
    reads, acts = role in {Role.ORGANISER, Role.COUNCIL, Role.AUDITOR}, role is Role.ORGANISER
    assert browser.get(address(vote)).status_code == (200 if reads else 403)
    assert browser.post(address(vote), data={"deed": "destroy"}).status_code == (409 if acts else 403)
    assert ("<form" in browser.get(address(vote)).text.partition("<main")[2]) == acts


def test_the_whole_way_on_the_page(app: Flask, sign_in: Callable[[int], FlaskClient], standing_clock: Move) -> None:
    vote = published(standing_clock)
    browser = sign_in(vote.organiser)
    data = {"deed": "escrow", "note": (io.BytesIO(a_note(vote)), "escrow.json")}
    answer = browser.post(address(vote), data=data, follow_redirects=True)
    holder = record(vote).notes[0].first[0]
    assert (
        "Plaatsvervanger" in answer.text
        and " ".join(holder[place : place + 5] for place in range(0, 20, 5)) in answer.text
    )
    assert "De sleutels blijven tot maandag 13 juli" in answer.text and 'value="destroy"' not in answer.text
    standing_clock(VOTE.closes + KEPT_FOR)
    assert browser.post(address(vote), data={"deed": "destroy"}).status_code == 422
    answer = browser.post(address(vote), data={"deed": "destroy", "rest": "yes"}, follow_redirects=True)
    assert "Een tweede persoon moet dit nog bevestigen." in answer.text
    confirm(vote.id, vote.second)
    answer = browser.get(address(vote))
    assert "Twee mensen vernietigden de sleutels" in answer.text and "<form" not in answer.text.partition("<main")[2]
    assert browser.post(address(vote), data={"deed": "iets"}).status_code == 400
