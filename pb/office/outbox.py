"""The outbox: mails that deeds wrote leave after the commit, to a mail server or to the mailbox page of a demo.

A mail is claimed before it is tried, so that two workers never send it at once and a worker that dies loses nothing: it
is then tried again, under the same Message-ID, by which mail programs know it as one.
"""

import hashlib
import logging
import smtplib
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import ColumnElement, select, update

from pb.base.clock import host_now
from pb.base.transaction import transaction
from pb.extensions import db
from pb.office import smtp
from pb.office.models import OutgoingMail
from pb.office.reads import mail_record, municipality
from pb.office.values import MOST_TRIES, MailRecord, MailTrouble

LOG = logging.getLogger("pb.mail")
BATCH = 20
FIRST_WAIT = timedelta(minutes=1)


def send_due() -> int:
    """Send what is due, and say how many mails were tried."""
    mails = _claim()
    if mails and current_app.config["MAIL"] == "mailbox":
        for mail in mails:
            _sent(mail)
    elif mails:
        _post(mails)
    return len(mails)


def _claim() -> tuple[MailRecord, ...]:
    """Take due mails; what is not settled comes up again after 1, 2, 4, … minutes."""
    if db.session.scalar(select(OutgoingMail.id).where(_due(host_now())).limit(1)) is None:
        return ()
    with transaction() as session:
        now = host_now()
        waiting = select(OutgoingMail).where(_due(now)).order_by(OutgoingMail.id).limit(BATCH)
        rows = session.scalars(waiting.with_for_update(skip_locked=True)).all()
        for row in rows:
            row.next_try_at = now + FIRST_WAIT * 2**row.tries
            row.tries += 1
        return tuple(mail_record(row) for row in rows)


def _due(now: datetime) -> ColumnElement[bool]:
    return OutgoingMail.sent_at.is_(None) & (OutgoingMail.next_try_at <= now) & (OutgoingMail.tries < MOST_TRIES)


def _post(mails: tuple[MailRecord, ...]) -> None:
    try:
        with smtp.connection(current_app.config["MAIL"]) as server:
            for mail in mails:
                _post_one(server, mail)
    except (OSError, smtplib.SMTPException) as error:  # those not settled yet wait for their next try
        LOG.warning("mail server: %s", type(error).__name__)
        for mail in mails:
            _note(mail, MailTrouble.UNREACHABLE)


def _post_one(server: smtplib.SMTP, mail: MailRecord) -> None:
    try:
        server.send_message(smtp.message(mail, _sender_name(), current_app.config["MAIL_FROM"], _number(mail)))
    except smtplib.SMTPServerDisconnected:
        raise
    except smtplib.SMTPException as error:
        if smtp.is_final(error):
            _note(mail, MailTrouble.REFUSED, tries=MOST_TRIES)
        else:
            _note(mail, MailTrouble.NOT_NOW)
    except ValueError:  # an address or subject that cannot stand in a header
        _note(mail, MailTrouble.NOT_A_MAIL, tries=MOST_TRIES)
    else:
        _sent(mail, subject="", body="")  # what it said, perhaps a link to sign in, is nobody's business any more


def _sender_name() -> str:
    found = municipality()
    return found.site_name if found else ""


def _number(mail: MailRecord) -> str:
    """The same at every try, and never that of another mail."""
    return hashlib.sha256(f"{mail.id}|{mail.queued_at.isoformat()}|{mail.recipient}".encode()).hexdigest()[:32]


def _sent(mail: MailRecord, **changes: Any) -> None:
    _change(mail, sent_at=host_now(), last_error="", **changes)


def _note(mail: MailRecord, trouble: MailTrouble, **changes: Any) -> None:
    LOG.warning("mail %d: %s", mail.id, trouble.name)
    _change(mail, last_error=trouble, **changes)


def _change(mail: MailRecord, **values: Any) -> None:
    with transaction() as session:
        unsent = (OutgoingMail.id == mail.id) & OutgoingMail.sent_at.is_(None)
        session.execute(update(OutgoingMail).where(unsent).values(**values))
