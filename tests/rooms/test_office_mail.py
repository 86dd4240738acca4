"""Mail: composed in the recipient's language, sent to a real SMTP server, tried again, given up in words."""

import socket
import ssl
import subprocess
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from pb.base.clock import host_now
from pb.base.transaction import transaction
from pb.extensions import db
from pb.office import outbox
from pb.office.acts import queue_mail, set_municipality
from pb.office.housekeeping import clear_away
from pb.office.mail import compose, site_url
from pb.office.models import OutgoingMail
from pb.office.reads import sent_mail, stuck_mail, waiting_mail
from pb.office.values import MOST_TRIES, MailTrouble
from tests.factories import a_person
from tests.rooms.test_office_records import ALPHEN

Server = Callable[..., "Postbox"]


class Postbox:
    """What a mail server received; `answers` are given in their order instead of an acceptance."""

    def __init__(self) -> None:
        self.envelopes: list[Any] = []
        self.answers: list[str] = []
        self.secure: list[bool] = []

    async def handle_DATA(self, _server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        if self.answers:
            return self.answers.pop(0)
        self.envelopes.append(envelope)
        self.secure.append(session.ssl is not None)
        return "250 taken"

    @property
    def mails(self) -> list[EmailMessage]:
        return [message_from_bytes(envelope.content, policy=default) for envelope in self.envelopes]  # type: ignore[misc]


@pytest.fixture
def server(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """Starts a real SMTP server on this machine and lets the application send to it."""
    running: list[Controller] = []

    def start(user: str = "", **options: Any) -> Postbox:
        box = Postbox()
        controller = Controller(box, hostname="127.0.0.1", port=free_port(), **options)
        controller.start()
        running.append(controller)
        monkeypatch.setitem(app.config, "MAIL", f"smtp://{user}127.0.0.1:{controller.port}")
        return box

    yield start
    for controller in running:
        controller.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def queue(recipient: str = "sam@example.org", subject: str = "Je plan is haalbaar", body: str = "Dag Sam") -> None:
    with transaction() as session:
        queue_mail(session, recipient, subject, body)


def test_a_mail_arrives_whole(server: Server) -> None:
    box = server()
    set_municipality(ALPHEN)
    queue(subject="Café ‘t Hoekje: € 4.200", body="Dag Sam,\n.\n" + "lange regel " * 200 + "\nGroet")
    assert outbox.send_due() == 1
    mail = box.mails[0]
    assert mail["To"] == "sam@example.org" and mail["From"] == "Alphen Begroot <begroot@example.org>"
    assert mail["Subject"] == "Café ‘t Hoekje: € 4.200" and mail["Message-ID"].endswith("@example.org>")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content().splitlines() == ["Dag Sam,", ".", "lange regel " * 200, "Groet"]
    assert waiting_mail() == () and outbox.send_due() == 0


def test_what_a_sent_mail_said_is_not_kept(server: Server) -> None:
    server()
    queue(body="een link om in te loggen")
    outbox.send_due()
    mail = sent_mail()[0]
    assert (mail.subject, mail.body, mail.sent_at, mail.trouble) == ("", "", host_now(), None)


def test_the_mailbox_of_a_demo_keeps_what_was_said(app: Flask) -> None:
    queue(body="Dag Sam")
    assert outbox.send_due() == 1
    assert [(mail.recipient, mail.body) for mail in sent_mail()] == [("sam@example.org", "Dag Sam")]


@pytest.mark.parametrize(
    ("recipient", "subject"),
    [("sam@example.org", "Dag\r\nBcc: all@example.org"), ("sam@example.org\r\nBcc: all@example.org", "Dag"),
     ("sam@example.org, all@example.org", "Dag"), ("geen adres", "Dag")],
)  # fmt: skip
def test_nothing_slips_into_the_headers(server: Server, recipient: str, subject: str) -> None:
    box = server()
    queue(recipient, subject)
    queue("kim@example.org", "Gewone mail")
    outbox.send_due()
    assert [envelope.rcpt_tos for envelope in box.envelopes] == [["kim@example.org"]]
    assert [mail.trouble for mail in stuck_mail()] == [MailTrouble.NOT_A_MAIL]


def test_a_server_that_is_away_is_tried_again_until_it_is_given_up(
    app: Flask, monkeypatch: pytest.MonkeyPatch, standing_clock: Callable[[datetime], None]
) -> None:
    monkeypatch.setitem(app.config, "MAIL", f"smtp://127.0.0.1:{free_port()}")
    queue()
    began, waits = host_now(), []
    while outbox.send_due():
        mail = db.session.scalars(select(OutgoingMail)).one()
        assert mail.last_error == MailTrouble.UNREACHABLE
        waits.append((mail.next_try_at - host_now()).total_seconds() / 60)
        assert outbox.send_due() == 0  # not before its time
        standing_clock(mail.next_try_at)
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128]
    assert host_now() - began > timedelta(hours=4)
    assert [mail.tries for mail in stuck_mail()] == [MOST_TRIES]


def test_not_now_is_tried_again_under_the_same_number(
    server: Server, standing_clock: Callable[[datetime], None]
) -> None:
    box = server()
    box.answers = ["451 greylisted"]
    queue()
    outbox.send_due()
    assert [(mail.trouble, mail.tries) for mail in waiting_mail()] == [(MailTrouble.NOT_NOW, 1)] and not stuck_mail()
    standing_clock(host_now() + timedelta(minutes=1))
    outbox.send_due()
    assert len(box.envelopes) == 1 and waiting_mail() == ()


def test_a_mail_that_is_sent_twice_is_known_as_one(server: Server) -> None:
    box = server()
    queue()
    outbox.send_due()
    with transaction() as session:  # as if the worker had died between sending and writing that down
        session.execute(update(OutgoingMail).values(sent_at=None, next_try_at=host_now()))
    outbox.send_due()
    assert len({mail["Message-ID"] for mail in box.mails}) == 1 < len(box.mails)


def test_never_is_given_up_at_once_and_others_still_leave(server: Server) -> None:
    box = server()
    box.answers = ["550 no such mailbox"]
    queue("gone@example.org")
    queue("sam@example.org")
    outbox.send_due()
    assert [envelope.rcpt_tos for envelope in box.envelopes] == [["sam@example.org"]]
    assert [(mail.recipient, mail.trouble) for mail in stuck_mail()] == [("gone@example.org", MailTrouble.REFUSED)]


def test_a_deed_that_fails_sends_nothing(server: Server) -> None:
    box = server()
    with pytest.raises(LookupError), transaction() as session:
        queue_mail(session, "sam@example.org", "Gelukt", "Dag")
        raise LookupError
    assert outbox.send_due() == 0 and box.envelopes == []


def test_the_administrator_reads_what_did_not_arrive(
    client: FlaskClient, server: Server, sign_in: Callable[[int], FlaskClient]
) -> None:
    server().answers = ["550 no such mailbox"]
    queue("gone@example.org")
    outbox.send_due()
    page = sign_in(a_person(administrator=True)).get("/beheer/gemeente").text
    assert "gone@example.org" in page and "De mailserver weigerde de mail." in page


def test_old_mail_is_cleared_away(app: Flask, standing_clock: Callable[[datetime], None]) -> None:
    queue()
    outbox.send_due()
    clear_away()
    assert len(sent_mail()) == 1
    standing_clock(host_now() + timedelta(days=31))
    clear_away()
    assert sent_mail() == ()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 and its key, made on the spot."""
    folder = tmp_path_factory.mktemp("tls")
    files = folder / "certificate.pem", folder / "key.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    names = ["-addext", "subjectAltName=IP:127.0.0.1", "-out", str(files[0]), "-keyout", str(files[1])]
    subprocess.run([*made, *names], check=True, capture_output=True)
    return files


@pytest.fixture
def context(certificate: tuple[Path, Path]) -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(*certificate)
    return made


def test_tls_is_used_wherever_it_is_offered(
    server: Server, context: ssl.SSLContext, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    box = server(tls_context=context)
    queue()
    outbox.send_due()
    assert box.secure == [True]


def test_a_foreign_certificate_gets_no_mail(server: Server, context: ssl.SSLContext) -> None:
    box = server(tls_context=context)
    queue()
    outbox.send_due()
    assert box.envelopes == [] and [mail.trouble for mail in waiting_mail()] == [MailTrouble.UNREACHABLE]


def _admit(_server: Any, _session: Any, _envelope: Any, _mechanism: str, login: Any) -> AuthResult:
    return AuthResult(success=(login.login, login.password) == (b"begroot", b"ge heim"))


def test_a_password_goes_over_tls(
    server: Server, context: ssl.SSLContext, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    box = server("begroot:ge%20heim@", tls_context=context, authenticator=_admit, auth_required=True)
    queue()
    outbox.send_due()
    assert box.secure == [True]


def test_a_password_never_goes_in_the_clear(server: Server) -> None:
    box = server("begroot:geheim@", authenticator=_admit, auth_require_tls=False)
    queue()
    outbox.send_due()
    assert box.envelopes == [] and [mail.trouble for mail in waiting_mail()] == [MailTrouble.UNREACHABLE]


@pytest.mark.parametrize(("locale", "words", "path"), [("nl", "je code", "/mijn"), ("en", "your code", "/en/mijn")])
def test_a_mail_speaks_one_language(app: Flask, locale: str, words: str, path: str) -> None:
    set_municipality(ALPHEN)
    subject, body = compose("sign_in", locale, link="https://…", code="123456", minutes=15)
    assert words in subject and "\n" not in subject
    assert "14 0172" in body and "Alphen Begroot" in body and "{{" not in body and body.endswith("\n")
    assert site_url("people.mine", locale) == f"http://127.0.0.1:8000{path}"


def test_a_subject_is_one_clean_line(app: Flask) -> None:
    subject, _ = compose("sign_in", "nl", link="", code="1\r2\u20283\u202e4", minutes=15)
    assert subject == "1 2 34 is je code om in te loggen"
