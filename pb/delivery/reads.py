"""Queries about winners; they return frozen records and never write."""

from collections import defaultdict
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from pb.delivery.models import Follow, ProjectRow, StopRow, UpdateRow
from pb.delivery.rules import reached
from pb.delivery.values import Milestone, Project, Update
from pb.extensions import db
from pb.plans.reads import plan_by_id, submitted_plans
from pb.plans.values import PlanRecord


def projects(round_id: int) -> tuple[Project, ...]:
    """The winners of a round in the order of the result, also those that a correction took out; empty until it is published."""
    rows = db.session.scalars(
        select(ProjectRow).where(ProjectRow.round_id == round_id).order_by(ProjectRow.position)
    ).all()
    if not rows:
        return ()
    plans = {plan.id: plan for plan in submitted_plans(round_id)}
    stops = _stops(ProjectRow.round_id == round_id)
    return tuple(_project(row, plans[row.plan_id], stops[row.plan_id]) for row in rows if row.plan_id in plans)


def project_of(plan_id: int, session: Session | None = None) -> Project | None:
    """The project that a plan became, or `None` where it did not win."""
    row = (session or db.session()).get(ProjectRow, plan_id, populate_existing=True)
    plan = plan_by_id(plan_id, session) if row else None
    return _project(row, plan, _stops(ProjectRow.plan_id == plan_id, session)[plan_id]) if row and plan else None


def updates_of(plan_id: int) -> tuple[Update, ...]:
    """The news about a winner, newest first."""
    rows = db.session.scalars(
        select(UpdateRow).where(UpdateRow.plan_id == plan_id).order_by(UpdateRow.at.desc(), UpdateRow.id.desc())
    )
    return tuple(_update(row) for row in rows)


def newest_pictures(round_id: int) -> dict[int, Update]:
    """The newest news with a picture about each winner of a round, by the plan's number."""
    rows = db.session.scalars(
        select(UpdateRow)
        .join(ProjectRow, ProjectRow.plan_id == UpdateRow.plan_id)
        .where(ProjectRow.round_id == round_id, UpdateRow.picture.is_not(None))
        .order_by(UpdateRow.at, UpdateRow.id)
    )
    return {row.plan_id: _update(row) for row in rows}


def is_following(plan_id: int, person_id: int) -> bool:
    """Whether the person hears about this winner."""
    return db.session.get(Follow, (plan_id, person_id)) is not None


def follower_ids(plan_id: int, session: Session) -> tuple[int, ...]:
    """Who hears about a winner; only for sending mail."""
    return tuple(session.scalars(select(Follow.person_id).where(Follow.plan_id == plan_id).order_by(Follow.person_id)))


def _update(row: UpdateRow) -> Update:
    return Update(row.id, row.plan_id, row.text, row.picture, row.picture_alt, row.at)


def _stops(
    condition: ColumnElement[bool], session: Session | None = None
) -> defaultdict[int, list[tuple[Milestone, datetime]]]:
    rows = (session or db.session).execute(
        select(StopRow.plan_id, StopRow.milestone, StopRow.at)
        .join(ProjectRow, ProjectRow.plan_id == StopRow.plan_id)
        .where(condition)
        .order_by(StopRow.id)
    )
    found: defaultdict[int, list[tuple[Milestone, datetime]]] = defaultdict(list)
    for plan_id, milestone, at in rows:
        found[plan_id].append((Milestone(milestone), at))
    return found


def _project(row: ProjectRow, plan: PlanRecord, stops: list[tuple[Milestone, datetime]]) -> Project:
    milestone = Milestone(row.milestone)
    return Project(plan, milestone, row.awarded, row.spent, reached(milestone, stops), row.dropped_at)
