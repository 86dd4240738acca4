"""A mail as the mail server takes it, and the way to that server. No database."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit

from pb.office.values import MailRecord

PATIENCE = 20
"""Seconds for each answer of the server."""


@contextmanager
def connection(address: str) -> Iterator[smtplib.SMTP]:
    """The server at `smtp://[user:password@]host[:port]` or `smtps://…`; STARTTLS wherever it is offered.

    Certificates are checked; `SSL_CERT_FILE` names an authority of one's own. A password goes over TLS only.
    """
    parts = urlsplit(address)
    context = ssl.create_default_context()
    host = parts.hostname or "localhost"
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, parts.port or 465, timeout=PATIENCE, context=context)
    else:
        server = smtplib.SMTP(host, parts.port or 25, timeout=PATIENCE)
    with server:
        _greet(server, context, parts.username, parts.password)
        yield server


def _greet(server: smtplib.SMTP, context: ssl.SSLContext, user: str | None, password: str | None) -> None:
    server.ehlo_or_helo_if_needed()
    if server.has_extn("starttls") and not isinstance(server, smtplib.SMTP_SSL):
        server.starttls(context=context)
        server.ehlo()
    if user is None:
        return
    if not isinstance(server.sock, ssl.SSLSocket):
        raise smtplib.SMTPNotSupportedError("the server offers no TLS, so the password stays here")
    server.login(unquote(user), unquote(password or ""))


def message(mail: MailRecord, sender_name: str, sender: str, number: str) -> EmailMessage:
    """The mail with its headers. Raises `ValueError` where something cannot stand in a header, such as a line end."""
    made = EmailMessage(policy=SMTP)
    made["From"] = Address(sender_name, addr_spec=sender)
    made["To"] = Address(addr_spec=mail.recipient)
    made["Subject"] = mail.subject
    made["Date"] = format_datetime(mail.queued_at)
    made["Message-ID"] = f"<{number}@{sender.rpartition('@')[2]}>"
    made["Content-Language"] = mail.locale
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(mail.body)
    return made


def is_final(error: smtplib.SMTPException) -> bool:
    """Whether the server said never (5xx) and not later (4xx)."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPResponseException) and error.smtp_code >= 500
