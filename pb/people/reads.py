"""Queries about people; they return frozen records."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from pb.extensions import db
from pb.people.models import Person, SignIn
from pb.people.values import PersonRecord, SignInRecord


def person_by_id(person_id: int, session: Session | None = None) -> PersonRecord | None:
    """The person with this number."""
    return _record((session or db.session).get(Person, person_id))


def person_by_email(email: str, session: Session | None = None) -> PersonRecord | None:
    """The person with this address, whatever its case."""
    return _record((session or db.session).scalar(select(Person).where(Person.email == email.strip().lower())))


def people_by_ids(ids: Iterable[int], session: Session | None = None) -> tuple[PersonRecord, ...]:
    """The people with these numbers, in one statement."""
    wanted = set(ids)
    if not wanted:
        return ()
    rows = (session or db.session).scalars(select(Person).where(Person.id.in_(wanted)).order_by(Person.id))
    return tuple(_whole(row) for row in rows)


def names_of(ids: Iterable[int]) -> dict[int, str]:
    """The names that these people show, by number, in one statement; who shows none has an empty one."""
    wanted = set(ids)
    if not wanted:
        return {}
    rows = db.session.execute(select(Person.id, Person.public_name).where(Person.id.in_(wanted)))
    return {row.id: row.public_name for row in rows}


def sign_in_by_link(token_hash: bytes) -> SignInRecord | None:
    """The sign-in whose mailed link has this hash."""
    row = db.session.scalar(select(SignIn).where(SignIn.token_hash == token_hash))
    return sign_in_record(row) if row else None


def sign_in_record(row: SignIn) -> SignInRecord:
    """A sign-in as rules judge it."""
    return SignInRecord(row.email, row.expires_at, row.used_at, row.wrong_tries, row.deed is not None)


def _record(person: Person | None) -> PersonRecord | None:
    return _whole(person) if person else None


def _whole(person: Person) -> PersonRecord:
    return PersonRecord(person.id, person.email, person.public_name, person.is_administrator, person.locale)
