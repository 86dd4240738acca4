"""Pure decisions about addresses and sign-ins."""

import unicodedata
from datetime import datetime
from urllib.parse import urlsplit

from email_validator import EmailNotValidError, validate_email

from pb.base.refusals import Reason
from pb.people.values import MOST_MAILS, MOST_WRONG, SignInRecord, SignInRefusal


def normal_address(written: str) -> str | Reason:
    """The address in the one form that is kept: lower case, domain in ASCII; or the reason why it is not one.

    >>> normal_address(" Sam@Example.ORG ")
    'sam@example.org'
    """
    try:
        found = validate_email(written.strip(), allow_smtputf8=False, check_deliverability=False)
    except EmailNotValidError:
        return SignInRefusal.NOT_AN_ADDRESS(about="email")
    return (found.ascii_email or found.normalized).lower()


def local_path(written: str | None) -> str:
    """A path on this site to go on to; `/` for whatever could lead elsewhere (`//evil`, `/\\evil`, `https:…`)."""
    path = written or ""
    odd = any(unicodedata.category(sign).startswith(("C", "Z")) or sign == "\\" for sign in path)
    if odd or not path.startswith("/") or path.startswith("//"):
        return "/"
    parts = urlsplit(path)
    return "/" if parts.scheme or parts.netloc else path


def asking_reasons(mails_lately: int) -> list[Reason]:
    """Why no further mail is sent to an address that got so many of them lately."""
    return [SignInRefusal.TOO_MANY_MAILS(about="email")] if mails_lately >= MOST_MAILS else []


def using_reasons(sign_in: SignInRecord | None, now: datetime) -> list[Reason]:
    """Why a sign-in cannot be used: unknown, used, too old and guessed at too often have the same words."""
    if sign_in is None or sign_in.used_at is not None or sign_in.expires_at <= now:
        return [SignInRefusal.SPENT()]
    return [SignInRefusal.SPENT()] if sign_in.wrong_tries >= MOST_WRONG else []


def digits_of(written: str) -> str:
    """The digits of a code as people type it: `123 456` and `123-456` are the same."""
    return "".join(sign for sign in written if sign.isascii() and sign.isdigit())
