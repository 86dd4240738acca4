"""Naming plans that exclude each other, and those of a neighbourhood with a ceiling."""

from sqlalchemy.orm import Session

from pb.base.refusals import refuse_if_any
from pb.base.transaction import transaction
from pb.office.acts import audit
from pb.rounds.reads import moment_of
from pb.rounds.values import WHOLE
from pb.selection.models import PlanGroupsRow
from pb.selection.reads import selection_of, shortlist
from pb.selection.rules.groups import group_reasons, naming_reasons
from pb.selection.values import PlanGroups


def save_groups(round_id: int, groups: PlanGroups, by: int) -> None:
    """An organiser names the groups of a shortlist; the manifest takes them over. A ballot that is sealed is sealed anew then.

    Raises `Refused` before the shortlist, once the vote has begun, and for groups that cannot be.
    """
    with transaction() as session:
        round_, now = moment_of(session, round_id)
        published = selection_of(round_id, session) is not None
        refuse_if_any(naming_reasons(round_, published, now), status=409)
        divided = bool(round_.frame.pots)
        pots = {plan.code: plan.draft.pot if divided else WHOLE for plan in shortlist(round_id, session)}
        refuse_if_any(group_reasons(round_.frame, pots, groups))
        conflicts = [sorted(group) for group in groups.conflicts]
        parts = {part: sorted(plans) for part, plans in groups.parts.items()}
        _keep(session, round_id, conflicts, parts)
        facts = {"conflicts": conflicts, "parts": parts}
        audit(session, "save_groups", f"round:{round_id}", at=now, actor=by, scope=round_id, **facts)


def _keep(session: Session, round_id: int, conflicts: list[list[str]], parts: dict[str, list[str]]) -> None:
    row = session.get(PlanGroupsRow, round_id)
    if row is None:
        row = PlanGroupsRow(round_id=round_id)
        session.add(row)
    row.conflicts, row.parts = conflicts, parts
