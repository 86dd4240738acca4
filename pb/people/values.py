"""Who is on the site: a person is an e-mail address that was confirmed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from pb.base.refusals import Reason, Refusal

LIFETIME = timedelta(minutes=15)
"""How long a mailed link and its code can be used."""
MOST_WRONG = 5
"""Wrong codes before the sign-in is void."""
MOST_MAILS = 5
"""Mails to one address within `LIFETIME`, so that nobody's mailbox is filled by others."""
DIGITS = 6


class SignInRefusal(Refusal):
    """Why a sign-in is not taken. None says whether an address has an account."""

    NOT_AN_ADDRESS = "sign_in.not_an_address"
    TOO_MANY_MAILS = "sign_in.too_many_mails"
    WRONG_CODE = "sign_in.wrong_code"
    SPENT = "sign_in.spent"


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """A person as other rooms see them. `public_name` is what they chose to show; the address is never shown."""

    id: int
    email: str
    public_name: str
    is_administrator: bool
    locale: str


@dataclass(frozen=True, slots=True)
class SignInRecord:
    """A sign-in under way, as rules judge it."""

    email: str
    expires_at: datetime
    used_at: datetime | None
    wrong_tries: int
    has_deed: bool


@dataclass(frozen=True, slots=True)
class Entered:
    """A sign-in that was used: who, where to go on, and why what waited for it was refused, if it was."""

    person_id: int
    next_path: str
    reasons: tuple[Reason, ...] = ()
