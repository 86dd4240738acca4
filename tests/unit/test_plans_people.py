"""Who may do what with a plan, and when: a grid of state, person and moment for each deed."""

from datetime import UTC, datetime, timedelta

import pytest

from pb.plans.rules import (
    arguing_reasons,
    argument_reasons,
    editing_reasons,
    hiding_reasons,
    like_reasons,
    proposing_reasons,
    submitting_reasons,
    support_reasons,
    withdrawing_reasons,
)
from pb.plans.values import ArgumentRecord, PlanDraft, PlanRecord, PlanRefusal, PlanState, Side
from pb.rounds.values import Calendar, Phase, PhaseKind, RoundRecord, RoundRefusal
from tests.factories import CALENDAR, a_frame, at

OWNER, OTHER = 1, 2
BEFORE, PROPOSE, SUPPORT, ASSESS, VOTE = at(1, 15), at(2, 15), at(3, 20), at(4, 15), at(6, 1)
MOMENTS = {"before": BEFORE, "propose": PROPOSE, "support": SUPPORT, "assess": ASSESS, "vote": VOTE}


def a_round(calendar: Calendar = CALENDAR, adopted: bool = True, sealed: datetime | None = None) -> RoundRecord:
    frame = a_frame(calendar=calendar)
    return RoundRecord(1, "ab", "r", "R", False, timedelta(), frame, 1, adopted, sealed_at=sealed)


def a_plan(state: PlanState = PlanState.SUBMITTED, handed_in: bool = True) -> PlanRecord:
    given = at(2, 3) if handed_in else None
    return PlanRecord(5, 1, "bank", state, OWNER, PlanDraft("Bank"), 100_00, 0, given)


PLANS = {
    "draft": a_plan(PlanState.DRAFT, handed_in=False),
    "submitted": a_plan(),
    "withdrawn": a_plan(PlanState.WITHDRAWN),
    "discarded": a_plan(PlanState.WITHDRAWN, handed_in=False),
}
ROUND = a_round()


def refusals(reasons: list) -> set[str]:
    return {reason.refusal for reason in reasons}


@pytest.mark.parametrize("moment", MOMENTS)
def test_plans_are_written_while_proposing_is_open(moment: str) -> None:
    assert (not proposing_reasons(ROUND, MOMENTS[moment])) == (moment == "propose")


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("person", [OWNER, OTHER])
@pytest.mark.parametrize("plan", PLANS)
def test_editing(plan: str, person: int, moment: str) -> None:
    allowed = person == OWNER and moment == "propose" and plan in {"draft", "submitted"}
    assert (not editing_reasons(ROUND, PLANS[plan], person, MOMENTS[moment])) == allowed


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("person", [OWNER, OTHER])
@pytest.mark.parametrize("plan", PLANS)
def test_submitting(plan: str, person: int, moment: str) -> None:
    allowed = person == OWNER and moment == "propose" and plan == "draft"
    assert (not submitting_reasons(ROUND, PLANS[plan], person, MOMENTS[moment])) == allowed


@pytest.mark.parametrize("sealed", [None, at(5, 20)])
@pytest.mark.parametrize("person", [OWNER, OTHER])
@pytest.mark.parametrize("plan", PLANS)
def test_withdrawing_until_the_ballot_is_sealed(plan: str, person: int, sealed: datetime | None) -> None:
    allowed = person == OWNER and (plan == "draft" or (plan == "submitted" and sealed is None))
    found = withdrawing_reasons(a_round(sealed=sealed), PLANS[plan], person)
    assert (not found) == allowed
    if plan == "submitted" and person == OWNER and sealed:
        assert refusals(found) == {RoundRefusal.SEALED}


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("person", [OWNER, OTHER])
@pytest.mark.parametrize("plan", PLANS)
def test_liking(plan: str, person: int, moment: str) -> None:
    allowed = person == OTHER and plan == "submitted" and moment in {"propose", "support"}
    assert (not like_reasons(ROUND, PLANS[plan], person, MOMENTS[moment])) == allowed


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("plan", PLANS)
def test_arguing(plan: str, moment: str) -> None:
    allowed = plan == "submitted" and moment in {"propose", "support"}
    assert (not arguing_reasons(ROUND, PLANS[plan], MOMENTS[moment])) == allowed


