"""Canaries: a code and choices that nobody else has are followed through a whole vote, its mistakes and its breakdowns.

They may stand in what the voter sends and in the page that the voter gets back, and nowhere else.
"""

import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask, current_app
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from werkzeug.test import TestResponse

from pb.base.hashing import credential_of, token_of
from pb.extensions import db
from pb.roll.codes import make_code, show_code
from pb.voting.acts import close_vote
from pb.voting.keys import key_folder, read_keys
from pb.voting.protocol import BallotHashes, hash_ballot
from tests.booth import Booth, fields_of, tracking_of
from tests.factories import CALENDAR, a_person, a_plan, a_round
from tests.voting import Voting, a_code, rows, seal

CHOICE = "kanarie-5r7w"
TITLE = "Kanarievogels op het plein"
CLOSES = CALENDAR.phases[-1].closes
Move = Callable[[datetime], None]


@dataclass
class Canaries:
    """A round, its voter, and everything that was said and answered around the vote."""

    vote: Voting
    booth: Booth
    answers: list[TestResponse] = field(default_factory=list)
    secrets: set[str] = field(default_factory=set)
    commitment: str = ""

    def keep(self, answer: TestResponse) -> TestResponse:
        """An answer that came back."""
        self.answers.append(answer)
        return answer

    def hashes_of(self, key: str) -> BallotHashes:
        """The hashes of the vote for the canary under this key."""
        round_ = self.vote.round.public_id
        slot = credential_of(token_of(round_, self.vote.codes[0]))
        keys = read_keys(key_folder(round_), round_)
        return hash_ballot(keys.round_key, round_, slot, bytes.fromhex(key), (CHOICE,))

    def addresses(self) -> Iterator[str]:
        """Every address that an answer or its page names, and every header."""
        for answer in self.answers:
            yield answer.request.url
            yield from (value for name, value in answer.headers if name != "Set-Cookie")
            yield from re.findall(r'(?:href|action|src)="([^"]*)"', answer.text)


@pytest.fixture
def canaries(app: Flask, client: FlaskClient) -> Canaries:
    round_ = a_round(rehearsal=True)
    a_plan(round_.id, a_person(), TITLE, 4_200_00, code=CHOICE)
    code = a_code(round_)
    seal(round_)
    token = token_of(round_.public_id, code)
    secrets = {code, show_code(code), code.lower(), show_code(code).replace(" ", "-"), CHOICE, TITLE}
    secrets |= {token.hex(), credential_of(token).hex(), token.hex().upper()}
    return Canaries(Voting(round_, [code], make_code()), Booth(client), secrets=secrets)


def a_whole_vote(canaries: Canaries) -> None:
    """Choose, mistype, be refused, vote, send the form again, change your mind, and wipe the device."""
    booth, keep, (code,) = canaries.booth, canaries.keep, canaries.vote.codes
    booth.start()
    keep(booth.choose(CHOICE, "bestaat-niet"))
    keep(booth.choose(CHOICE))
    form = fields_of(keep(booth.code_page()).text)
    for typed in (f"{code[:-1]}{'1' if code[-1] == '0' else '0'}", canaries.vote.spare, code + "0", f" {code} "):
        keep(booth.send(form, typed))
    receipt = keep(booth.send(form, code))
    hashes = canaries.hashes_of(form["key"][0])
    canaries.commitment = hashes.commitment.hex()
    assert hashes.tracking == tracking_of(receipt)
    canaries.secrets |= {hashes.tracking, hashes.nonce.hex(), canaries.commitment, form["key"][0]}
    keep(booth.send(form, code, plan=[]))
    keep(booth.choose(CHOICE))
    keep(booth.send(form, code))
    keep(booth.wipe())
    keep(booth.send(form, code))
    keep(booth.start())


def breakdowns(canaries: Canaries, monkeypatch: pytest.MonkeyPatch) -> list[TestResponse]:
    """The database is locked, and the program fails in the middle of a cast; gives the pages of what went wrong."""
    booth, (code,), found = canaries.booth, canaries.vote.codes, []
    current_app.config["PROPAGATE_EXCEPTIONS"] = False
    troubles = OperationalError("insert", {"code": code, "plan": CHOICE}, Exception("locked")), ZeroDivisionError()
    for trouble in troubles:
        booth.choose(CHOICE)
        form = fields_of(booth.code_page().text)
        with monkeypatch.context() as broken:
            broken.setattr("pb.voting.writing.write", _raising(trouble))
            found.append(canaries.keep(booth.send(form, code)))
    current_app.config["PROPAGATE_EXCEPTIONS"] = None
    return found


