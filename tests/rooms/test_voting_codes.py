"""Codes as people type them and as attackers try them: the abuse cases of codes, through the pages."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from pb.base.transaction import transaction
from pb.extensions import db
from pb.office.models import FailedAttempt
from pb.office.throttle import FREE
from pb.roll.codes import make_code, show_code
from pb.roll.models import CredentialRow
from tests.booth import Booth, fields_of, ticked, tracking_of
from tests.factories import a_round
from tests.voting import Voting, a_code, a_vote, rows, seal, statements


@pytest.fixture
def vote(app: Flask) -> Voting:
    return a_vote()


@pytest.fixture
def booth(vote: Voting, client: FlaskClient) -> Booth:
    return Booth(client)


TYPED = {
    "in groups": show_code,
    "small letters": str.lower,
    "hyphens": lambda code: "-".join(code[at : at + 4] for at in range(0, 16, 4)),
    "O for 0": lambda code: code.replace("0", "O"),
    "I for 1": lambda code: code.replace("1", "i"),
    "L for 1": lambda code: code.replace("1", "l"),
    "wide spaces": lambda code: f"\u00a0 {code[:8]}\t{code[8:]} \n",
    "points": lambda code: f"{code[:4]}.{code[4:8]}·{code[8:12]}–{code[12:]}",
}


@pytest.mark.parametrize("how", TYPED)
def test_codes_are_taken_as_people_type_them(vote: Voting, booth: Booth, how: str) -> None:
    assert tracking_of(booth.vote(TYPED[how](vote.codes[0]), "bank"))


def mistyped(code: str) -> str:
    """The code with its first sign wrong."""
    return ("1" if code[0] == "0" else "0") + code[1:]


@pytest.mark.parametrize("typed", ["", "ABCD", "0" * 17, "U" * 16, "<b>x</b>", "٠١٢٣٤٥٦٧٨٩٠١٢٣٤٥", "0" * 5000])
def test_what_is_no_code_is_a_typing_error(vote: Voting, booth: Booth, typed: str) -> None:
    answer = booth.vote(typed, "bank")
    assert answer.status_code == 422 and ticked(answer) == ["bank"] and "<b>x" not in answer.text
    assert rows() == (0, 0, 0, 0) and not db.session.scalars(select(FailedAttempt)).all()


def test_a_typing_error_is_shown_to_be_mended_and_asks_no_list(vote: Voting, booth: Booth) -> None:
    booth.choose("bank")
    form, typed = fields_of(booth.code_page().text), mistyped(vote.codes[0])
    with statements() as sent:
        answer = booth.send(form, typed)
    assert "Er zit een tikfout in je code." in answer.text and f'value="{typed}"' in answer.text
    assert not [statement for statement in sent if "credential" in statement]
    assert tracking_of(booth.cast(vote.codes[0]))


def wrong_codes(vote: Voting) -> dict[str, str]:
    """A code of every kind that does not vote here."""
    revoked = a_code(vote.round, alive=False)
    elsewhere = a_code(a_round(slug="elders"))
    seal(vote.round, number=2)
    return {"unknown": make_code(), "spare": vote.spare, "revoked": revoked, "of another round": elsewhere}


def test_every_wrong_code_has_the_same_words_status_and_work(vote: Voting, booth: Booth, client: FlaskClient) -> None:
    seen = set()
    for code in wrong_codes(vote).values():
        client.delete_cookie(f"keuze-{vote.round.slug}")
        with transaction() as session:
            session.execute(FailedAttempt.__table__.delete())
        booth.choose("bank")
        form = fields_of(booth.code_page().text)
        with statements(whole=True) as work:
            answer = booth.send(form, code)
        text = re.sub(r'name="csrf_token" value="[^"]*"', "", answer.text).replace(form["key"][0], "")
        seen.add((answer.status_code, text, tuple(work)))
        assert code not in text
    assert len(seen) == 1, [(status, len(text), work) for status, text, work in seen]
    assert "Met deze code kun je hier niet stemmen." in text and rows() == (0, 0, 0, 0)


def test_too_many_wrong_codes_are_asked_to_wait_and_the_right_one_never(vote: Voting, booth: Booth) -> None:
    booth.choose("bank")
    answers = [booth.cast(make_code()) for _ in range(FREE + 3)]
    assert [answer.status_code for answer in answers] == [422] * FREE + [429] * 3
    assert [answer.headers.get("Retry-After") for answer in answers[FREE:]] == ["2", "4", "8"]
    assert "Wacht 8 seconden en probeer het nog eens." in answers[-1].text
    assert fields_of(answers[-1].text)["plan"] == ["bank"]
    assert tracking_of(booth.cast(vote.codes[0]))


def test_another_address_does_not_wait(vote: Voting, booth: Booth) -> None:
    booth.choose("bank")
    for _ in range(FREE + 1):
        booth.cast(make_code())
    form = fields_of(booth.code_page().text)
    answer = booth.browser.post(
        f"{booth.address}/code", data=form | {"code": make_code()}, environ_base={"REMOTE_ADDR": "192.0.2.7"}
    )
    assert answer.status_code == 422


def test_all_addresses_together_wait_in_the_end(vote: Voting, booth: Booth, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pb.voting.views.explain.FREE_FOR_ALL", 3)
    booth.choose("bank")
    form, found = fields_of(booth.code_page().text), []
    for place in range(5):
        sent = form | {"code": make_code()}
        where = {"REMOTE_ADDR": f"192.0.2.{place}"}
        found.append(booth.browser.post(f"{booth.address}/code", data=sent, environ_base=where).status_code)
    assert found == [422, 422, 422, 429, 429]


def test_the_throttle_knows_no_address(vote: Voting, booth: Booth) -> None:
    booth.choose("bank")
    booth.cast(make_code())
    kept = db.session.scalars(select(FailedAttempt)).all()
    assert len(kept) == 2 and all(len(row.bucket) == 32 and b"127" not in row.bucket for row in kept)


def test_many_codes_from_one_address_are_allowed(vote: Voting, booth: Booth) -> None:
    assert len({tracking_of(booth.vote(code, "bank")) for code in vote.codes}) == len(vote.codes)


def test_a_wrong_code_keeps_the_earlier_vote(vote: Voting, booth: Booth) -> None:
    booth.vote(vote.codes[0], "bank")
    booth.vote(make_code(), "kas")
    with transaction() as session:
        session.execute(update(CredentialRow).values(alive=False))
    assert booth.vote(vote.codes[0], "kas").status_code == 422
    assert rows() == (1, 1, 1, 1)
