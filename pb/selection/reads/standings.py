"""How far plans have come, and the verdicts about them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, case, literal, select
from sqlalchemy.orm import Session, selectinload

from pb.extensions import db
from pb.plans.reads import submitted_plans
from pb.plans.values import PlanRecord
from pb.rounds.values import RoundRecord
from pb.selection.models import ShortlistEntry, VerdictRow
from pb.selection.rules.standing import PASSED_TEST, funnel_of, likes_are_open, standing_of
from pb.selection.values import Funnel, Marks, Standing, Verdict


def marks_of(round_id: int, session: Session | None = None) -> Marks:
    """What was decided about the round's plans, in one statement."""
    judged = select(
        VerdictRow.plan_id, case((VerdictRow.feasible, "feasible"), else_="not_feasible").label("mark")
    ).where(VerdictRow.round_id == round_id)
    chosen = select(ShortlistEntry.plan_id, literal("selected")).where(ShortlistEntry.round_id == round_id)
    found: dict[str, set[int]] = {"feasible": set(), "not_feasible": set(), "selected": set()}
    for plan_id, mark in (session or db.session).execute(judged.union_all(chosen)):
        found[mark].add(plan_id)
    return Marks(**{name: frozenset(ids) for name, ids in found.items()})


def standings(
    round_: RoundRecord, now: datetime, plans: Sequence[PlanRecord] | None = None, session: Session | None = None
) -> dict[int, Standing]:
    """The standing of every submitted plan of the round, by number. Whoever read the plans already hands them on."""
    known = submitted_plans(round_.id, session) if plans is None else plans
    marks = Marks() if likes_are_open(round_.frame, now) else marks_of(round_.id, session)
    return {plan.id: standing_of(plan, round_.frame, marks, now) for plan in known}


def standing_of_plan(plan: PlanRecord, round_: RoundRecord, now: datetime) -> Standing:
    """The standing of one plan, drafts and withdrawn plans included."""
    return standings(round_, now, (plan,))[plan.id]


def candidates(round_: RoundRecord, now: datetime, session: Session | None = None) -> tuple[PlanRecord, ...]:
    """The feasible plans, by code: what a shortlist is chosen from, and stays visible after it is."""
    plans = submitted_plans(round_.id, session)
    found = standings(round_, now, plans, session)
    return tuple(sorted((plan for plan in plans if found[plan.id] in PASSED_TEST), key=lambda plan: plan.code))


def funnel(round_: RoundRecord, now: datetime, standings_: dict[int, Standing] | None = None) -> Funnel:
    """How many plans are left after each step. Whoever read the standings already hands them on."""
    found = standings(round_, now) if standings_ is None else standings_
    return funnel_of(found.values(), round_.frame, now)


def verdict_of(plan_id: int, session: Session | None = None) -> Verdict | None:
    """The newest verdict about a plan."""
    return next(iter(_verdicts(VerdictRow.plan_id == plan_id, session)), None)


def verdicts(round_id: int) -> dict[int, Verdict]:
    """The newest verdict about each plan of the round, by the plan's number."""
    return {verdict.plan_id: verdict for verdict in _verdicts(VerdictRow.round_id == round_id)}


def _verdicts(condition: ColumnElement[bool], session: Session | None = None) -> list[Verdict]:
    rows = (session or db.session).scalars(
        select(VerdictRow).where(condition).options(selectinload(VerdictRow.answers))
    )
    return [
        Verdict(
            plan_id=row.plan_id,
            answers={answer.criterion: answer.met for answer in row.answers},
            feasible=row.feasible,
            reason=row.reason,
            judged_at=row.judged_at,
            version=row.version,
        )
        for row in rows
    ]
