"""The signed-in person of a request, read from the session; and the secret by which a browser is known again."""

from dataclasses import dataclass

from flask import Flask, session
from flask_login import UserMixin, login_user

from pb.extensions import db, login
from pb.people.models import Person
from pb.people.tokens import new_token

_BROWSER = "browser"
_WAITING = "sign_in_email"


@dataclass(frozen=True, slots=True)
class SessionPerson(UserMixin):  # type: ignore[misc]
    """Who is signed in; an old session (another epoch) is nobody."""

    id: int
    email: str
    public_name: str
    is_administrator: bool
    epoch: int

    def get_id(self) -> str:
        """What the session keeps: number and epoch."""
        return f"{self.id}.{self.epoch}"


def init_app(app: Flask) -> None:
    """Tell Flask-Login how a person is found again."""
    login.user_loader(_load)
    login.session_protection = None  # mobile addresses change; the epoch ends sessions instead


def this_browser() -> str:
    """This browser's secret, made when it first asks to sign in; nothing else knows it."""
    if _BROWSER not in session:
        session[_BROWSER] = new_token()
    secret: str = session[_BROWSER]
    return secret


def await_code(email: str) -> None:
    """Remember the address that was mailed to, for the page that asks for the code."""
    session[_WAITING] = email


def awaited_address() -> str | None:
    """The address that this browser was last mailed at, until it signs in."""
    found: str | None = session.get(_WAITING)
    return found


def enter(person_id: int) -> None:
    """Sign the person in, in a new session: nothing that was planted in the old one lives on."""
    session.clear()
    login_user(_person(db.session.get_one(Person, person_id)))


def leave() -> None:
    """Sign out in this browser."""
    session.clear()


def _load(kept: str) -> SessionPerson | None:
    number, _, epoch = kept.partition(".")
    if not (number.isdecimal() and epoch.isdecimal()):
        return None
    row = db.session.get(Person, int(number))
    return _person(row) if row and row.session_epoch == int(epoch) else None


def _person(row: Person) -> SessionPerson:
    return SessionPerson(row.id, row.email, row.public_name, row.is_administrator, row.session_epoch)