@pytest.mark.parametrize("deed", [editing_reasons, submitting_reasons, like_reasons])
def test_nothing_is_open_before_the_frame_is_adopted(deed: object) -> None:
    person = OTHER if deed is like_reasons else OWNER
    plan = PLANS["submitted"] if deed is like_reasons else PLANS["draft"]
    assert refusals(deed(a_round(adopted=False), plan, person, PROPOSE)) == {RoundRefusal.NOT_ADOPTED}  # type: ignore[operator]


@pytest.mark.parametrize("plan", ["draft", "discarded"])
def test_somebody_elses_draft_is_unknown_to_everybody(plan: str) -> None:
    found = [
        editing_reasons(ROUND, PLANS[plan], OTHER, PROPOSE),
        withdrawing_reasons(ROUND, PLANS[plan], OTHER),
        like_reasons(ROUND, PLANS[plan], OTHER, PROPOSE),
        arguing_reasons(ROUND, PLANS[plan], PROPOSE),
    ]
    assert [refusals(reasons) for reasons in found] == [{PlanRefusal.UNKNOWN}] * 4


def test_phases_are_half_open() -> None:
    closes = at(4, 5)
    assert not support_reasons(ROUND, closes - timedelta(microseconds=1))
    assert refusals(support_reasons(ROUND, closes)) == {RoundRefusal.PHASE_OVER}


def test_between_two_phases_the_next_one_is_named() -> None:
    phases = (Phase(PhaseKind.PROPOSE, at(2, 1), at(3, 1)), Phase(PhaseKind.SUPPORT, at(3, 8), at(4, 1)))
    gap = Calendar(phases, at(7, 3), at(8, 1).date())
    found = support_reasons(a_round(gap), at(3, 4))
    assert [(reason.refusal, reason.facts["opens"]) for reason in found] == [(RoundRefusal.PHASE_AHEAD, at(3, 8))]
    before = support_reasons(a_round(gap), at(1, 4))
    assert before[0].facts["opens"] == at(2, 1)


def test_without_a_support_phase_proposing_is_the_time_to_like() -> None:
    alone = Calendar((Phase(PhaseKind.PROPOSE, at(2, 1), at(3, 1)),), at(7, 3), at(8, 1).date())
    assert not support_reasons(a_round(alone), at(2, 5))
    assert refusals(support_reasons(a_round(alone), at(3, 4))) == {RoundRefusal.PHASE_OVER}


def an_argument(**changes: object) -> ArgumentRecord:
    values: dict[str, object] = {"id": 1, "plan_id": 5, "side": Side.FOR, "text": "Mooi", "public_name": "Jo"}
    return ArgumentRecord(**(values | {"at": datetime(2020, 2, 3, tzinfo=UTC)} | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "name", "earlier", "wanted"),
    [
        ("Mooi", "Jo", 0, set()),
        ("Mooi", "Jo", 9, set()),
        ("Mooi", "Jo", 10, {PlanRefusal.TOO_MANY_ARGUMENTS}),
        ("", "", 0, {PlanRefusal.ARGUMENT_MISSING, PlanRefusal.NAME_MISSING}),
        ("x" * 600, "y" * 60, 0, set()),
        ("x" * 601, "y" * 61, 0, {PlanRefusal.TOO_LONG}),
    ],
)
def test_the_words_of_an_argument(text: str, name: str, earlier: int, wanted: set[str]) -> None:
    assert refusals(argument_reasons(text, name, [an_argument()] * earlier)) == wanted


@pytest.mark.parametrize(
    ("changes", "reason", "wanted"),
    [
        ({}, "Beledigend", set()),
        ({}, "", {PlanRefusal.REASON_MISSING}),
        ({}, "x" * 301, {PlanRefusal.TOO_LONG}),
        ({"hidden_at": at(3, 1)}, "Beledigend", {PlanRefusal.HIDDEN_ALREADY}),
    ],
)
def test_hiding_takes_a_reason_and_happens_once(changes: dict[str, object], reason: str, wanted: set[str]) -> None:
    assert refusals(hiding_reasons(an_argument(**changes), reason)) == wanted
