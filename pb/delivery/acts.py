"""What an organiser says about winners, and what a neighbour does to hear it."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from pb.base.money import Cents
from pb.base.refusals import Refused, refuse_if_any
from pb.base.text import clean_line, clean_text
from pb.base.transaction import transaction
from pb.base.upsert import insert_or_update
from pb.delivery.models import Follow, ProjectRow, StopRow, UpdateRow
from pb.delivery.reads import follower_ids
from pb.delivery.rules import milestone_reasons, money_reasons, update_reasons
from pb.delivery.values import DeliveryRefusal, Milestone
from pb.office.acts import audit, queue_mail
from pb.office.mail import compose, site_url
from pb.people.reads import person_by_id
from pb.plans.reads import plan_by_id
from pb.rounds.reads import moment_of
from pb.rounds.values import RoundRecord


def begin_projects(session: Session, round_: RoundRecord, winners: Sequence[int], now: datetime) -> None:
    """Winners become projects, awarded what they asked; their proposers follow them. Part of publishing the result."""
    for position, plan_id in enumerate(winners, start=1):
        plan = plan_by_id(plan_id, session)
        if plan is None or session.get(ProjectRow, plan_id) is not None:
            continue
        row = ProjectRow(plan_id=plan_id, round_id=round_.id, position=position, milestone=Milestone.CHOSEN)
        row.awarded = plan.asked
        session.add(row)
        session.flush()
        session.add(StopRow(plan_id=plan_id, milestone=Milestone.CHOSEN, reason="", at=now))
        session.add(Follow(plan_id=plan_id, person_id=plan.proposer_id, at=now))
        audit(session, "begin_project", f"plan:{plan_id}", at=now, scope=round_.id, awarded=plan.asked)


def follow_correction(
    session: Session, round_: RoundRecord, winners: Sequence[int], reason: str, now: datetime
) -> None:
    """A corrected result: new winners become projects, who no longer wins is dropped, who wins again goes on where it was.

    Followers hear it; proposers have a mail of their own. Part of the correcting transaction.
    """
    begin_projects(session, round_, winners, now)
    for row in session.scalars(
        select(ProjectRow).where(ProjectRow.round_id == round_.id).order_by(ProjectRow.position)
    ):
        wins = row.plan_id in winners
        row.position = winners.index(row.plan_id) + 1 if wins else row.position
        if wins is (row.dropped_at is None):
            continue
        row.dropped_at = None if wins else now
        act = "resume_project" if wins else "drop_project"
        letter = "project_resumed" if wins else "project_dropped"
        _tell_followers(session, round_, row.plan_id, letter, but_proposer=True, reason=reason)
        audit(session, act, f"plan:{row.plan_id}", at=now, scope=round_.id, reason=reason)


def reach_milestone(plan_id: int, by: int, to: Milestone, reason: str = "") -> None:
    """A winner comes to its next stop, and its followers hear it. Raises `Refused` for going back without a reason."""
    reason = clean_line(reason)
    with transaction() as session:
        row, round_, now = _project(session, plan_id)
        refuse_if_any(milestone_reasons(Milestone(row.milestone), to, reason, dropped=row.dropped_at is not None))
        row.milestone = to
        session.add(StopRow(plan_id=plan_id, milestone=to, reason=reason, at=now))
        _tell_followers(session, round_, plan_id, "project_milestone", milestone=to, reason=reason)
        facts = {"milestone": to.value, "reason": reason}
        audit(session, "reach_milestone", f"plan:{plan_id}", at=now, actor=by, scope=round_.id, **facts)


def post_update(
    plan_id: int, by: int, text: str, picture: str | None = None, picture_alt: str = "", *, form_key: str = ""
) -> None:
    """News about a winner for everyone, and to its followers by mail. The same `form_key` again changes nothing;
    without one it is always news.
    """
    text, picture_alt, form_key = clean_text(text), clean_line(picture_alt), form_key or secrets.token_hex(16)
    refuse_if_any(update_reasons(text, picture, picture_alt))
    with transaction() as session:
        _, round_, now = _project(session, plan_id)
        words = {"text": text, "picture": picture, "picture_alt": picture_alt}
        if session.scalar(select(UpdateRow.id).where(UpdateRow.form_key == form_key)):
            return
        session.add(UpdateRow(plan_id=plan_id, form_key=form_key, written_by=by, at=now, **words))
        _tell_followers(session, round_, plan_id, "project_update", text=text)
        audit(session, "post_update", f"plan:{plan_id}", at=now, actor=by, scope=round_.id)


def record_money(plan_id: int, by: int, spent: Cents) -> None:
    """What a winner cost so far, in cents. More than was awarded is taken: the page says so plainly."""
    refuse_if_any(money_reasons(spent))
    with transaction() as session:
        row, round_, now = _project(session, plan_id)
        row.spent = spent
        audit(session, "record_money", f"plan:{plan_id}", at=now, actor=by, scope=round_.id, spent=spent)


def follow(plan_id: int, by: int) -> None:
    """A person wants to hear about a winner. Twice is once."""
    with transaction() as session:
        _, _, now = _project(session, plan_id)
        insert_or_update(session, Follow, {"plan_id": plan_id, "person_id": by}, at=now)
        audit(session, "follow", f"person:{by}", at=now, plan=plan_id)


def unfollow(plan_id: int, by: int) -> None:
    """A person no longer wants to hear about a winner. Twice is once."""
    with transaction() as session:
        _, _, now = _project(session, plan_id)
        session.execute(delete(Follow).where(Follow.plan_id == plan_id, Follow.person_id == by))
        audit(session, "unfollow", f"person:{by}", at=now, plan=plan_id)


def _project(session: Session, plan_id: int) -> tuple[ProjectRow, RoundRecord, datetime]:
    """The project with its round, and the clock read after the lock on the round; so two deeds never cross."""
    row = session.get(ProjectRow, plan_id)
    if row is None:
        raise Refused(DeliveryRefusal.NO_PROJECT(), status=404)
    round_, now = moment_of(session, row.round_id)
    session.refresh(row)
    return row, round_, now


def _tell_followers(
    session: Session, round_: RoundRecord, plan_id: int, letter: str, *, but_proposer: bool = False, **facts: Any
) -> None:
    plan = plan_by_id(plan_id, session)
    for person_id in follower_ids(plan_id, session):
        person = person_by_id(person_id)
        if person is None or plan is None or (but_proposer and person_id == plan.proposer_id):
            continue
        link = site_url("plans.page", person.locale, slug=round_.slug, code=plan.code)
        words = compose(letter, person.locale, plan=plan, round=round_, link=link, **facts)
        queue_mail(session, person.email, *words, locale=person.locale)
