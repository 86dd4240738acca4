"""What an organiser or the chair of the jury does; and what becomes of a plan on the shortlist that is withdrawn."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from pb.base.refusals import refuse_if_any
from pb.base.text import clean_text
from pb.base.transaction import transaction
from pb.office.acts import audit
from pb.plans.values import PlanRecord
from pb.rounds.reads import moment_of
from pb.rounds.values import RoundRecord
from pb.selection.events import shortlist_published
from pb.selection.models import SelectionRow, ShortlistEntry
from pb.selection.reads import candidates, ground_of
from pb.selection.rules.shortlist import (
    choice_reasons,
    chosen_by,
    ground_reasons,
    lot_order,
    opening_reasons,
    people_choose,
    places_for,
    rank_by_likes,
)
from pb.selection.values import Candidate, ChosenBy, SelectionRefusal, Tie


@dataclass(frozen=True, slots=True)
class _Choice:
    """The plans for the ballot with their motivations, and the tie and the lot that settled them."""

    motivations: Mapping[int, str]
    tie: Tie | None = None
    seed: bytes | None = None


def publish_shortlist(
    round_id: int, by: int, chosen: Collection[int] = (), motivations: Mapping[int, str] | None = None
) -> None:
    """The plans for the ballot become public, once. Where the rule decides, `chosen` and `motivations` stay empty.

    Raises `Refused` before the selection or after the vote has begun, while plans wait for a verdict or jurors for
    their scores, and for another number of plans than min(places, feasible) or a plan without motivation.
    """
    given = {plan_id: clean_text(text) for plan_id, text in (motivations or {}).items()}
    with transaction() as session:
        round_, now = moment_of(session, round_id)
        refuse_if_any(opening_reasons(round_, now), status=409)
        plans = candidates(round_, now, session)
        refuse_if_any(ground_reasons(round_, ground_of(round_, plans, now, session)), status=409)
        choice = _by_people(round_, plans, chosen, given) if _people(round_, plans) else _by_rule(round_, plans, chosen)
        kind = chosen_by(round_.frame.selection, len(plans))
        _keep(session, round_, by, kind, choice, now)
        shortlist_published.send(None, session=session, round=round_, plans=tuple(choice.motivations), now=now)
        facts = {"number": len(choice.motivations), "chosen_by": kind.value, "seed": choice.seed and choice.seed.hex()}
        audit(session, "publish_shortlist", f"round:{round_id}", at=now, actor=by, scope=round_id, **facts)


def _people(round_: RoundRecord, plans: Sequence[PlanRecord]) -> bool:
    return people_choose(round_.frame.selection, len(plans))


def _by_people(
    round_: RoundRecord, plans: Sequence[PlanRecord], chosen: Collection[int], given: Mapping[int, str]
) -> _Choice:
    feasible = {plan.id for plan in plans}
    refuse_if_any(choice_reasons(round_.frame.selection, feasible, chosen, given))
    return _Choice({plan_id: given[plan_id] for plan_id in chosen})


def _by_rule(round_: RoundRecord, plans: Sequence[PlanRecord], chosen: Collection[int]) -> _Choice:
    """All feasible plans, or those with the most likes. The lot is drawn here, so nobody knows it before it is public."""
    places = places_for(round_.frame.selection, len(plans))
    seed = secrets.token_bytes(32)
    looked_at = [Candidate(plan.id, plan.code, plan.likes, plan.asked) for plan in plans]
    lot = lot_order(looked_at, round_.public_id, seed)
    ranking = rank_by_likes(looked_at, places, round_.frame.counting.tie, lot)
    if chosen and set(chosen) != set(ranking.chosen):
        refuse_if_any([SelectionRefusal.RULE_DECIDES()])
    drawn = ranking.tie is not None and bool(ranking.tie.by_lot)
    return _Choice(dict.fromkeys(ranking.chosen, ""), ranking.tie, seed if drawn else None)


def _keep(session: Session, round_: RoundRecord, by: int, kind: ChosenBy, choice: _Choice, now: datetime) -> None:
    session.add(
        SelectionRow(
            round_id=round_.id,
            chosen_by=kind.value,
            published_by=by,
            published_at=now,
            tie=asdict(choice.tie) if choice.tie else None,
            lot_seed=choice.seed.hex() if choice.seed else None,
        )
    )
    session.flush()
    session.add_all(
        ShortlistEntry(round_id=round_.id, plan_id=plan_id, motivation=text)
        for plan_id, text in choice.motivations.items()
    )
    for plan_id in choice.motivations:
        audit(session, "enter_shortlist", f"plan:{plan_id}", at=now, scope=round_.id)


def leave_shortlist(session: Session, plan: PlanRecord, now: datetime) -> None:
    """A plan that is withdrawn leaves its place on the shortlist empty. Part of the withdrawing, in its transaction."""
    on_it = (ShortlistEntry.plan_id == plan.id, ShortlistEntry.withdrawn_at.is_(None))
    left = session.execute(
        update(ShortlistEntry).where(*on_it).values(withdrawn_at=now).returning(ShortlistEntry.plan_id)
    ).all()
    if left:
        audit(session, "leave_shortlist", f"plan:{plan.id}", at=now, scope=plan.round_id)
