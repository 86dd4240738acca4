"""Roles: an organiser says who does what in a round."""

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from pb.base.access import Role
from pb.base.refusals import Refused
from pb.base.transaction import transaction
from pb.office.acts import audit
from pb.people.acts import ensure_person
from pb.rounds.models import Grant
from pb.rounds.reads import moment_of, people_with
from pb.rounds.values import RoundRefusal


def grant_role(round_id: int, email: str, role: Role, by: int | None, name: str = "") -> int:
    """Give the person with this address a role in the round, and give their number; twice is as once.

    `by` is an organiser, or `None` for a command. Raises `Refused` for what is not an address.
    """
    with transaction() as session:
        _, now = moment_of(session, round_id)
        person_id = ensure_person(session, email, name)
        try:
            with session.begin_nested():
                session.add(Grant(round_id=round_id, person_id=person_id, role=role, granted_at=now))
        except IntegrityError:
            return person_id
        subject = f"round:{round_id}"
        audit(session, "grant_role", subject, at=now, actor=by, scope=round_id, person=person_id, role=role)
    return person_id


def revoke_role(round_id: int, person_id: int, role: Role, by: int | None) -> None:
    """Take a role away. Raises `Refused` for the last organiser: a round is never left without one."""
    with transaction() as session:
        _, now = moment_of(session, round_id)
        holders = {person.id for person in people_with(round_id, role, session)}
        if role is Role.ORGANISER and holders == {person_id}:
            raise Refused(RoundRefusal.LAST_ORGANISER(), status=409)
        its = (Grant.round_id == round_id) & (Grant.person_id == person_id) & (Grant.role == role)
        session.execute(delete(Grant).where(its))
        subject = f"round:{round_id}"
        audit(session, "revoke_role", subject, at=now, actor=by, scope=round_id, person=person_id, role=role)
