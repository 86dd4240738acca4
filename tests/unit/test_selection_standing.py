"""Standings follow from frame, clock, likes and what was decided; nobody sets one."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb.plans.values import PlanDraft, PlanRecord, PlanState
from pb.rounds.values import Calendar, Frame, PhaseKind
from pb.selection.rules.standing import funnel_of, standing_of
from pb.selection.values import Funnel, Marks, Standing
from tests.factories import CALENDAR, a_frame, at

PROPOSING, SUPPORTING, ASSESSING, SELECTING, VOTING = at(2, 10), at(3, 20), at(4, 20), at(5, 5), at(6, 1)
YES, NO, CHOSEN = Marks(feasible=frozenset({1})), Marks(not_feasible=frozenset({1})), frozenset({1})


def plan(likes: int = 25, state: PlanState = PlanState.SUBMITTED, number: int = 1) -> PlanRecord:
    return PlanRecord(number, 1, f"p{number}", state, 7, PlanDraft("Bank"), 4_200_00, likes, at(2, 3))


def without(*kinds: PhaseKind) -> Frame:
    phases = tuple(phase for phase in CALENDAR.phases if phase.kind not in kinds)
    return a_frame(calendar=Calendar(phases, CALENDAR.result, CALENDAR.delivered_by))


@pytest.mark.parametrize(
    ("likes", "marks", "now", "expected"),
    [
        (0, Marks(), PROPOSING, Standing.COLLECTING_LIKES),
        (25, Marks(), SUPPORTING, Standing.COLLECTING_LIKES),
        (24, Marks(), at(4, 5), Standing.TOO_FEW_LIKES),
        (25, Marks(), at(4, 5), Standing.BEING_ASSESSED),
        (25, NO, ASSESSING, Standing.NOT_FEASIBLE),
        (25, YES, ASSESSING, Standing.FEASIBLE),
        (25, YES, SELECTING, Standing.FEASIBLE),
        (25, Marks(feasible=frozenset({1}), selected=CHOSEN), VOTING, Standing.ON_SHORTLIST),
        (25, Marks(feasible=frozenset({1}), selected=frozenset({2})), VOTING, Standing.NOT_SELECTED),
        (3, Marks(feasible=frozenset({1}), selected=CHOSEN), VOTING, Standing.TOO_FEW_LIKES),
    ],
)
def test_a_submitted_plan(likes: int, marks: Marks, now: datetime, expected: Standing) -> None:
    assert standing_of(plan(likes), a_frame(), marks, now) is expected


@pytest.mark.parametrize("now", [PROPOSING, ASSESSING, VOTING])
def test_drafts_and_withdrawn_plans_stay_what_they_are(now: datetime) -> None:
    marks = Marks(feasible=frozenset({1}), selected=CHOSEN)
    assert standing_of(plan(state=PlanState.DRAFT), a_frame(), marks, now) is Standing.DRAFT
    assert standing_of(plan(state=PlanState.WITHDRAWN), a_frame(), marks, now) is Standing.WITHDRAWN


def test_the_closing_moment_of_the_support_phase_decides() -> None:
    before = at(4, 5).replace(hour=9, minute=59, second=59)
    assert standing_of(plan(0), a_frame(), Marks(), before) is Standing.COLLECTING_LIKES
    assert standing_of(plan(0), a_frame(), Marks(), at(4, 5)) is Standing.TOO_FEW_LIKES


def test_a_round_without_support_phase_closes_likes_with_the_proposing() -> None:
    frame = without(PhaseKind.SUPPORT)
    assert standing_of(plan(0), frame, Marks(), PROPOSING) is Standing.COLLECTING_LIKES
    assert standing_of(plan(0), frame, Marks(), at(3, 15)) is Standing.TOO_FEW_LIKES


def test_a_round_that_asks_no_likes() -> None:
    frame = a_frame(likes_needed=0)
    assert standing_of(plan(0), frame, Marks(), SUPPORTING) is Standing.SUBMITTED
    assert standing_of(plan(0), frame, Marks(), ASSESSING) is Standing.BEING_ASSESSED


def test_a_round_without_test_takes_every_liked_plan_as_feasible() -> None:
    assert standing_of(plan(), without(PhaseKind.ASSESS), Marks(), ASSESSING) is Standing.FEASIBLE
    only_vote = without(PhaseKind.PROPOSE, PhaseKind.SUPPORT, PhaseKind.ASSESS, PhaseKind.SELECT)
    assert standing_of(plan(), only_vote, Marks(), PROPOSING) is Standing.FEASIBLE


LATE = [
    *[Standing.TOO_FEW_LIKES] * 17,
    *[Standing.NOT_FEASIBLE] * 5,
    *[Standing.NOT_SELECTED] * 8,
    *[Standing.ON_SHORTLIST] * 12,
    Standing.WITHDRAWN,
    Standing.DRAFT,
]


@pytest.mark.parametrize(
    ("standings", "now", "expected"),
    [
        ([Standing.COLLECTING_LIKES] * 42, SUPPORTING, Funnel(42)),
        ([Standing.TOO_FEW_LIKES, Standing.BEING_ASSESSED, Standing.FEASIBLE], ASSESSING, Funnel(3, 2)),
        ([Standing.TOO_FEW_LIKES, Standing.NOT_FEASIBLE, Standing.FEASIBLE], SELECTING, Funnel(3, 2, 1)),
        (LATE, VOTING, Funnel(42, 25, 20, 12)),
    ],
)
def test_the_funnel(standings: list[Standing], now: datetime, expected: Funnel) -> None:
    assert funnel_of(standings, a_frame(), now) == expected


@given(st.lists(st.sampled_from(list(Standing))))
def test_the_funnel_never_widens(standings: list[Standing]) -> None:
    funnel = funnel_of(standings, a_frame(), VOTING)
    assert funnel.submitted >= (funnel.over_threshold or 0) >= (funnel.feasible or 0) >= (funnel.on_ballot or 0)
