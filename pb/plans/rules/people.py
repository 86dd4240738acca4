"""Who may write, hand in, take back, like or argue, and when."""

from collections.abc import Sequence
from datetime import datetime

from pb.base.refusals import Reason
from pb.plans.values import LONGEST, MOST_ARGUMENTS, ArgumentRecord, PlanRecord, PlanRefusal, PlanState
from pb.rounds.rules import phase_reasons
from pb.rounds.values import PhaseKind, RoundRecord, RoundRefusal


def proposing_reasons(round_: RoundRecord, now: datetime) -> list[Reason]:
    """Why nobody can write a plan now."""
    return phase_reasons(round_, PhaseKind.PROPOSE, now)


def editing_reasons(round_: RoundRecord, plan: PlanRecord, person_id: int, now: datetime) -> list[Reason]:
    """Why this person cannot change this plan now: it is theirs, not withdrawn, and proposing is open."""
    return _owner_reasons(plan, person_id) or _withdrawn(plan) or proposing_reasons(round_, now)


def submitting_reasons(round_: RoundRecord, plan: PlanRecord, person_id: int, now: datetime) -> list[Reason]:
    """Why this person cannot hand in this plan now, whatever stands in it."""
    reasons = editing_reasons(round_, plan, person_id, now)
    return reasons or ([] if plan.state is PlanState.DRAFT else [PlanRefusal.NOT_A_DRAFT()])


def withdrawing_reasons(round_: RoundRecord, plan: PlanRecord, person_id: int) -> list[Reason]:
    """Why this person cannot take this plan back: once the ballot is sealed only two organisers can."""
    reasons = _owner_reasons(plan, person_id) or _withdrawn(plan)
    sealed = round_.sealed_at is not None and plan.state is PlanState.SUBMITTED
    return reasons or ([RoundRefusal.SEALED()] if sealed else [])


def like_reasons(round_: RoundRecord, plan: PlanRecord, person_id: int, now: datetime) -> list[Reason]:
    """Why this person cannot like this plan now, or take a like back."""
    own = [PlanRefusal.OWN_PLAN()] if plan.proposer_id == person_id else []
    return _outside_reasons(plan) or own or support_reasons(round_, now)


def arguing_reasons(round_: RoundRecord, plan: PlanRecord, now: datetime) -> list[Reason]:
    """Why nobody can give an argument about this plan now: that is open as long as liking is."""
    return _outside_reasons(plan) or support_reasons(round_, now)


def argument_reasons(text: str, public_name: str, earlier: Sequence[ArgumentRecord] = ()) -> list[Reason]:
    """Why these words are no argument; `earlier` is what the same person argued about the plan before."""
    reasons = []
    if not text:
        reasons.append(PlanRefusal.ARGUMENT_MISSING(about="text"))
    if not public_name:
        reasons.append(PlanRefusal.NAME_MISSING(about="public_name"))
    if len(text) > LONGEST["argument"]:
        reasons.append(PlanRefusal.TOO_LONG(about="text", longest=LONGEST["argument"]))
    if len(public_name) > LONGEST["public_name"]:
        reasons.append(PlanRefusal.TOO_LONG(about="public_name", longest=LONGEST["public_name"]))
    if len(earlier) >= MOST_ARGUMENTS:
        reasons.append(PlanRefusal.TOO_MANY_ARGUMENTS(most=MOST_ARGUMENTS))
    return reasons


def hiding_reasons(argument: ArgumentRecord, reason: str) -> list[Reason]:
    """Why an organiser cannot hide this argument: who wrote it is always told why."""
    if argument.hidden_at is not None:
        return [PlanRefusal.HIDDEN_ALREADY()]
    if len(reason) > LONGEST["reason"]:
        return [PlanRefusal.TOO_LONG(about="reason", longest=LONGEST["reason"])]
    return [] if reason else [PlanRefusal.REASON_MISSING(about="reason")]


def support_reasons(round_: RoundRecord, now: datetime) -> list[Reason]:
    """Why nothing can be liked or argued now: that is open while people propose, and in the support phase."""
    proposing = phase_reasons(round_, PhaseKind.PROPOSE, now)
    supporting = phase_reasons(round_, PhaseKind.SUPPORT, now)
    if not (proposing and supporting):
        return []
    ahead = proposing[0].refusal is RoundRefusal.PHASE_AHEAD
    no_support = supporting[0].refusal is RoundRefusal.NO_SUCH_PHASE
    return proposing if ahead or no_support else supporting


def _owner_reasons(plan: PlanRecord, person_id: int) -> list[Reason]:
    """A draft of somebody else is unknown, so that nobody learns that there is one."""
    if plan.proposer_id == person_id:
        return []
    return [PlanRefusal.UNKNOWN() if plan.submitted_at is None else PlanRefusal.NOT_YOURS()]


def _withdrawn(plan: PlanRecord) -> list[Reason]:
    return [PlanRefusal.WITHDRAWN()] if plan.state is PlanState.WITHDRAWN else []


def _outside_reasons(plan: PlanRecord) -> list[Reason]:
    if plan.submitted_at is None:
        return [PlanRefusal.UNKNOWN()]
    return _withdrawn(plan)
