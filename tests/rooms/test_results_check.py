"""The page on which anyone checks the vote, and the files that it checks: what is there when, and to whom."""

import base64
import hashlib
import io
import json
import re
import zipfile

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pb.results.findings import CHECKS, Finding
from pb.voting.reads import manifest
from tests.results import Move, Over, over, published
from tests.tampering import FILES
from tests.verifier import PROGRAM, verify
from tests.voting import a_vote, before_the_vote

BALLOTS = [("tuin",)] * 5 + [("bomen", "kas")] * 4 + [()]


@pytest.fixture
def done(app: Flask, standing_clock: Move) -> Over:
    return published(over(standing_clock, BALLOTS), standing_clock)


def page(slug: str, rest: str = "", prefix: str = "") -> str:
    return f"{prefix}/rondes/{slug}/controleren{rest}"


def files_on(text: str) -> list[str]:
    """The public files that a page offers."""
    return re.findall(r'data-file="([^"]+)"', text)


@pytest.mark.parametrize(("prefix", "title"), [("", "Controleer de stemming zelf"), ("/en", "Check the vote yourself")])
def test_the_page_has_every_check_and_every_file(done: Over, client: FlaskClient, prefix: str, title: str) -> None:
    text = client.get(page(done.slug, prefix=prefix)).text
    assert f"<h1>{title}</h1>" in text and files_on(text) == sorted(FILES)
    assert re.findall(r'<li id="(V\d+)"', text) == list(CHECKS)
    assert "python3 verify.py" in text and "verifier/verify.py" in text
    words = json.loads(re.findall(r'<script type="application/json" id="words">(.*?)</script>', text)[0])
    assert all(words[finding] != f"verifier.{finding}" and words[finding].strip() for finding in Finding)


def test_the_page_knows_every_sentence_of_the_program() -> None:
    of_the_twin = {"signature.unable"}
    assert set(Finding) == set(verify.SENTENCES) | of_the_twin and set(CHECKS) == set(verify.CHECKS)
    scripts = "\n".join(path.read_text(encoding="utf-8") for path in PROGRAM.parent.glob("*.js"))
    named = set(re.findall(r'"([a-z]+\.[a-z]+)"', scripts))
    missing = [finding for finding in Finding if finding not in named and not finding.startswith("V")]
    assert not missing, missing


def test_facts_are_the_same_in_page_and_program() -> None:
    from tests.house.test_words import PLACEHOLDER, catalogue

    for key, sentence in verify.SENTENCES.items():
        ours = set(PLACEHOLDER.findall(catalogue("nl")[f"verifier.{key}"][1]))
        assert ours <= set(re.findall(r"\{(\w+)\}", sentence)), key


def test_each_file_and_all_of_them_together(done: Over, client: FlaskClient) -> None:
    names = files_on(client.get(page(done.slug)).text)
    answers = {name: client.get(page(done.slug, f"/{name}")) for name in names}
    assert all("attachment" in one.headers["Content-Disposition"] for one in answers.values())
    assert answers["manifest.json"].mimetype == "application/json" and answers["log.txt"].mimetype == "text/plain"
    archive = client.get(page(done.slug, "/alles")).data
    with zipfile.ZipFile(io.BytesIO(archive)) as packed:
        assert {name: packed.read(f"{done.slug}/{name}") for name in names} == {n: a.data for n, a in answers.items()}
    assert client.get(page(done.slug, "/alles")).data == archive, "the same files give the same archive"


@pytest.mark.parametrize("rest", ["/iets.txt", "/verify.py", "/..%2fconfig.py", "/opened.json%00"])
def test_other_names_are_not_there(done: Over, client: FlaskClient, rest: str) -> None:
    assert client.get(page(done.slug, rest)).status_code == 404


def test_before_the_sealing_there_is_nothing(app: Flask, client: FlaskClient) -> None:
    slug = before_the_vote().round.slug
    answer = client.get(page(slug))
    assert answer.status_code == 200 and "Er valt nog niets te controleren" in answer.text and not files_on(answer.text)
    assert client.get(page(slug, "/alles")).status_code == client.get(page(slug, "/log.txt")).status_code == 404


def test_while_people_vote_no_ballot_and_no_roll_is_public(app: Flask, client: FlaskClient) -> None:
    slug = a_vote().round.slug
    text = client.get(page(slug)).text
    assert "De stemming loopt nog" in text and files_on(text) == ["manifest.json", "plans.json", "log.txt"]
    for name in ("spent.txt", "credentials.txt", "replaced.txt", "ballots.csv", "opened.json", "outcome.json"):
        assert client.get(page(slug, f"/{name}")).status_code == 404


def test_after_the_opening_who_voted_is_public(app: Flask, standing_clock: Move, client: FlaskClient) -> None:
    slug = over(standing_clock, BALLOTS).slug
    text = client.get(page(slug)).text
    assert "De uitslag is nog niet openbaar" in text and "spent.txt" in files_on(text)
    assert client.get(page(slug, "/ballots.csv")).status_code == 404
    assert client.get(page(slug, "/opened.json")).status_code == 404


def test_an_unknown_round_has_no_page(app: Flask, client: FlaskClient) -> None:
    assert client.get(page("nergens")).status_code == client.get(page("nergens", "/log.txt")).status_code == 404


def test_the_newest_head_is_a_signed_note(app: Flask, client: FlaskClient) -> None:
    vote = a_vote()
    assert client.get(f"/rondes/{vote.round.slug}/logboek").text.count("/logboek/stand") == 1
    note = client.get(f"/rondes/{vote.round.slug}/logboek/stand").text
    text, _, line = note.partition("\n\n")
    origin, size, root, at = text.split("\n")
    dash, name, signature = line.rstrip("\n").split(" ")
    sealed = manifest(vote.id)
    assert (
        sealed
        and (dash, name, size) == ("\u2014", origin, "1")
        and origin.startswith(f"begroot/{vote.round.public_id}/")
    )
    key, raw = bytes.fromhex(sealed.log_key), base64.b64decode(signature)
    assert raw[:4] == hashlib.sha256(origin.encode() + b"\n\x01" + key).digest()[:4]
    assert verify.signed(key, f"{text}\n".encode(), raw[4:]) and len(base64.b64decode(root)) == 32 and at.endswith("Z")


def test_a_round_without_a_log_has_no_head(app: Flask, client: FlaskClient) -> None:
    slug = before_the_vote().round.slug
    assert client.get(f"/rondes/{slug}/logboek/stand").status_code == 404
