"""The door with an e-mail address: a link or a code from a mail leads to one button, and nothing of it stands in a table."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from pb.doors import cookies
from pb.doors.acts import mail_code
from pb.doors.mailed import Mailed, new_code
from pb.extensions import db
from pb.office.models import AuditEntry, FailedAttempt
from pb.office.reads import waiting_mail
from pb.rounds.values import RoundRecord
from tests.booth import Booth, tracking_of
from tests.doors import EMAIL
from tests.factories import a_frame
from tests.pages import page, words_of
from tests.voting import a_vote, refused, rows

STEM = "/rondes/alphen-centrum-2020/stemmen"
MAIL = f"{STEM}/e-mail"
Move = Callable[[datetime], None]


@pytest.fixture
def round_(app: Flask) -> RoundRecord:
    """A village fund that votes by e-mail address."""
    return a_vote(a_frame(door=EMAIL, minimum_age=0), codes=0).round


@pytest.fixture
def sam(client: FlaskClient, round_: RoundRecord) -> FlaskClient:
    """Somebody who chose a plan and goes on."""
    Booth(client).choose("bank")
    return client


def mailed() -> tuple[str, str]:
    """The link's path and the code of the newest mail."""
    body = waiting_mail()[-1].body
    link, code = re.search(r"http://127\.0\.0\.1:8000(\S+)", body), re.search(r"^(\w{4}) (\w{4})$", body, re.MULTILINE)
    assert link and code, body
    return link[1], code[1] + code[2]


def ask(browser: FlaskClient, address: str = "Sam@Example.org") -> None:
    assert browser.post(MAIL, data={"email": address}).location == f"{MAIL}/code"


def cast(browser: FlaskClient) -> str:
    return tracking_of(Booth(browser).send_proven())


def has_proof(browser: FlaskClient) -> bool:
    return browser.get_cookie("stembewijs", path=STEM) is not None


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_by_the_code(round_: RoundRecord, client: FlaskClient, prefix: str) -> None:
    booth = Booth(client, prefix)
    assert booth.choose("bank").location == f"{prefix}{STEM}/uitbrengen"
    assert client.get(f"{prefix}{STEM}/uitbrengen").location == f"{prefix}{MAIL}"
    page(client.get(f"{prefix}{MAIL}"))
    assert client.post(f"{prefix}{MAIL}", data={"email": "sam@example.org"}).location == f"{prefix}{MAIL}/code"
    assert "sam@example.org" in page(client.get(f"{prefix}{MAIL}/code"))
    link, code = mailed()
    assert link.startswith(f"{prefix}{MAIL}/link/")
    answer = client.post(f"{prefix}{MAIL}/code", data={"code": f"{code[:4].lower()}-{code[4:]}"})
    assert answer.location == f"{prefix}{STEM}/uitbrengen" and rows() == (0, 0, 0, 0)
    page(client.get(answer.location))
    assert tracking_of(booth.send_proven()) and rows() == (1, 1, 1, 1)


def test_by_the_link_in_another_browser(app: Flask, sam: FlaskClient) -> None:
    """Opening it confirms nothing, since mail scanners open every link; its browser has no choices yet."""
    ask(sam)
    link, other = mailed()[0], app.test_client()
    for method in (other.get, other.head):
        assert method(link).status_code == 200 and not has_proof(other)
    assert "sam@example.org" in page(other.get(link))
    assert other.post(link).location == f"{STEM}/uitbrengen"
    assert other.get(f"{STEM}/uitbrengen").location == STEM
    Booth(other).choose("kas")
    assert cast(other) and rows() == (1, 1, 1, 1)


def test_one_address_has_one_ballot(app: Flask, round_: RoundRecord) -> None:
    for address, plan in (("sam@example.org", "bank"), (" SAM@example.ORG ", "kas"), ("bob@example.org", "bank")):
        browser = app.test_client()
        Booth(browser).choose(plan)
        ask(browser, address)
        browser.post(f"{MAIL}/code", data={"code": mailed()[1]})
        assert cast(browser)
    assert rows() == (2, 2, 3, 3)


@pytest.mark.parametrize("address", ["", "sam", "sam@", "sam@example.org\r\nBcc: x@example.org", "x" * 255 + "@a.nl"])
def test_what_is_no_address(sam: FlaskClient, address: str) -> None:
    page(sam.post(MAIL, data={"email": address}), 422)
    assert waiting_mail() == ()


@pytest.mark.parametrize("code", ["", "AAAABBBB", "é" * 8, "x" * 41])
def test_a_wrong_code(sam: FlaskClient, code: str) -> None:
    ask(sam)
    page(sam.post(f"{MAIL}/code", data={"code": code}), 422)
    assert not has_proof(sam)


def test_codes_are_not_guessed(sam: FlaskClient) -> None:
    """After a few mistakes everybody at this address waits, also with the right code; then it counts."""
    ask(sam)
    for _ in range(7):
        answer = sam.post(f"{MAIL}/code", data={"code": "AAAABBBB"})
    assert answer.status_code == 429
    page(sam.post(f"{MAIL}/code", data={"code": mailed()[1]}), 429)
    assert not has_proof(sam)


