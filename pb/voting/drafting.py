"""What two people would seal now: what is still missing, and the manifest that follows from shortlist, roll and keys."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from pb.base.hashing import tagged_hash
from pb.base.refusals import Reason, Refused
from pb.plans.values import PlanRecord
from pb.roll.reads import credential_root, roll_summary
from pb.roll.values import RollSummary
from pb.rounds.values import Frame, PhaseKind, RoundRecord
from pb.selection.reads import shortlist
from pb.voting.keys import RoundKeys, key_folder, read_keys
from pb.voting.protocol import MANIFEST_VERSION
from pb.voting.rules import pot_of_plan, sealing_reasons
from pb.voting.values import BallotPlan, Manifest

COUNTING = "most-votes/1"
"""The counting rule and its version; what happens with a plan that does not fit stands in the frame."""


def draft_manifest(
    round_: RoundRecord, plans: Iterable[PlanRecord], roll: RollSummary, root: bytes, keys: RoundKeys
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
        counting=COUNTING,
        seed_commitment=keys.seed_commitment(),
        opens=vote.opens,
        closes=vote.closes,
        paper_closes=vote.closes,
        areas=_people(round_.frame, roll),
        credentials=roll.styles,
        credential_root=root.hex(),
        sealing_key=keys.sealing.hex(),
        log_key=keys.log_public.hex(),
        checks=keys.checks(),
    )


def _people(frame: Frame, roll: RollSummary) -> Mapping[str, int]:
    """How many people may vote per area: as the roll tells, or the frame where there is none."""
    if frame.door.takes_codes:
        return roll.areas
    return {frame.area_of(row.style): row.people for row in frame.door.voters}


def _ballot_plan(frame: Frame, plan: PlanRecord) -> BallotPlan:
    words = tagged_hash("plan", plan.code, plan.title, plan.draft.text).hex()
    return BallotPlan(plan.code, pot_of_plan(frame, plan.draft.pot), plan.asked, words)


def drafted_manifest(round_: RoundRecord, session: Session | None = None) -> Manifest:
    """The manifest as it would be sealed now, from what is stored. Raises `Refused` where the keys are missing."""
    keys = read_keys(key_folder(round_.public_id), round_.public_id)
    roll, root = roll_summary(round_.id, session), credential_root(round_.id, session)
    return draft_manifest(round_, shortlist(round_.id, session), roll, root, keys)


def missing_for_seal(round_: RoundRecord, now: datetime, session: Session | None = None) -> list[Reason]:
    """Everything that is missing before this round's manifest can be sealed."""
    plans = shortlist(round_.id, session)
    pots = {plan.code: pot_of_plan(round_.frame, plan.draft.pot) for plan in plans}
    issued = {style: count.issued for style, count in roll_summary(round_.id, session).styles.items()}
    return sealing_reasons(round_.frame, round_.adopted, pots, issued, now) + _missing_keys(round_.public_id)


def _missing_keys(round_: str) -> list[Reason]:
    try:
        read_keys(key_folder(round_), round_)
    except Refused as refused:
        return list(refused.reasons)
    return []
