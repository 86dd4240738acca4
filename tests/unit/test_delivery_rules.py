"""A winner goes forward, back only with a reason; news is whole; money is shown as it is."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb.base.money import LARGEST
from pb.delivery.rules import LONGEST, milestone_reasons, money_reasons, reached, stops_of, update_reasons
from pb.delivery.values import DeliveryRefusal, Milestone, Project, StopState
from pb.plans.values import PlanDraft, PlanRecord, PlanState
from tests.factories import at


def a_project(milestone: Milestone, spent: int = 0, stops: dict[Milestone, datetime] | None = None) -> Project:
    plan = PlanRecord(1, 1, "p1", PlanState.SUBMITTED, 7, PlanDraft("Bank"), 4_200_00, 30, at(2, 3))
    return Project(plan, milestone, 4_200_00, spent, stops or {})


@pytest.mark.parametrize("current", Milestone)
@pytest.mark.parametrize("to", Milestone)
def test_forward_freely_back_with_a_reason(current: Milestone, to: Milestone) -> None:
    without = [reason.refusal for reason in milestone_reasons(current, to, "")]
    with_reason = [reason.refusal for reason in milestone_reasons(current, to, "Het was nog niet klaar.")]
    if to is current:
        assert without == with_reason == [DeliveryRefusal.ALREADY_THERE]
    elif to.place > current.place:
        assert without == with_reason == []
    else:
        assert without == [DeliveryRefusal.BACK_WITHOUT_REASON] and with_reason == []


@pytest.mark.parametrize(
    ("text", "picture", "words", "expected"),
    [
        ("De bank staat.", None, "", []),
        ("De bank staat.", "ab12", "Een bank onder een boom.", []),
        ("", None, "", [DeliveryRefusal.TEXT_MISSING]),
        ("De bank staat.", "ab12", "", [DeliveryRefusal.PICTURE_WITHOUT_WORDS]),
        ("x" * LONGEST, None, "", []),
        ("x" * (LONGEST + 1), None, "", [DeliveryRefusal.TEXT_TOO_LONG]),
    ],
)
def test_news(text: str, picture: str | None, words: str, expected: list[str]) -> None:
    assert [reason.refusal for reason in update_reasons(text, picture, words)] == expected


@pytest.mark.parametrize(
    ("spent", "expected"),
    [(0, []), (9_999_99, []), (-1, [DeliveryRefusal.NEGATIVE]), (LARGEST + 1, [DeliveryRefusal.TOO_LARGE])],
)
def test_money(spent: int, expected: list[str]) -> None:
    assert [reason.refusal for reason in money_reasons(spent)] == expected


@pytest.mark.parametrize(("spent", "over"), [(0, 0), (4_200_00, 0), (4_200_01, 1)])
def test_spending_more_is_told_to_the_cent(spent: int, over: int) -> None:
    assert a_project(Milestone.DONE, spent).overspent == over


def test_four_stops_are_drawn() -> None:
    stops = stops_of(a_project(Milestone.BUILDING, stops={Milestone.CHOSEN: at(7, 3), Milestone.BUILDING: at(9, 1)}))
    assert [stop.state for stop in stops] == [StopState.DONE, StopState.DONE, StopState.NOW, StopState.AHEAD]
    assert [stop.at for stop in stops] == [at(7, 3), None, at(9, 1), None]
    assert {stop.state for stop in stops_of(a_project(Milestone.DONE))} == {StopState.DONE}


def test_after_a_correction_the_later_moment_holds() -> None:
    stops = [(Milestone.CHOSEN, at(7, 3)), (Milestone.DONE, at(8, 1)), (Milestone.PREPARED, at(8, 2))]
    assert reached(Milestone.PREPARED, stops) == {Milestone.CHOSEN: at(7, 3), Milestone.PREPARED: at(8, 2)}


MOMENTS = st.builds(at, st.integers(1, 12), st.integers(1, 28))


@given(st.sampled_from(Milestone), st.lists(st.tuples(st.sampled_from(Milestone), MOMENTS)))
def test_no_stop_ahead_was_ever_reached(current: Milestone, stops: list[tuple[Milestone, datetime]]) -> None:
    found = reached(current, stops)
    assert all(stop.place <= current.place for stop in found)
    assert all(moment == max(at for one, at in stops if one is stop) for stop, moment in found.items())
