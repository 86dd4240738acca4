"""The shortlist: what it is made from, and what was published."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from pb.extensions import db
from pb.plans.reads import submitted_plans
from pb.plans.values import PlanRecord
from pb.rounds.values import RoundRecord
from pb.selection.models import SelectionRow, ShortlistEntry
from pb.selection.reads.jury import jury_progress
from pb.selection.reads.standings import standings
from pb.selection.rules.jury import jury_is_done
from pb.selection.rules.shortlist import Ground
from pb.selection.values import ChosenBy, SelectionRecord, Standing, Tie


def shortlist(round_id: int, session: Session | None = None) -> tuple[PlanRecord, ...]:
    """The plans that people can vote for, by code; empty until it is published. Withdrawn plans are not on it."""
    chosen = set(
        (session or db.session).scalars(
            select(ShortlistEntry.plan_id).where(
                ShortlistEntry.round_id == round_id, ShortlistEntry.withdrawn_at.is_(None)
            )
        )
    )
    if not chosen:
        return ()
    plans = (plan for plan in submitted_plans(round_id, session) if plan.id in chosen)
    return tuple(sorted(plans, key=lambda plan: plan.code))


def selection_of(round_id: int, session: Session | None = None) -> SelectionRecord | None:
    """The published shortlist with its motivations; `None` until there is one."""
    session = session or db.session()
    row = session.get(SelectionRow, round_id)
    if row is None:
        return None
    entries = session.scalars(select(ShortlistEntry).where(ShortlistEntry.round_id == round_id)).all()
    return SelectionRecord(
        round_id=round_id,
        chosen_by=ChosenBy(row.chosen_by),
        published_at=row.published_at,
        motivations={entry.plan_id: entry.motivation for entry in entries},
        withdrawn=frozenset(entry.plan_id for entry in entries if entry.withdrawn_at is not None),
        tie=_tie(row.tie),
        lot_seed=row.lot_seed,
    )


def _tie(kept: dict[str, Any] | None) -> Tie | None:
    if kept is None:
        return None
    return Tie(kept["likes"], tuple(kept["tied"]), kept["places"], tuple(kept["by_lot"]))


def ground_of(
    round_: RoundRecord, plans: Sequence[PlanRecord], now: datetime, session: Session | None = None
) -> Ground:
    """What a shortlist of the candidates `plans` stands on at `now`."""
    waiting = standings(round_, now, session=session).values()
    progress = jury_progress(round_, plans, session)
    return Ground(
        feasible=len(plans),
        unjudged=sum(standing is Standing.BEING_ASSESSED for standing in waiting),
        jury_done=jury_is_done(progress, round_, now),
        published=selection_of(round_.id, session) is not None,
    )
