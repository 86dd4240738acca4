"""A whole round as its public files, and a stranger who checks them: what is public when, and what a command writes."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select, update

from pb.base.hashing import credential_of, token_of
from pb.base.refusals import Refused
from pb.base.transaction import transaction
from pb.commands.bundling import bundle
from pb.extensions import db
from pb.plans.models import Plan
from pb.results.acts import ask_result_adoption, count_round, publish_result
from pb.results.models import PublicFile
from pb.results.reads import public_file, public_names
from pb.rounds.reads import round_by_id
from pb.voting.acts import (
    ask_to_activate,
    ask_to_reissue,
    ask_to_withdraw,
    cast_ballot,
    close_vote,
    log_waiting_ballots,
    open_rehearsal,
)
from tests.bundles import write_files
from tests.factories import CALENDAR, at
from tests.log import move
from tests.results import DECISION
from tests.tampering import Files, failing, keys
from tests.verifier import verify
from tests.voting import COSTS, Prepared, a_code, before_the_vote, confirm, lose_keys, sealed

SOON = ["manifest.json", "plans.json", "log.txt", "credentials.txt", "spent.txt", "replaced.txt"]
ALL = sorted([*SOON, "ballots.csv", "outcome.json", "opened.json", "votes-all.pb"])


def credential(vote: Prepared, code: str) -> str:
    """The public hash of a code."""
    return credential_of(token_of(vote.round.public_id, code)).hex()


@pytest.fixture
def voted(app: Flask) -> Prepared:
    """A vote in which codes got lost, somebody came late, a plan left, and many changed their mind."""
    move(at(5, 20))
    prepared = before_the_vote(codes=14)
    spares = [a_code(prepared.round, area="", kind="spare", age="", alive=False) for _ in range(3)]
    vote = sealed(prepared)
    move(at(6, 10))
    plans = [("bank", "bomen"), ("kas",), (), ("tuin", "bank"), ("bomen", "kas")]
    for place, code in enumerate(vote.codes[:11]):
        cast_ballot(vote.id, code, plans[place % 5], bytes([place] * 16))
        cast_ballot(vote.id, code, plans[(place + 1) % 5], bytes([place + 100] * 16))
    move(at(6, 10, 13))
    assert log_waiting_ballots(vote.id) == 22
    for old, new in zip(vote.codes, spares[:2], strict=False):
        ask_to_reissue(vote.id, credential(vote, old), credential(vote, new), vote.organiser, checked=True)
        confirm(vote.id, vote.second)
    ask_to_activate(vote.id, credential(vote, spares[2]), "2405", vote.organiser, checked=True)
    confirm(vote.id, vote.second)
    ask_to_withdraw(vote.id, "tuin", "De eigenaar wil niet meer.", vote.organiser)
    confirm(vote.id, vote.second)
    for place, code in enumerate([spares[0], spares[2], *vote.codes[9:12]]):
        cast_ballot(vote.id, code, ("kas",), bytes([place + 50] * 16))
    move(CALENDAR.phases[-1].closes)
    close_vote(vote.id)
    return vote


def opened(vote: Prepared) -> Prepared:
    """The piles are open."""
    open_rehearsal(vote.id, vote.organiser)
    return vote


def adopted(vote: Prepared) -> Prepared:
    """The piles are open, the votes counted, and two people entered the decision."""
    move(at(7, 1))
    count_round(vote.id, vote.organiser)
    ask_result_adoption(vote.id, DECISION, vote.organiser)
    confirm(vote.id, vote.second)
    return vote


def published(vote: Prepared) -> Prepared:
    """The adopted result is public."""
    adopted(vote)
    move(at(7, 3))
    publish_result(vote.id, vote.organiser)
    return vote


def files(vote: Prepared) -> Files:
    """What is public of a round now."""
    db.session.rollback()
    round_ = round_by_id(vote.id)
    assert round_
    return {name: public_file(round_, name) or b"" for name in public_names(round_)}


def test_a_stranger_verifies_the_whole_round(voted: Prepared, tmp_path: Path) -> None:
    public = files(published(opened(voted)))
    assert sorted(public) == ALL
    write_files(tmp_path, public)
    found = {one["check"]: one["answer"] + ": " + one["text"] for one in verify.verify(tmp_path)}
    assert set(found) == set(verify.CHECKS) and all(text.startswith("ok") for text in found.values()), found
    assert "13 count, 14 were replaced" in found["V9"] and "(13) than could vote (15)" in found["V10"]


def test_after_the_opening_the_roll_is_public_and_no_ballot(voted: Prepared, tmp_path: Path) -> None:
    public = files(opened(voted))
    assert sorted(public) == sorted(SOON)
    write_files(tmp_path, public)
    found = {one["check"]: one["answer"] for one in verify.verify(tmp_path)}
    assert {check for check, answer in found.items() if answer != "ok"} == {"V6", "V7", "V9", "V11"}
    assert "failed" not in found.values()
    later = files(published(voted))
    assert {name: later[name] for name in SOON} == public, "what was public once stays as it was"


def test_before_the_opening_there_are_manifest_plans_and_log(voted: Prepared, tmp_path: Path) -> None:
    public = files(voted)
    assert sorted(public) == ["log.txt", "manifest.json", "plans.json"]
    write_files(tmp_path, public)
    found = {one["check"]: one["answer"] for one in verify.verify(tmp_path)}
    assert [found[check] for check in ("V1", "V2", "V3", "V4", "V5", "V12")] == ["ok"] * 6
    assert "failed" not in found.values()


def test_words_that_were_changed_behind_the_seal_are_noticed(voted: Prepared, tmp_path: Path) -> None:
    """Also the words of a plan that left the ballot while people voted stay in the file."""
    assert [plan["title"] for plan in json.loads(files(voted)["plans.json"])["plans"]] == [
        f"Plan {code}" for code in COSTS
    ]
    with transaction() as session:
        session.execute(update(Plan).where(Plan.code == "kas").values(text="Toch een zwembad."))
    write_files(tmp_path, files(voted))
    assert list(failing(tmp_path, files(voted))) == ["V13"] and keys(tmp_path)["V13"] == "plans.words"


def test_before_the_sealing_nothing_is_public(app: Flask) -> None:
    assert files(before_the_vote()) == {}


@pytest.mark.parametrize(
    ("name", "change", "check"),
    [
        ("ballots.csv", lambda text: text.replace(",kas\n", ",bomen\n", 1), "V6"),
        ("spent.txt", lambda text: text.replace("code,", "code,0", 1)[:-2] + "\n", "V13"),
        ("outcome.json", lambda text: text.replace('"won": true', '"won": false', 1), "V11"),
        ("log.txt", lambda text: text.replace("ballot ", "ballot 0", 1), "V13"),
    ],
)
def test_a_touched_copy_is_noticed(
    voted: Prepared, tmp_path: Path, name: str, change: Callable[[str], str], check: str
) -> None:
    public = files(published(opened(voted)))
    touched = public | {name: change(public[name].decode()).encode()}
    assert touched != public and check in failing(tmp_path, touched)


def test_without_the_keys_nothing_is_published(voted: Prepared) -> None:
    adopted(opened(voted))
    lose_keys(voted.round)
    with pytest.raises(Refused):
        publish_result(voted.id, voted.organiser)
    assert files(voted).keys() == set(SOON) and not db.session.scalars(select(PublicFile)).all()


def test_the_command_writes_the_same_bytes(
    voted: Prepared, tmp_path: Path, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    public = files(published(opened(voted)))
    monkeypatch.setattr("pb.create_app", lambda: app)
    slug, folder = voted.round.slug, tmp_path / "new" / "bundle"
    ran = CliRunner().invoke(bundle, [slug, "--to", str(folder)])
    assert ran.exit_code == 0 and "opened.json" in ran.output and "not public yet" not in ran.output
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == public
    assert verify.main([str(folder), "--json"]) == 0
    again = CliRunner().invoke(bundle, [slug, "--to", str(folder)])
    assert again.exit_code == 1 and "is not empty" in again.output
    nothing = CliRunner().invoke(bundle, ["nergens", "--to", str(tmp_path / "other")])
    assert nothing.exit_code == 1 and "There is no round" in nothing.output


def test_the_command_says_what_is_not_public_yet(
    voted: Prepared, tmp_path: Path, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pb.create_app", lambda: app)
    ran = CliRunner().invoke(bundle, [voted.round.slug, "--to", str(tmp_path)])
    assert ran.exit_code == 0 and "not public yet" in ran.output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["log.txt", "manifest.json", "plans.json"]


def test_no_public_file_names_a_person_or_a_code(voted: Prepared) -> None:
    public = files(published(opened(voted)))
    text = b"\n".join(public.values()).decode()
    for code in voted.codes:
        assert code not in text
    assert "Olga" not in text and "Piet" not in text
    areas = json.loads(public["opened.json"])["areas"]
    assert sum(areas.values()) == 13 and set(areas) == {"2405", "2406"}