def test_nobodys_mailbox_is_filled(sam: FlaskClient) -> None:
    for _ in range(6):
        ask(sam)
    answer = sam.post(MAIL, data={"email": "sam@example.org"})
    assert "een paar mails" in words_of(page(answer, 429)) and len(waiting_mail()) == 6
    ask(sam, "bob@example.org")


def test_a_code_counts_only_where_it_was_asked(app: Flask, sam: FlaskClient) -> None:
    ask(sam)
    code, thief = mailed()[1], app.test_client()
    assert thief.post(f"{MAIL}/code", data={"code": code}).location == f"{MAIL}?verlopen=1"
    ask(thief, "bob@example.org")
    page(thief.post(f"{MAIL}/code", data={"code": code}), 422)
    assert not has_proof(thief)


def test_a_mail_of_another_round(app: Flask, sam: FlaskClient) -> None:
    other = a_vote(a_frame(door=EMAIL, minimum_age=0), codes=0, slug="zegersloot").round
    ask(sam)
    there = mailed()[0].replace("alphen-centrum-2020", other.slug)
    for answer in (sam.get(there), sam.post(there)):
        assert "Je inlog is te oud" in words_of(page(answer, 410))
    kept = sam.get_cookie("mailcode", path=MAIL)
    assert kept is not None
    address = f"/rondes/{other.slug}/stemmen/e-mail"
    sam.set_cookie("mailcode", kept.value, path=address)
    assert sam.post(f"{address}/code", data={"code": mailed()[1]}).location == f"{address}?verlopen=1"


@pytest.mark.parametrize("token", ["x", "AAAA", "x" * 4000])
def test_a_link_that_nobody_mailed(sam: FlaskClient, token: str) -> None:
    page(sam.post(f"{MAIL}/link/{token}"), 410)
    assert not has_proof(sam)


def test_everything_is_over_after_a_quarter_of_an_hour(
    sam: FlaskClient, round_: RoundRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(sam)
    link, code = mailed()
    monkeypatch.setattr(cookies, "AGE", -1)
    page(sam.post(link), 410)
    assert sam.post(f"{MAIL}/code", data={"code": code}).location == f"{MAIL}?verlopen=1"
    assert "Je keuze is bewaard" in words_of(page(sam.get(f"{MAIL}?verlopen=1")))


def test_a_link_of_a_proof_is_no_link(sam: FlaskClient) -> None:
    """Every seal has its purpose: a proof on a device is no mailed link, nor the other way round."""
    ask(sam)
    link, code = mailed()
    sam.set_cookie("stembewijs", link.rpartition("/")[2], path=STEM)
    assert sam.get(f"{STEM}/uitbrengen").location == MAIL
    sam.post(f"{MAIL}/code", data={"code": code})
    proof = sam.get_cookie("stembewijs", path=STEM)
    assert proof is not None
    page(sam.post(f"{MAIL}/link/{proof.value}"), 410)


def test_the_address_stands_in_no_table_but_the_mail(app: Flask, sam: FlaskClient) -> None:
    ask(sam)
    sam.post(f"{MAIL}/code", data={"code": mailed()[1]})
    cast(sam)
    tables = [table for table in db.metadata.sorted_tables if table.name != "outgoing_mail"]
    written = "".join(str(tuple(row)) for table in tables for row in db.session.execute(select(table)))
    assert "sam@example" not in written.lower()
    assert db.session.scalars(select(AuditEntry.act).where(AuditEntry.act == "mail_code")).all() == ["mail_code"]
    assert db.session.scalars(select(AuditEntry.scope).where(AuditEntry.act == "mail_code")).all() == [None]


def test_a_mail_is_counted_under_a_pseudonym(round_: RoundRecord, standing_clock: Move) -> None:
    mail_code(round_, "sam@example.org", "nl")
    row = db.session.scalars(select(FailedAttempt)).one()
    assert row.failures == 1 and b"sam" not in row.bucket
    assert refused(mail_code, round_, "geen adres", "nl") == ["sign_in.not_an_address"]


def test_codes_differ_and_are_read_kindly() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200 and all(len(code) == 8 for code in codes)
    code = Mailed("r", "a", "K0Q1A2B3")
    for typed in ("k0q1a2b3", "KOQI A2B3", " k0ql-a2b3 "):
        assert code.fits(typed)
    for typed in ("K0Q1A2B4", "K0Q1A2B", "", "K0Q1A2B3X"):
        assert not code.fits(typed)


def test_the_door_is_open_while_people_vote(sam: FlaskClient, round_: RoundRecord, standing_clock: Move) -> None:
    vote = round_.frame.calendar.phases[-1]
    ask(sam)
    link = mailed()[0]
    for moment in (vote.opens - timedelta(seconds=1), vote.closes):
        standing_clock(moment)
        assert sam.get(MAIL).location == STEM and sam.post(link).location == STEM
        assert sam.post(MAIL, data={"email": "sam@example.org"}).location == STEM
    assert len(waiting_mail()) == 1
