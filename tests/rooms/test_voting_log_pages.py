"""Pages of the log: what everybody sees of it, a ballot found again, the promise on a receipt, and the limits in words."""

import html
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pb.base.transaction import transaction
from pb.rounds.models import Round
from pb.voting.acts import ask_to_withdraw, close_vote, log_waiting_ballots, open_rehearsal
from pb.voting.protocol import read_tracking
from pb.voting.reads import vote_file
from pb.voting.values import Found, Receipt
from pb.words import TRANSLATIONS
from tests.booth import Booth, tracking_of
from tests.factories import a_frame, at
from tests.log import VOTE, move, votes
from tests.voting import Prepared, Voting, a_vote, before_the_vote, confirm, lose_keys, sealed

ROUND = "/rondes/alphen-centrum-2020"
LOG, FIND, PROTECTION = f"{ROUND}/logboek", f"{ROUND}/logboek/zoeken", f"{ROUND}/stemgeheim"
LIMITS = ("watched", "virus", "operator", "keys", "letter", "paper", "small", "review")


def text_of(answer: object) -> str:
    """A page as people read it."""
    plain = re.sub(r"<[^>]+>", " ", getattr(answer, "text"))  # noqa: B009 - an answer of the client
    return re.sub(r"\s+", " ", html.unescape(plain))


def fact(page: str, name: str) -> str:
    """The value behind a name in a list of facts."""
    found = re.search(rf"<dt>{re.escape(name)}</dt><dd>(.*?)</dd>", page)
    assert found, f"{name} is not on the page"
    return found[1]


def a_batch(vote: Voting | Prepared) -> list[Receipt]:
    """Twenty votes in the log."""
    receipts = votes(vote, vote.codes[:20])
    assert log_waiting_ballots(vote.id) == 20
    return receipts


@pytest.mark.parametrize("page", [LOG, FIND, f"{LOG}/bestand"])
def test_there_is_no_log_before_the_sealing(app: Flask, client: FlaskClient, page: str) -> None:
    before_the_vote()
    assert client.get(page).status_code == 404
    assert client.get(PROTECTION).status_code == 200, "how a vote is protected may be read before"


def test_the_counts_change_with_a_batch_only(app: Flask, client: FlaskClient) -> None:
    vote = a_vote(codes=25)
    votes(vote, vote.codes[:4])
    page = client.get(LOG).text
    assert (fact(page, "Stemmen in het logboek"), fact(page, "Laatst bijgewerkt")) == ("0", "Nog niet")
    votes(vote, vote.codes[4:20])
    assert client.get(LOG).text == page, "what waits is nowhere to be seen"
    log_waiting_ballots(vote.id)
    votes(vote, vote.codes[20:])
    page = client.get(LOG).text
    assert fact(page, "Stemmen in het logboek") == "20" and "10 juni" in fact(page, "Laatst bijgewerkt")
    assert "11 juni" in fact(page, "Volgende keer, meestal uiterlijk")


def test_the_codes_in_numbers(app: Flask, client: FlaskClient) -> None:
    vote = a_vote(codes=3)
    page = client.get(LOG).text
    names = ("Verstuurd", "In reserve gemaakt", "Uit de reserve gegeven", "Ongeldig gemaakt")
    assert [fact(page, name) for name in names] == ["3", "1", "0", "0"] and vote.spare


