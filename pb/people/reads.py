"""Queries about people; they return frozen records."""

from sqlalchemy import select

from pb.extensions import db
from pb.people.models import Person
from pb.people.values import PersonRecord


def person_by_id(person_id: int) -> PersonRecord | None:
    """The person with this number."""
    return _record(db.session.get(Person, person_id))


def person_by_email(email: str) -> PersonRecord | None:
    """The person with this address, whatever its case."""
    return _record(db.session.scalar(select(Person).where(Person.email == email.strip().lower())))


def _record(person: Person | None) -> PersonRecord | None:
    if person is None:
        return None
    return PersonRecord(person.id, person.email, person.public_name, person.is_administrator, person.locale)
