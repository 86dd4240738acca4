"""The ballots that only the auditor sees: who gets the file, who does not, and what everyone reads instead."""

import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pb.base.access import Role
from pb.office.reads import history
from pb.results.acts import take_auditors_file
from pb.results.reads import auditors_file, public_file, public_names
from pb.rounds.reads import round_by_id
from pb.rounds.values import Openings
from pb.voting.publication import AUDITORS
from pb.voting.reads import opened
from tests.factories import a_frame, a_person, a_role, a_round
from tests.results import Move, Over, adopted, over, published
from tests.rooms.test_results_pages import AREAS, IN_AREAS
from tests.verifier import verify
from tests.voting import refused

SignIn = Callable[[int], FlaskClient]
BALLOTS = [("tuin",)] * 5 + [("bomen", "kas")] * 4 + [()]
CLOSED = a_frame(openings=Openings.AUDITOR)


@pytest.fixture
def done(app: Flask, standing_clock: Move) -> Over:
    return published(over(standing_clock, BALLOTS, CLOSED), standing_clock)


@pytest.fixture
def few(app: Flask, standing_clock: Move) -> Over:
    """Three people voted in an area of their own, and four in the other one."""
    voters = [("bank",), ("kas",), ("bank",), ("kas",), ("bank",), (), ("bank",)]
    return published(over(standing_clock, voters, AREAS, IN_AREAS), standing_clock)


def address(done: Over) -> str:
    return f"/beheer/rondes/{done.slug}/controle"


def an_auditor(done: Over) -> int:
    person = a_person(name="Ada")
    a_role(person, done.id, Role.AUDITOR)
    return person


def answers(folder: Path) -> dict[str, str]:
    return {one["check"]: one["answer"] for one in verify.verify(folder)}


def everything_public(client: FlaskClient, done: Over) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(client.get(f"/rondes/{done.slug}/controleren/alles").data)) as packed:
        return {Path(name).name: packed.read(name) for name in packed.namelist()}


def test_the_auditor_checks_what_others_cannot(done: Over, sign_in: SignIn, tmp_path: Path) -> None:
    client = sign_in(an_auditor(done))
    files = everything_public(client, done)
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    assert set(answers(tmp_path).values()) == {"ok", "unchecked"}
    answer = client.post(address(done))
    assert answer.headers["Content-Disposition"] == f"attachment; filename={AUDITORS}"
    assert answer.headers["Cache-Control"] == "private, no-store" and answer.mimetype == "text/csv"
    (tmp_path / AUDITORS).write_bytes(answer.data)
    assert set(answers(tmp_path).values()) == {"ok"}


def test_the_auditor_gets_the_ballots_of_a_small_area(few: Over, sign_in: SignIn, tmp_path: Path) -> None:
    client = sign_in(an_auditor(few))
    files = everything_public(client, few)
    assert "Van een paar stemmen" in client.get(address(few)).text
    for name, content in (files | {AUDITORS: client.post(address(few)).data}).items():
        (tmp_path / name).write_bytes(content)
    assert set(answers(tmp_path).values()) == {"ok"}
    withheld = json.loads(files["opened.json"])["withheld"]
    assert len((tmp_path / AUDITORS).read_text().splitlines()) == 1 + sum(withheld.values())


ROLES = [role for role in Role if role is not Role.AUDITOR]


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", [*ROLES, "administrator", "auditor of another round", "somebody", None])
def test_nobody_else_gets_the_file(done: Over, client: FlaskClient, sign_in: SignIn, who: str, method: str) -> None:
    if who is not None:
        person = a_person(administrator=who == "administrator")
        if who in ROLES:
            a_role(person, done.id, Role(who))
        elif who == "auditor of another round":
            a_role(person, a_round(slug="elders").id, Role.AUDITOR)
        sign_in(person)
    answer = getattr(client, method)(address(done))
    assert answer.status_code == (302 if who is None else 403) and b"style,channel" not in answer.data
    assert not [one for one in history(f"round:{done.id}") if one.act == "take_auditors_file"]


PUBLIC = [
    "",
    "/uitslag",
    "/uitslag/stap-voor-stap",
    "/uitslag/andere-regels",
    "/uitslag/telling",
    "/uitslag/stemmen/all",
]
CHECKING = [
    "",
    "/alles",
    f"/{AUDITORS}",
    "/ballots.csv",
    "/votes-all.pb",
    "/opened.json",
    "/outcome.json",
    "/spent.txt",
]


