"""What two people would seal now: what is still missing, and the manifest that follows from shortlist, roll and keys."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from pb.base.refusals import Reason, Refused
from pb.doors.brokers import broker_reasons
from pb.plans.values import PlanRecord
from pb.roll.reads import credential_root, roll_summary
from pb.roll.values import RollSummary
from pb.rounds.rules import paper_closing
from pb.rounds.values import Frame, PhaseKind, RoundRecord
from pb.selection.reads import plan_groups, shortlist
from pb.selection.values import PlanGroups
from pb.voting.keys import RoundKeys, key_folder, read_keys
from pb.voting.protocol import MANIFEST_VERSION, words_hash
from pb.voting.rules import pot_of_plan, sealing_reasons
from pb.voting.values import BallotPlan, Manifest, PlanCeiling, PlanWords

COUNTING_VERSION = "1"
"""Of every rule; its settings stand in the frame."""


def draft_manifest(
    round_: RoundRecord,
    plans: Sequence[PlanRecord],
    roll: RollSummary,
    root: bytes,
    keys: RoundKeys,
    groups: PlanGroups | None = None,
) -> Manifest:
    """The manifest as it would be sealed now; the same facts always give the same one. The frame must have a vote."""
    vote = round_.frame.calendar.phase(PhaseKind.VOTE)
    if vote is None:
        raise ValueError("a round without a vote has no manifest")
    return Manifest(
        version=MANIFEST_VERSION,
        round=round_.public_id,
        frame=round_.frame,
        plans=tuple(sorted((_ballot_plan(round_.frame, plan) for plan in plans), key=lambda plan: plan.code)),
        styles=round_.frame.styles(),
        counting=f"{round_.frame.counting.rule}/{COUNTING_VERSION}",
        seed_commitment=keys.seed_commitment(),
        opens=vote.opens,
        closes=vote.closes,
        paper_closes=paper_closing(round_.frame, vote.closes),
        areas=_people(round_.frame, roll),
        credentials=roll.styles,
        credential_root=root.hex(),
        sealing_key=keys.sealing.hex(),
        log_key=keys.log_public.hex(),
        checks=keys.checks(),
        conflicts=_conflicts(plans, groups or PlanGroups()),
        ceilings=tuple(_ceilings(round_.frame, plans, groups or PlanGroups())),
    )


def _conflicts(plans: Sequence[PlanRecord], groups: PlanGroups) -> tuple[tuple[str, ...], ...]:
    """The groups as far as their plans are still there."""
    there = {plan.code for plan in plans}
    kept = (tuple(sorted(there.intersection(group))) for group in groups.conflicts)
    return tuple(sorted(group for group in kept if len(group) > 1))


def _ceilings(frame: Frame, plans: Sequence[PlanRecord], groups: PlanGroups) -> Iterator[PlanCeiling]:
    """Each ceiling with its plans: those of its theme, or those that were named."""
    themes = {theme.code for theme in frame.themes}
    for one in frame.counting.ceilings:
        named = groups.parts.get(one.code, ())
        mine = (plan for plan in plans if (plan.draft.theme == one.code if one.code in themes else plan.code in named))
        yield PlanCeiling(one.name, one.amount, tuple(sorted(plan.code for plan in mine)))


def _people(frame: Frame, roll: RollSummary) -> Mapping[str, int]:
    """How many people may vote per area: as the roll tells, or the frame where there is none."""
    if frame.door.takes_codes:
        return roll.areas
    return {frame.area_of(row.style): row.people for row in frame.door.voters}


def _ballot_plan(frame: Frame, plan: PlanRecord) -> BallotPlan:
    words = PlanWords(plan.code, plan.title, plan.draft.text)
    return BallotPlan(plan.code, pot_of_plan(frame, plan.draft.pot), plan.asked, words_hash(words))


def drafted_manifest(round_: RoundRecord, session: Session | None = None) -> Manifest:
    """The manifest as it would be sealed now, from what is stored. Raises `Refused` where the keys are missing."""
    keys = read_keys(key_folder(round_.public_id), round_.public_id)
    roll, root = roll_summary(round_.id, session), credential_root(round_.id, session)
    plans, groups = shortlist(round_.id, session), plan_groups(round_.id, session)
    return draft_manifest(round_, plans, roll, root, keys, groups)


def missing_for_seal(round_: RoundRecord, now: datetime, session: Session | None = None) -> list[Reason]:
    """Everything that is missing before this round's manifest can be sealed."""
    plans = shortlist(round_.id, session)
    pots = {plan.code: pot_of_plan(round_.frame, plan.draft.pot) for plan in plans}
    issued = {style: count.issued for style, count in roll_summary(round_.id, session).styles.items()}
    found = sealing_reasons(round_.frame, round_.adopted, pots, issued, now)
    return found + broker_reasons(round_.frame) + _missing_keys(round_.public_id)


def _missing_keys(round_: str) -> list[Reason]:
    try:
        read_keys(key_folder(round_), round_)
    except Refused as refused:
        return list(refused.reasons)
    return []