def _raising(trouble: Exception) -> Callable[..., None]:
    def fail(*_: object) -> None:
        raise trouble

    return fail


def test_no_log_or_trace_knows_them(
    canaries: Canaries,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.INFO, logger="sqlalchemy.engine")  # every statement, as somebody who looks for a fault
    a_whole_vote(canaries)
    locked, failed = breakdowns(canaries, monkeypatch)
    assert (locked.status_code, failed.status_code) == (503, 500)
    assert "ZeroDivisionError" in caplog.text and "INSERT INTO" in caplog.text, "there is something to search"
    written = caplog.text + "".join(capfd.readouterr())
    left = {secret for secret in canaries.secrets if secret in written}
    assert not left, "in a log"


def test_no_address_knows_them(canaries: Canaries) -> None:
    a_whole_vote(canaries)
    for address in canaries.addresses():
        assert not [secret for secret in canaries.secrets if secret in address], address


STRAY = {
    "a stranger's address": lambda booth, code: booth.browser.get(f"{booth.address}/nergens/{code}"),
    "a query": lambda booth, code: booth.browser.get(f"{booth.address}/code?code={code}&plan={CHOICE}"),
    "the wrong page": lambda booth, code: booth.browser.post("/privacy", data={"code": code, "plan": CHOICE}),
    "another round": lambda booth, code: booth.browser.post("/rondes/x/stemmen/code", data={"code": code}),
    "no cookie": lambda booth, code: booth.browser.post(f"{booth.address}/code", data={"code": code, "plan": CHOICE}),
}


@pytest.mark.parametrize("where", STRAY)
def test_a_code_that_went_astray_is_not_repeated(
    canaries: Canaries, caplog: pytest.LogCaptureFixture, where: str
) -> None:
    caplog.set_level(logging.DEBUG)
    (code,) = canaries.vote.codes
    answer = STRAY[where](canaries.booth, code)
    page = answer.text.replace(answer.request.path, "")  # links to the same page in another language
    assert code not in page and show_code(code) not in page and code not in caplog.text
    assert answer.status_code in {200, 303, 404, 405, 409} and rows() == (0, 0, 0, 0)


def test_an_error_page_shows_nothing_of_what_was_sent(canaries: Canaries, monkeypatch: pytest.MonkeyPatch) -> None:
    _, failed = breakdowns(canaries, monkeypatch)
    assert failed.status_code == 500 and "<h1>" in failed.text
    assert not [secret for secret in canaries.secrets if secret in failed.text]


def test_nothing_in_the_database_or_a_file_knows_them(
    canaries: Canaries, monkeypatch: pytest.MonkeyPatch, standing_clock: Move
) -> None:
    """Mails, jobs, the audit trail, the throttle and every other row, before and after the close; the site's files too."""
    a_whole_vote(canaries)
    breakdowns(canaries, monkeypatch)
    (code,), round_ = canaries.vote.codes, canaries.vote.round.public_id
    public = {CHOICE, TITLE, credential_of(token_of(round_, code)).hex()}
    own = canaries.secrets - public
    assert len(own) >= 9 and not _found(own)
    standing_clock(CLOSES)
    close_vote(canaries.vote.id)
    assert _found(own) == {canaries.commitment}, "of a ballot the log knows its hash alone"


def _found(secrets: set[str]) -> set[str]:
    """Which of them stand in a row or in a file of the site, as text or as bytes."""
    db.session.rollback()
    values = [
        value for table in db.metadata.sorted_tables for row in db.session.execute(select(table)) for value in row
    ]  # fmt: skip
    files = [path.read_bytes() for path in Path(current_app.config["INSTANCE"]).rglob("*") if path.is_file()]
    content = b"\n".join([value if isinstance(value, bytes) else str(value).encode() for value in values] + files)
    raw = {secret: bytes.fromhex(secret) for secret in secrets if re.fullmatch(r"([0-9a-f]{32}){1,2}", secret)}
    return {secret for secret in secrets if secret.encode() in content or (secret in raw and raw[secret] in content)}
