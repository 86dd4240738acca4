"""The twin of a round: every invented voter keeps to the ballot that the round has, whatever that is."""

from dataclasses import replace

import pytest

from pb.measure.twin import twin_of
from pb.plans.values import CostLine, PlanDraft, PlanRecord
from pb.rounds.rules import frame_reasons
from pb.rounds.values import BallotKind, BallotRule, CountingRule, Door, DoorKind, Frame, PhaseKind, Pot
from pb.selection.values import PlanGroups
from pb.voting.rules import choice_reasons
from pb.voting.values import BallotPlan
from tests.unit.results import a_plan_record
from tests.unit.test_rounds_real import ALPHEN, CENTRUM, ROUNDS
from tests.unit.test_voting_rules import a_manifest

POINTS = BallotRule(BallotKind.POINTS, at_least=3, total_points=10, most_points=6, least_points=2)
FRAMES = (*ROUNDS, *(replace(CENTRUM, ballot=BallotRule(BallotKind.RANKING, most)) for most in (1, 3, 8)),
          replace(CENTRUM, ballot=POINTS), replace(CENTRUM, paper_days=2, door=Door(DoorKind.EMAIL, risk="…")))  # fmt: skip
VOTERS = 60


def plans_of(frame: Frame, count: int = 40) -> tuple[PlanRecord, ...]:
    """So many plans spread over the pots, each a good part of the money there."""
    pots = frame.all_pots()
    return tuple(_plan(number, pots[number % len(pots)]) for number in range(1, count + 1))


def _plan(number: int, pot: Pot) -> PlanRecord:
    asked = pot.amount * (number % 4 + 1) // 5
    draft = PlanDraft(
        title=f"Plan {number}", summary="Een plan.", text="Een plan voor de buurt.", pot=pot.code, picture="x.webp",
        lines=(CostLine("alles", asked, vat_percent=0),), public_name="Sam",
    )  # fmt: skip
    return replace(a_plan_record(number), asked=asked, draft=draft)


@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: f"{frame.name} {frame.ballot.kind}")
def test_every_voter_of_a_twin_casts_a_ballot(frame: Frame) -> None:
    plans = plans_of(frame)
    twin = twin_of(frame, plans, PlanGroups(), VOTERS)
    assert frame_reasons(twin.frame) == []
    manifest = replace(
        a_manifest(twin.frame), plans=tuple(BallotPlan(one.code, one.draft.pot, one.asked, "") for one in plans)
    )
    assert set(twin.styles) == set(frame.styles()) and len(twin.ballots) == len(twin.styles) == VOTERS
    for style, choices in zip(twin.styles, twin.ballots, strict=True):
        assert choices and choice_reasons(manifest, style, choices) == []
    assert len(set(twin.ballots)) > 1


def test_a_twin_keeps_what_the_vote_needs_and_nothing_before_it() -> None:
    groups = PlanGroups((("p1", "p2"),), {"oost": ("p3",)})
    frame = replace(ALPHEN, counting=CountingRule(conflicts=True))
    twin = twin_of(frame, plans_of(frame), groups, 5)
    assert (twin.conflicts, twin.parts) == (groups.conflicts, groups.parts)
    assert (twin.frame.ballot, twin.frame.counting, twin.frame.total) == (frame.ballot, frame.counting, frame.total)
    assert [phase.kind for phase in twin.frame.calendar.phases] == [PhaseKind.PROPOSE, PhaseKind.VOTE]
    assert twin.frame.calendar.phases[-1] == frame.calendar.phases[-1] and twin.frame.likes_needed == 0
    assert all(plan.draft.picture is None and plan.draft.lines for plan in twin.plans)


def test_who_has_too_few_plans_votes_blank() -> None:
    frame = replace(CENTRUM, ballot=BallotRule(BallotKind.UP_TO, 8, at_least=5))
    assert set(twin_of(frame, plans_of(frame, 3), PlanGroups(), 4).ballots) == {()}
