"""What a plan's page and lists of plans show of the result."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache

from flask import render_template

from pb.plans.panels import Tag, panel, tagger
from pb.plans.values import PlanRecord
from pb.results.reads import outcome, won_in
from pb.results.rules import why_not
from pb.rounds.values import RoundRecord


@tagger
def result_tags(plans: Sequence[PlanRecord], round_: RoundRecord, now: datetime) -> Mapping[int, Tag]:
    """Who won and who did not, once that is public."""
    if round_.published_at is None:
        return {}
    won = _won(round_.public_id, round_.corrected_at, round_.id)
    return {plan.id: _tag(won[plan.code]) for plan in plans if plan.code in won}


@panel
def result_panel(plan: PlanRecord, round_: RoundRecord) -> str:
    """What became of a plan that was on the ballot, and why; nothing before that is public."""
    found = outcome(round_.id) if round_.published_at else None
    result = found.result_of(plan.code) if found and found.published_at else None
    if found is None or result is None:
        return ""
    return render_template(
        "results/_panel.html",
        round=round_,
        result=result,
        why=why_not(found, result),
        changed=found.changed_by(plan.code),
        by_points=found.explanation.by_points,
    )


@lru_cache(maxsize=64)
def _won(_public_id: str, _corrected_at: datetime | None, round_id: int) -> Mapping[str, bool]:
    """Found once a process: a published result stands until it is corrected."""
    return won_in(round_id)


def _tag(won: bool) -> Tag:
    return Tag("results.tag.won", "done") if won else Tag("results.tag.not_won", "out")