def test_the_newest_heads_and_how_many_there_are(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pb.voting.views.log.NEWEST", 2)
    move(at(5, 20))
    vote = sealed(before_the_vote())
    assert "Dit zijn de nieuwste" not in client.get(LOG).text
    for plan in ("bank", "kas"):
        ask_to_withdraw(vote.id, plan, "Het kan niet.", vote.organiser)
        confirm(vote.id, vote.second)
    page = client.get(LOG).text
    assert page.count('<th scope="row">') == 2 and "Dit zijn de nieuwste 2 van 3." in page


def test_the_file_is_the_public_one(app: Flask, client: FlaskClient) -> None:
    vote = a_vote(codes=20)
    a_batch(vote)
    answer = client.get(f"{LOG}/bestand")
    assert answer.mimetype == "text/plain" and answer.data == vote_file(vote.id, "log.txt")
    assert answer.data.count(b"\nballot ") == 20 and answer.data.count(b"\nhead ") == 2


# Find your ballot


def found(client: FlaskClient, tracking: str) -> str:
    """What the page answers."""
    answer = client.post(FIND, data={"tracking": tracking})
    assert answer.status_code == 200 and "no-store" in answer.headers["Cache-Control"]
    return text_of(answer)


def test_from_not_yet_to_counted(app: Flask, client: FlaskClient) -> None:
    vote = a_vote(codes=20)
    first = votes(vote, vote.codes[:1])[0]
    assert "Hij staat nog niet in het logboek" in found(client, first.tracking)
    assert "11 juni" in found(client, first.tracking)
    second = votes(vote, vote.codes[:1], "kas", key=1)[0]
    votes(vote, vote.codes[1:])
    log_waiting_ballots(vote.id)
    for receipt in (first, second):
        assert "Je stem staat in het openbare logboek." in found(client, receipt.tracking)
    move(VOTE.closes)
    close_vote(vote.id)
    open_rehearsal(vote.id, None)
    assert "staat in het openbare logboek" in found(client, first.tracking), "replaced is told with the result"
    with transaction() as session:
        session.get_one(Round, vote.id).published_at = VOTE.closes
    assert "Deze stem is vervangen" in found(client, first.tracking)
    assert "Je stem is geteld." in found(client, second.tracking)
    assert "We vinden geen stem" in found(client, "0" * 20)


@pytest.mark.parametrize("paper_days", [0, 3])
def test_a_replaced_vote_names_paper_where_there_is_paper(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, paper_days: int
) -> None:
    a_vote(a_frame(paper_days=paper_days))
    monkeypatch.setattr("pb.voting.views.log.find_ballot", lambda _round, _number: Found.REPLACED)
    assert ("of door een stem op papier" in found(client, "0" * 20)) == bool(paper_days)


def test_what_waits_is_in_the_log_after_the_close(app: Flask, client: FlaskClient) -> None:
    vote = a_vote()
    receipt = votes(vote, vote.codes[:1])[0]
    move(VOTE.closes)
    assert "binnen een uur na het sluiten" in found(client, receipt.tracking)
    close_vote(vote.id)
    assert "staat in het openbare logboek" in found(client, receipt.tracking)


def test_every_number_finds_its_own_ballot(app: Flask, client: FlaskClient) -> None:
    vote = a_vote(codes=20)
    receipts = a_batch(vote)
    for receipt in receipts:
        assert "staat in het openbare logboek" in found(client, receipt.tracking)
        other = receipt.tracking[:-1] + ("0" if receipt.tracking[-1] != "0" else "1")
        assert "We vinden geen stem" in found(client, other)


@pytest.mark.parametrize("typed", ["", "abc", "U" * 20, "0" * 19, "0" * 21, "💥" * 20, "0" * 4000])
def test_what_is_no_number(app: Flask, client: FlaskClient, typed: str) -> None:
    a_vote()
    answer = client.post(FIND, data={"tracking": typed})
    assert answer.status_code == 422 and "heeft 20 tekens" in answer.text


@pytest.mark.parametrize("change", [str.lower, lambda code: " ".join(code), lambda code: f"{code[:5]}-{code[5:]}"])
def test_a_number_is_forgiven_how_it_is_typed(change: Callable[[str], str]) -> None:
    assert read_tracking(change("0123456789ABCDEFGHJK")) == "0123456789ABCDEFGHJK"
    assert read_tracking("oO1Il" * 4) == "00111" * 4


def test_the_number_stands_in_no_address_and_no_log(
    app: Flask, client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    vote = a_vote()
    receipt = votes(vote, vote.codes[:1])[0]
    caplog.set_level("DEBUG")
    found(client, receipt.tracking)
    assert receipt.tracking not in caplog.text and "tracking" not in client.get(FIND).request.url


def test_nothing_is_found_without_the_keys(app: Flask, client: FlaskClient) -> None:
    vote = a_vote()
    lose_keys(vote.round)
    answer = client.post(FIND, data={"tracking": "0" * 20})
    assert answer.status_code == 503 and "We kunnen nu niet zoeken" in answer.text


def test_a_ballot_is_found_after_the_keys_were_destroyed(app: Flask, client: FlaskClient) -> None:
    vote = a_vote()
    receipt = votes(vote, vote.codes[:1])[0]
    move(VOTE.closes)
    close_vote(vote.id)
    lose_keys(vote.round)
    assert "staat in het openbare logboek" in found(client, receipt.tracking)
    assert "We vinden geen stem" in found(client, "0" * 20)


# The receipt


def a_receipt(client: FlaskClient, *plans: str) -> str:
    """The page that a voter gets."""
    vote = a_vote()
    answer = Booth(client).vote(vote.codes[0], *plans)
    assert tracking_of(answer)
    return answer.text


def test_a_receipt_promises_and_says_what_is_usual(app: Flask, client: FlaskClient) -> None:
    page = a_receipt(client, "bank")
    assert "We beloven: je stem staat uiterlijk" in page and "29 juni" in page
    assert "Meestal is dat al uiterlijk" in page and "11 juni" in page
    assert f'href="{FIND}"' in page and "js/receipt.js" in page


def commands(page: str) -> list[str]:
    """What a voter copies from the page."""
    return [html.unescape(found) for found in re.findall(r"<pre[^>]*><code>(.*?)</code></pre>", page, re.DOTALL)]


@pytest.mark.parametrize("plans", [(), ("bank",), ("bank", "kas")])
def test_the_steps_by_hand_work(app: Flask, client: FlaskClient, tmp_path: Path, plans: tuple[str, ...]) -> None:
    missing = [name for name in ("python3", "openssl", "xxd") if shutil.which(name) is None]
    if missing:
        pytest.skip(f"not installed: {missing}")
    page = a_receipt(client, *plans)
    number, promise = commands(page)
    said = [
        subprocess.run(["bash", "-c", one], cwd=tmp_path, capture_output=True, text=True) for one in (number, promise)
    ]
    commitment, *signs = said[0].stdout.split()
    assert commitment == fact(page, "Controlegetal (C)").removeprefix("<code>").removesuffix("</code>")
    assert len(signs) == 4 and signs == re.findall(r"<span>(\w{5})</span>", page)
    assert said[1].returncode == 0 and "Verified Successfully" in said[1].stdout, said[1].stderr
    broken = promise.replace("echo 0", "echo 1", 1)
    assert subprocess.run(["bash", "-c", broken], cwd=tmp_path, capture_output=True).returncode != 0


# The limits


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("page", [LOG, FIND, PROTECTION])
def test_the_pages_have_one_heading_in_both_languages(app: Flask, client: FlaskClient, prefix: str, page: str) -> None:
    a_vote()
    answer = client.get(prefix + page)
    assert answer.status_code == 200 and answer.text.count("<h1>") == 1
    assert not re.search(r">\s*(log|protection|receipt)\.[a-z_.]+", answer.text), "a key without words"


@pytest.mark.parametrize(("locale", "prefix"), [("nl", ""), ("en", "/en")])
def test_every_limit_is_said(app: Flask, client: FlaskClient, locale: str, prefix: str) -> None:
    a_vote()
    catalogue = (TRANSLATIONS / locale / "LC_MESSAGES" / "voting.po").read_text(encoding="utf-8")
    page = text_of(client.get(prefix + PROTECTION))
    for limit in LIMITS:
        for key in (f"protection.limit.{limit}", f"protection.limit.{limit}.words"):
            said = re.search(rf'msgid "{re.escape(key)}"\nmsgstr "(.+)"', catalogue)
            assert said and said[1] in page, key


def test_dutch_sentences_for_residents_are_short() -> None:
    catalogue = (TRANSLATIONS / "nl" / "LC_MESSAGES" / "voting.po").read_text(encoding="utf-8")
    words = re.findall(r'msgid "(?:log|protection|receipt)\.[^"]*"\nmsgstr "(.+)"', catalogue)
    long = [one for said in words for one in re.split(r"(?<=[.?!:]) ", said) if len(one.split()) > 15]
    assert len(words) > 80 and not long
