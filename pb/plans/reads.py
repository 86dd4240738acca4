"""Queries about plans; they return frozen records and never write. Who likes a plan is never read, only how many."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, Select, func, select
from sqlalchemy.orm import Session, selectinload

from pb.extensions import db
from pb.office.reads import version_column
from pb.plans.models import Argument, Like, Plan
from pb.plans.values import ArgumentRecord, CarriedBy, CostLine, PlanDraft, PlanRecord, PlanState, Side, UpkeepBy


def plan_by_code(round_id: int, code: str, drafts_of: int | None = None) -> PlanRecord | None:
    """The plan with this code in the round, whole. A draft is found by its own proposer only (`drafts_of`)."""
    plan = _one((Plan.round_id == round_id) & (Plan.code == code))
    hidden = plan is not None and plan.submitted_at is None and plan.proposer_id != drafts_of
    return None if hidden else plan


def plan_by_id(plan_id: int, session: Session | None = None) -> PlanRecord | None:
    """The plan with this number, whole, whatever its state."""
    return _one(Plan.id == plan_id, session)


def submitted_plans(round_id: int, session: Session | None = None) -> tuple[PlanRecord, ...]:
    """Every plan that was handed in and not withdrawn, oldest first, without cost lines: one statement, however many."""
    handed_in = (Plan.round_id == round_id) & (Plan.state == PlanState.SUBMITTED)
    return _without_lines(_plans().where(handed_in).order_by(Plan.id), session)


def listed_plans(round_id: int, at: datetime) -> tuple[tuple[PlanRecord, ...], int]:
    """The plans of the round as they stood at `at`, without cost lines, and the version of all that the round shows.

    One withdrawn since is still among them, and likes are counted up to then. One statement, whatever their number;
    the version is 0 where there is no plan.
    """
    then = (Plan.submitted_at <= at) & (Plan.withdrawn_at.is_(None) | (Plan.withdrawn_at > at))
    wanted = select(Plan, _likes(Like.at <= at), version_column(round_id)).execution_options(populate_existing=True)
    rows = db.session.execute(wanted.where(Plan.round_id == round_id, then)).all()
    return tuple(_record(plan, likes) for plan, likes, _ in rows), rows[0][2] if rows else 0


def plans_of(person_id: int) -> tuple[PlanRecord, ...]:
    """Every plan of a person, drafts and withdrawn ones too, newest first, without cost lines."""
    return _without_lines(_plans().where(Plan.proposer_id == person_id).order_by(Plan.id.desc()))


def codes_of(round_id: int, session: Session) -> frozenset[str]:
    """The codes that the round's plans have, for giving a new one."""
    return frozenset(session.scalars(select(Plan.code).where(Plan.round_id == round_id)))


def arguments_of(plan_id: int, *, hidden: bool = False, session: Session | None = None) -> tuple[ArgumentRecord, ...]:
    """The arguments about a plan, oldest first; with `hidden` also those that organisers hid."""
    shown = [] if hidden else [Argument.hidden_at.is_(None)]
    return _arguments(session, Argument.plan_id == plan_id, *shown)


def arguments_in(round_id: int) -> tuple[ArgumentRecord, ...]:
    """Every argument in the round, hidden ones too, oldest first."""
    return _arguments(None, Plan.round_id == round_id)


def arguments_by(person_id: int, plan_id: int, session: Session) -> tuple[ArgumentRecord, ...]:
    """What one person argued about one plan, for judging whether more is welcome; nobody else is shown this."""
    return _arguments(session, Argument.plan_id == plan_id, Argument.person_id == person_id)


def likes_plan(person_id: int, plan_id: int) -> bool:
    """Whether this person likes the plan; asked for the person themselves only."""
    return db.session.get(Like, (plan_id, person_id), populate_existing=True) is not None


def _likes(*conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count()).where(Like.plan_id == Plan.id, *conditions).correlate(Plan).scalar_subquery()


def _plans() -> Select[Plan, int]:
    return select(Plan, _likes()).execution_options(populate_existing=True)


def _one(condition: ColumnElement[bool], session: Session | None = None) -> PlanRecord | None:
    wanted = _plans().where(condition).options(selectinload(Plan.lines))
    row = (session or db.session).execute(wanted).one_or_none()
    if row is None:
        return None
    lines = tuple(CostLine(line.what, line.amount, line.vat_percent, line.yearly) for line in row[0].lines)
    return _record(row[0], row[1], lines)


def _without_lines(wanted: Select[Plan, int], session: Session | None = None) -> tuple[PlanRecord, ...]:
    return tuple(_record(plan, likes) for plan, likes in (session or db.session).execute(wanted))


def _record(row: Plan, likes: int, lines: Sequence[CostLine] = ()) -> PlanRecord:
    return PlanRecord(
        id=row.id,
        round_id=row.round_id,
        code=row.code,
        state=PlanState(row.state),
        proposer_id=row.proposer_id,
        draft=_draft(row, lines),
        asked=row.asked,
        likes=likes,
        submitted_at=row.submitted_at,
    )


def _draft(row: Plan, lines: Sequence[CostLine]) -> PlanDraft:
    return PlanDraft(
        title=row.title,
        summary=row.summary,
        text=row.text,
        theme=row.theme,
        pot=row.pot,
        place=row.place,
        lines=tuple(lines),
        own_contribution=row.own_contribution,
        carried_by=CarriedBy(row.carried_by),
        upkeep_by=UpkeepBy(row.upkeep_by),
        public_name=row.public_name,
        picture=row.picture,
        picture_alt=row.picture_alt,
    )


def _arguments(session: Session | None, *conditions: ColumnElement[bool]) -> tuple[ArgumentRecord, ...]:
    rows = (session or db.session).execute(
        select(Argument, Plan.proposer_id)
        .join(Plan, Plan.id == Argument.plan_id)
        .where(*conditions)
        .order_by(Argument.at, Argument.id)
        .execution_options(populate_existing=True)
    )
    return tuple(
        ArgumentRecord(
            id=row.id,
            plan_id=row.plan_id,
            side=Side(row.side),
            text=row.text,
            public_name=row.public_name,
            at=row.at,
            by_proposer=row.person_id == proposer_id,
            hidden_at=row.hidden_at,
            hidden_reason=row.hidden_reason,
        )
        for row, proposer_id in rows
    )
