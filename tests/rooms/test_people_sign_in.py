"""Signing in: the link works once, the code only in its browser, and nothing tells whether an address has an account."""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from pb.base.clock import host_now
from pb.base.refusals import Refused
from pb.extensions import db
from pb.office.acts import queue_mail
from pb.office.reads import history, waiting_mail
from pb.people import acts
from pb.people.events import signed_in
from pb.people.models import Person, SignIn
from pb.people.reads import person_by_email
from pb.people.values import LIFETIME, MOST_MAILS, MOST_WRONG, SignInRefusal
from tests.factories import a_person

SAM = "sam@example.org"


def ask(client: FlaskClient, email: str = SAM, query: str = "") -> tuple[str, str]:
    """Ask for a mail; gives the link's path and the code that it holds."""
    answer = client.post(f"/inloggen{query}", data={"email": email})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/inloggen/code")
    return in_the_newest_mail()


def in_the_newest_mail() -> tuple[str, str]:
    body = waiting_mail()[-1].body
    link = re.search(r"^http://127\.0\.0\.1:8000(/\S+)$", body, re.MULTILINE)
    code = re.search(r"^(\d{6})$", body, re.MULTILINE)
    assert link and code
    return link[1], code[1]


def is_in(client: FlaskClient) -> bool:
    return client.get("/mijn").status_code == 200