@pytest.mark.parametrize("role", [None, Role.ORGANISER, Role.AUDITOR])
def test_no_public_address_gives_a_ballot(done: Over, client: FlaskClient, sign_in: SignIn, role: Role | None) -> None:
    if role:
        person = a_person()
        a_role(person, done.id, role)
        sign_in(person)
    piles = opened(done.id)
    assert piles
    secrets = [ballot.nonce.hex().encode() for ballot in piles.ballots]
    for path in [*PUBLIC, *(f"/controleren{rest}" for rest in CHECKING)]:
        answer = client.get(f"/rondes/{done.slug}{path}")
        assert answer.status_code == 200 or path in {
            "/uitslag/stemmen/all", "/controleren/ballots.csv", "/controleren/votes-all.pb", f"/controleren/{AUDITORS}"
        }, path  # fmt: skip
        assert not any(secret in answer.data for secret in secrets), path
    files = everything_public(client, done)
    assert AUDITORS not in files and not any(secret in raw for raw in files.values() for secret in secrets)


def test_the_bundle_for_everyone_has_no_ballot(done: Over) -> None:
    round_ = round_by_id(done.id)
    assert round_ and AUDITORS not in public_names(round_) and public_file(round_, AUDITORS) is None
    assert auditors_file(done.id), "it is kept all the same"


def test_taking_the_file_is_written_down(done: Over, sign_in: SignIn) -> None:
    ada = an_auditor(done)
    client = sign_in(ada)
    client.get(address(done))
    client.post(address(done))
    client.post(address(done))
    found = [one for one in history(f"round:{done.id}") if one.act == "take_auditors_file"]
    assert len(found) == 2 and {one.actor for one in found} == {ada}


@pytest.mark.parametrize("openings", Openings)
def test_before_the_result_there_is_no_file(
    app: Flask, standing_clock: Move, sign_in: SignIn, openings: Openings
) -> None:
    done = adopted(over(standing_clock, BALLOTS, a_frame(openings=openings)), standing_clock)
    client = sign_in(an_auditor(done))
    assert "Dit bestand komt er als de uitslag openbaar is." in client.get(address(done)).text
    answer = client.post(address(done))
    assert answer.status_code == 409 and b"style,channel" not in answer.data
    assert refused(take_auditors_file, done.id, done.organiser) == ["results.nothing_for_auditor"]


def test_where_everyone_sees_all_there_is_none(app: Flask, standing_clock: Move, sign_in: SignIn) -> None:
    done = published(over(standing_clock, BALLOTS), standing_clock)
    client = sign_in(an_auditor(done))
    text = client.get(address(done)).text
    assert (
        "In deze ronde kan iedereen alle stemmen zien." in text
        and "<form" not in text.split("<main")[1].split("</main")[0]
    )
    assert client.post(address(done)).status_code == 409


@pytest.mark.parametrize(
    ("prefix", "result", "check", "mine"),
    [
        (
            "",
            "Alleen de controleur ziet de stemmen.",
            "Vijf controles kun je daarom niet zelf afmaken.",
            "zie alleen jij",
        ),
        ("/en", "Only the auditor sees the votes.", "you cannot finish five checks yourself", "only you see the votes"),
    ],
)
def test_the_pages_say_so(done: Over, sign_in: SignIn, prefix: str, result: str, check: str, mine: str) -> None:
    client = sign_in(an_auditor(done))
    text = client.get(f"{prefix}/rondes/{done.slug}/uitslag").text
    assert result in text and not re.search(r'href="[^"]*/uitslag/stemmen/', text)
    assert check in client.get(f"{prefix}/rondes/{done.slug}/controleren").text
    assert mine in client.get(f"{prefix}{address(done)}").text
    assert f"{prefix}{address(done)}" in client.get(f"{prefix}/beheer").text, "the desk leads there"


def test_five_checks_is_what_the_verifier_says(done: Over, client: FlaskClient, tmp_path: Path) -> None:
    for name, content in everything_public(client, done).items():
        (tmp_path / name).write_bytes(content)
    assert list(answers(tmp_path).values()).count("unchecked") == 5
