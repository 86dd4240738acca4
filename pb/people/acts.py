"""What people do with their account: ask to sign in, use the link or the code, change their name, end their sessions."""

import hmac
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from pb.base.clock import host_now
from pb.base.refusals import Reason, Refused, refuse_if_any
from pb.base.text import clean_line
from pb.base.transaction import transaction
from pb.office.acts import audit, queue_mail
from pb.office.mail import compose, site_url
from pb.people import rules, tokens
from pb.people.events import signed_in
from pb.people.models import Person, SignIn
from pb.people.reads import sign_in_record
from pb.people.session import this_browser
from pb.people.values import LIFETIME, Entered, SignInRefusal
from pb.words import LOCALES, spoken


def ask_sign_in(email: str, next_path: str = "/", deed: dict[str, Any] | None = None) -> str:
    """Mail a link and a code to an address, with or without an account, and give the address in its kept form.

    `next_path` is where to go on afterwards; `deed` is plain JSON that `signed_in` hands on when the address is
    confirmed. Call it in a request: the code will count only in this browser. Raises `Refused`.
    """
    address = _address(email)
    token, code, browser, locale = tokens.new_token(), tokens.new_code(), this_browser(), spoken()
    link = site_url("people.link", locale, token=token)
    subject, body = compose("sign_in", locale, link=link, code=code, minutes=LIFETIME.seconds // 60)
    with transaction() as session:
        now = host_now()
        lately = (SignIn.email == address) & (SignIn.asked_at > now - LIFETIME)
        refuse_if_any(rules.asking_reasons(session.scalar(select(func.count(SignIn.id)).where(lately)) or 0), 429)
        row = SignIn(
            email=address,
            token_hash=tokens.token_hash(token),
            code_hash=tokens.code_hash(browser, code),
            browser_hash=tokens.browser_hash(browser),
            locale=locale,
            next_path=rules.local_path(next_path),
            deed=deed,
            asked_at=now,
            expires_at=now + LIFETIME,
        )
        session.add(row)
        session.flush()
        queue_mail(session, address, subject, body, locale)
        audit(session, "ask_sign_in", f"sign_in:{row.id}", at=now)
    return address


def use_link(token: str) -> Entered:
    """Sign in by the mailed link; it works once, in any browser. Raises `Refused` when it is used, old or unknown."""
    with transaction() as session:
        row = _locked(session, SignIn.token_hash == tokens.token_hash(token))
        now = host_now()
        refuse_if_any(rules.using_reasons(sign_in_record(row) if row else None, now))
        assert row is not None  # noqa: S101 - an unknown one was refused
        return _enter(session, row, now)


def use_code(browser: str, written: str) -> Entered:
    """Sign in by the six digits, in the browser that asked for them. Raises `Refused`; a wrong try is counted and kept."""
    code_hash = tokens.code_hash(browser, rules.digits_of(written))
    with transaction() as session:
        row = _locked(session, SignIn.browser_hash == tokens.browser_hash(browser))
        now = host_now()
        refuse_if_any(rules.using_reasons(sign_in_record(row) if row else None, now))
        assert row is not None  # noqa: S101 - an unknown one was refused
        if hmac.compare_digest(row.code_hash, code_hash):
            return _enter(session, row, now)
        row.wrong_tries += 1
    raise Refused(SignInRefusal.WRONG_CODE(about="code"))


def ensure_person(session: Session, email: str, name: str = "", locale: str = LOCALES[0]) -> int:
    """The number of the person with this address, who is made when there is none; an existing name stays.

    Raises `Refused` for what is not an address.
    """
    address = _address(email)
    insert = (postgresql if session.get_bind().dialect.name == "postgresql" else sqlite).insert
    values = {
        "email": address,
        "public_name": clean_line(name),
        "is_administrator": False,
        "locale": locale,
        "created_at": host_now(),
        "session_epoch": 0,
    }
    session.execute(insert(Person).values(values).on_conflict_do_nothing(index_elements=[Person.email]))
    return session.scalars(select(Person.id).where(Person.email == address)).one()


def make_administrator(email: str) -> int:
    """Make the person with this address, known or new, an administrator of the installation; gives their number."""
    with transaction() as session:
        person_id = ensure_person(session, email)
        session.execute(update(Person).where(Person.id == person_id).values(is_administrator=True))
        audit(session, "make_administrator", f"person:{person_id}", at=host_now())
    return person_id


def change_profile(person_id: int, public_name: str, locale: str) -> None:
    """Choose the name to show, and the language in which mails come."""
    with transaction() as session:
        person = session.get_one(Person, person_id)
        person.public_name, person.locale = clean_line(public_name), locale
        audit(session, "change_profile", f"person:{person_id}", at=host_now(), actor=person_id)


def end_sessions(person_id: int) -> None:
    """Sign a person out on every device."""
    with transaction() as session:
        later = Person.session_epoch + 1
        session.execute(update(Person).where(Person.id == person_id).values(session_epoch=later))
        audit(session, "end_sessions", f"person:{person_id}", at=host_now(), actor=person_id)


def _address(email: str) -> str:
    found = rules.normal_address(email)
    if isinstance(found, Reason):
        raise Refused(found)
    return found


def _locked(session: Session, condition: ColumnElement[bool]) -> SignIn | None:
    """The newest sign-in that this is about; the lock makes the second of two uses at once wait and find it used."""
    newest = select(SignIn).where(condition).order_by(SignIn.id.desc()).limit(1)
    return session.scalar(newest.with_for_update().execution_options(populate_existing=True))


def _enter(session: Session, row: SignIn, now: datetime) -> Entered:
    row.used_at = now
    person_id = ensure_person(session, row.email, locale=row.locale)
    audit(session, "sign_in", f"person:{person_id}", at=now, actor=person_id)
    session.flush()
    try:
        with session.begin_nested():
            signed_in.send(None, session=session, person_id=person_id, deed=row.deed)
    except Refused as refused:
        return Entered(person_id, row.next_path, refused.reasons)
    return Entered(person_id, row.next_path)
