"""The signed-in person of a request, read from the session."""

from dataclasses import dataclass

from flask import Flask
from flask_login import UserMixin, login_user

from pb.extensions import db, login
from pb.people.models import Person


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


def enter(person_id: int) -> None:
    """Sign the person in; the caller has made the session new."""
    login_user(_person(db.session.get_one(Person, person_id)))


def _load(kept: str) -> SessionPerson | None:
    number, _, epoch = kept.partition(".")
    if not (number.isdecimal() and epoch.isdecimal()):
        return None
    row = db.session.get(Person, int(number))
    return _person(row) if row and row.session_epoch == int(epoch) else None


def _person(row: Person) -> SessionPerson:
    return SessionPerson(row.id, row.email, row.public_name, row.is_administrator, row.session_epoch)