def test_the_code_signs_in_and_the_account_is_made(client: FlaskClient) -> None:
    _, code = ask(client, "  Sam@Example.org ", "?next=/mijn")
    assert person_by_email(SAM) is None
    answer = client.post("/inloggen/code", data={"code": f"{code[:3]} {code[3:]}"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/mijn")
    person = person_by_email("SAM@example.org")
    assert person and is_in(client)
    assert [entry.act for entry in history(f"person:{person.id}")] == ["sign_in"]


def test_opening_the_link_uses_nothing_up(app: Flask, client: FlaskClient) -> None:
    link, _ = ask(client)
    scanner = app.test_client()
    for _ in range(3):
        page = scanner.get(link)
        assert page.status_code == 200 and SAM in page.text
    scanner.head(link)
    assert not is_in(scanner)
    assert client.post(link).status_code == 302 and is_in(client)


def test_the_link_works_in_another_browser_and_only_once(app: Flask, client: FlaskClient) -> None:
    link, code = ask(client)
    telephone, thief = app.test_client(), app.test_client()
    assert telephone.post(link).status_code == 302 and is_in(telephone)
    assert thief.post(link).status_code == 410 and thief.get(link).status_code == 410
    assert client.post("/inloggen/code", data={"code": code}).status_code == 422
    assert not is_in(thief) and not is_in(client)


def test_the_code_does_not_count_in_another_browser(app: Flask, client: FlaskClient) -> None:
    _, code = ask(client)
    other = app.test_client()
    ask(other, "other@example.org")
    assert other.post("/inloggen/code", data={"code": code}).status_code == 422
    assert app.test_client().post("/inloggen/code", data={"code": code}).status_code == 422
    assert not is_in(other)


def test_both_run_out(client: FlaskClient, standing_clock: Callable[[datetime], None]) -> None:
    link, code = ask(client)
    standing_clock(host_now() + LIFETIME)
    assert client.get(link).status_code == 410 and client.post(link).status_code == 410
    answer = client.post("/inloggen/code", data={"code": code})
    assert answer.status_code == 422 and "Vraag een nieuwe" in answer.text
    assert not is_in(client)


def test_the_last_moment_still_counts(client: FlaskClient, standing_clock: Callable[[datetime], None]) -> None:
    _, code = ask(client)
    standing_clock(host_now() + LIFETIME - timedelta(seconds=1))
    assert client.post("/inloggen/code", data={"code": code}).status_code == 302


def test_wrong_codes_void_the_sign_in(client: FlaskClient) -> None:
    link, code = ask(client)
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    for tried in range(MOST_WRONG):
        answer = client.post("/inloggen/code", data={"code": wrong})
        assert answer.status_code == 422 and "klopt niet" in answer.text
        assert db.session.scalar(select(SignIn.wrong_tries)) == tried + 1
    assert client.post("/inloggen/code", data={"code": code}).status_code == 422
    assert client.post(link).status_code == 410
    assert not is_in(client)


def test_who_guesses_on_has_to_wait(client: FlaskClient, standing_clock: Callable[[datetime], None]) -> None:
    for _ in range(6):
        client.post("/inloggen/code", data={"code": "000000"})
    answer = client.post("/inloggen/code", data={"code": "000000"})
    assert answer.status_code == 429 and "2 seconden" in answer.text
    _, code = ask(client)
    standing_clock(host_now() + timedelta(seconds=2))
    assert client.post("/inloggen/code", data={"code": code}).status_code == 302


def test_a_stranger_and_an_account_get_the_same_answer(app: Flask) -> None:
    a_person("known@example.org")
    answers = [app.test_client().post("/inloggen", data={"email": f"{who}@example.org"}) for who in ("known", "other")]
    assert answers[0].status_code == answers[1].status_code == 302
    assert answers[0].data == answers[1].data and len(waiting_mail()) == 2


@pytest.mark.parametrize("email", ["", "sam", "sam@example.org\r\nBcc: all@example.org", "x" * 300 + "@example.org"])
def test_what_is_not_an_address_gets_no_mail(client: FlaskClient, email: str) -> None:
    answer = client.post("/inloggen", data={"email": email})
    assert answer.status_code == 422 and "field__error" in answer.text
    assert waiting_mail() == ()


def test_a_mailbox_is_not_filled(client: FlaskClient, standing_clock: Callable[[datetime], None]) -> None:
    for _ in range(MOST_MAILS):
        ask(client)
    assert client.post("/inloggen", data={"email": SAM}).status_code == 429
    assert len(waiting_mail()) == MOST_MAILS
    standing_clock(host_now() + LIFETIME)
    ask(client)


def test_only_the_newest_code_counts(client: FlaskClient) -> None:
    _, first = ask(client)
    _, second = ask(client)
    if first != second:
        assert client.post("/inloggen/code", data={"code": first}).status_code == 422
    assert client.post("/inloggen/code", data={"code": second}).status_code == 302


@pytest.mark.parametrize("evil", ["//evil.example", "https://evil.example", "/\\evil.example", "%2F%2Fevil.example"])
def test_no_sign_in_leads_elsewhere(client: FlaskClient, evil: str) -> None:
    _, code = ask(client, query=f"?next={evil}")
    assert client.post("/inloggen/code", data={"code": code}).headers["Location"] == "/"
    assert client.get(f"/inloggen?next={evil}").headers["Location"] == "/"


def test_the_link_names_our_own_address(client: FlaskClient) -> None:
    client.post("/inloggen", data={"email": SAM}, headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"})
    assert "evil" not in waiting_mail()[0].body


def test_english_stays_english(client: FlaskClient) -> None:
    answer = client.post("/en/inloggen?next=/mijn", data={"email": SAM})
    assert answer.headers["Location"] == "/en/inloggen/code"
    mail = waiting_mail()[0]
    assert mail.locale == "en" and "is your code to sign in" in mail.subject and "/en/inloggen/link/" in mail.body
    link, _ = in_the_newest_mail()
    assert client.post(link).headers["Location"] == "/en/mijn"
    person = person_by_email(SAM)
    assert person and person.locale == "en"


def test_the_session_is_made_new(client: FlaskClient) -> None:
    with client.session_transaction() as session:
        session["planted"] = "by somebody else"
    _, code = ask(client)
    with client.session_transaction() as session:
        before = session["browser"]
    client.post("/inloggen/code", data={"code": code})
    with client.session_transaction() as session:
        assert "planted" not in session and session.get("browser") != before


def test_nothing_secret_is_kept(client: FlaskClient) -> None:
    link, code = ask(client)
    row = db.session.scalars(select(SignIn)).one()
    kept = b"".join([row.token_hash, row.code_hash, row.browser_hash])
    with client.session_transaction() as session:
        assert session["browser"].encode() not in kept
    assert link.rpartition("/")[2].encode() not in kept and code.encode() not in kept


@pytest.fixture
def heard() -> Iterator[list[dict[str, Any]]]:
    """What `signed_in` announced; a deed of the kind `refused` is refused, one of the kind `broken` breaks."""
    found: list[dict[str, Any]] = []

    def hear(_sender: Any, session: Any, person_id: int, deed: dict[str, Any] | None) -> None:
        found.append({"person_id": person_id, "deed": deed})
        kind = (deed or {}).get("kind")
        if kind in {"refused", "broken"}:
            queue_mail(session, "half", "", "")
        if kind == "refused":
            raise Refused(SignInRefusal.TOO_MANY_MAILS())
        if kind == "broken":
            raise LookupError

    with signed_in.connected_to(hear):
        yield found


def asked(app: Flask, deed: dict[str, Any] | None) -> str:
    """Ask from an act of another room; gives the token."""
    with app.test_request_context():
        acts.ask_sign_in(SAM, "/rondes/een", deed)
    return in_the_newest_mail()[0].rpartition("/")[2]


def test_a_deed_is_kept_until_the_address_is_confirmed(app: Flask, heard: list[dict[str, Any]]) -> None:
    token = asked(app, {"kind": "like_plan", "plan": 7})
    assert heard == []
    entered = acts.use_link(token)
    assert heard == [{"person_id": entered.person_id, "deed": {"kind": "like_plan", "plan": 7}}]
    assert entered.next_path == "/rondes/een"


def test_the_link_says_that_a_deed_waits(app: Flask, client: FlaskClient) -> None:
    assert "telt daarna meteen mee" in client.get(f"/inloggen/link/{asked(app, {'kind': 'like_plan'})}").text
    assert "telt daarna meteen mee" not in client.get(f"/inloggen/link/{asked(app, None)}").text


def test_a_refused_deed_is_told_and_undone_alone(app: Flask, client: FlaskClient, heard: list[dict[str, Any]]) -> None:
    token = asked(app, {"kind": "refused"})
    answer = client.post(f"/inloggen/link/{token}")
    assert answer.status_code == 302 and len(heard) == 1
    page = client.get("/mijn").text
    assert "al een paar mails" in page and "Je bent ingelogd." in page
    assert "half" not in [mail.recipient for mail in waiting_mail()]


def test_a_broken_deed_undoes_the_sign_in(app: Flask, heard: list[dict[str, Any]]) -> None:
    token = asked(app, {"kind": "broken"})
    with pytest.raises(LookupError):
        acts.use_link(token)
    assert person_by_email(SAM) is None and "half" not in [mail.recipient for mail in waiting_mail()]
    row = db.session.scalars(select(SignIn)).one()
    assert row.used_at is None


def at_once(app: Flask, count: int, deed: Callable[[], object]) -> list[object]:
    """Do the same in several threads at the same moment; gives results, and the exceptions of those refused."""
    barrier = Barrier(count)

    def one(_number: int) -> object:
        with app.app_context():
            barrier.wait()
            try:
                return deed()
            except Refused as refused:
                return refused

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def test_of_many_uses_at_once_one_counts(app: Flask, heard: list[dict[str, Any]]) -> None:
    token = asked(app, {"kind": "like_plan"})
    results = at_once(app, 6, lambda: acts.use_link(token))
    assert len([result for result in results if isinstance(result, Refused)]) == 5
    assert len(heard) == 1


def test_wrong_codes_at_once_are_all_counted(app: Flask) -> None:
    with app.test_request_context():
        acts.ask_sign_in(SAM)
        from flask import session

        browser = session["browser"]
    _, code = in_the_newest_mail()
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    results = at_once(app, 8, lambda: acts.use_code(browser, wrong))
    assert all(isinstance(result, Refused) for result in results)
    db.session.rollback()
    assert db.session.scalar(select(SignIn.wrong_tries)) == MOST_WRONG


def test_two_links_at_once_make_one_account(app: Flask) -> None:
    tokens = [asked(app, None), asked(app, None)]
    results = at_once(app, 2, lambda: acts.use_link(tokens.pop()))
    assert len({result.person_id for result in results}) == 1  # type: ignore[attr-defined]
    db.session.rollback()
    assert db.session.scalar(select(func.count(Person.id))) == 1
