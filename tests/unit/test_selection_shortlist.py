"""Whether plans are chosen, how many, and by likes without an accident of sorting."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb.rounds.values import Calendar, PhaseKind, RoundRecord, Selection, SelectionBy, SelectionWhen, TieRule
from pb.selection.rules.shortlist import (
    Ground,
    choice_is_needed,
    choice_reasons,
    chosen_by,
    ground_reasons,
    lot_order,
    opening_reasons,
    people_choose,
    places_for,
    rank_by_likes,
    tie_at_the_edge,
)
from pb.selection.values import Candidate, ChosenBy, SelectionRefusal
from tests.factories import CALENDAR, a_frame, at

CHEAPER = TieRule.LOWER_COST_THEN_LOT


def the_round(selection: Selection | None = None, **columns: object) -> RoundRecord:
    frame = a_frame(selection=selection or Selection())
    return replace(
        RoundRecord(1, "ab" * 16, "r", "R", False, timedelta(0), frame, 1, True),
        **columns,  # type: ignore[arg-type]
    )


def plans(*facts: tuple[int, int]) -> tuple[Candidate, ...]:
    """Candidates 1, 2, … from (likes, cost)."""
    return tuple(Candidate(number, f"p{number}", *fact) for number, fact in enumerate(facts, start=1))


@pytest.mark.parametrize(
    ("when", "feasible", "needed", "places"),
    [
        (SelectionWhen.NEVER, 25, False, 25),
        (SelectionWhen.WHEN_NEEDED, 20, False, 20),
        (SelectionWhen.WHEN_NEEDED, 21, True, 20),
        (SelectionWhen.ALWAYS, 12, True, 12),
        (SelectionWhen.ALWAYS, 25, True, 20),
        (SelectionWhen.ALWAYS, 0, True, 0),
    ],
)
def test_whether_a_choice_is_needed(when: SelectionWhen, feasible: int, needed: bool, places: int) -> None:
    selection = Selection(when, SelectionBy.JURY, 20)
    assert choice_is_needed(selection, feasible) is needed
    assert places_for(selection, feasible) == places


@given(st.sampled_from(SelectionWhen), st.integers(0, 200), st.integers(1, 60))
def test_places_are_min_of_places_and_feasible(when: SelectionWhen, feasible: int, places: int) -> None:
    found = places_for(Selection(when, SelectionBy.JURY, places), feasible)
    assert found == (feasible if when is SelectionWhen.NEVER else min(places, feasible))


@pytest.mark.parametrize(
    ("by", "feasible", "expected", "people"),
    [
        (SelectionBy.JURY, 3, ChosenBy.JURY, True),
        (SelectionBy.COMMITTEE, 3, ChosenBy.COMMITTEE, True),
        (SelectionBy.MOST_LIKES, 3, ChosenBy.MOST_LIKES, False),
        (SelectionBy.JURY, 2, ChosenBy.ALL, False),
    ],
)
def test_who_chooses(by: SelectionBy, feasible: int, expected: ChosenBy, people: bool) -> None:
    selection = Selection(SelectionWhen.WHEN_NEEDED, by, 2)
    assert chosen_by(selection, feasible) is expected
    assert people_choose(selection, feasible) is people


def test_likes_decide_where_they_differ() -> None:
    ranking = rank_by_likes(plans((30, 1), (50, 9), (40, 5)), 2, CHEAPER, (1, 2, 3))
    assert ranking.chosen == (2, 3)
    assert ranking.tie is None


def test_a_tie_goes_to_the_lower_cost_and_is_told() -> None:
    ranking = rank_by_likes(plans((40, 900), (50, 9), (40, 500)), 2, CHEAPER, (1, 3, 2))
    assert ranking.chosen == (2, 3)
    assert ranking.tie is not None
    assert (ranking.tie.likes, ranking.tie.tied, ranking.tie.places, ranking.tie.by_lot) == (40, (1, 3), 1, ())


@pytest.mark.parametrize("lot", [(1, 2, 3), (3, 2, 1)])
def test_equal_cost_goes_to_the_lot(lot: tuple[int, ...]) -> None:
    ranking = rank_by_likes(plans((40, 500), (50, 9), (40, 500)), 2, CHEAPER, lot)
    assert ranking.chosen == (2, lot[0])
    assert ranking.tie is not None and ranking.tie.by_lot == (1, 3)


def test_a_frame_may_draw_without_looking_at_cost() -> None:
    ranking = rank_by_likes(plans((40, 900), (40, 500)), 1, TieRule.LOT, (1, 2))
    assert ranking.chosen == (1,)
    assert ranking.tie is not None and ranking.tie.by_lot == (1, 2)


def test_equal_likes_away_from_the_last_place_are_no_tie() -> None:
    assert tie_at_the_edge(plans((50, 1), (50, 1), (40, 1)), 2, CHEAPER) is None
    assert tie_at_the_edge(plans((50, 1), (50, 1)), 2, CHEAPER) is None
    assert tie_at_the_edge(plans((50, 1)), 0, CHEAPER) is None


CANDIDATES = st.lists(st.tuples(st.integers(0, 4), st.integers(1, 3)), max_size=9).map(lambda facts: plans(*facts))


@given(CANDIDATES, st.integers(0, 10), st.sampled_from(TieRule), st.binary(min_size=4, max_size=4))
def test_choosing_by_likes(found: tuple[Candidate, ...], places: int, rule: TieRule, seed: bytes) -> None:
    lot = lot_order(found, "round", seed)
    ranking = rank_by_likes(found, places, rule, lot)
    assert len(ranking.chosen) == min(places, len(found))
    inside = [one for one in found if one.plan_id in ranking.chosen]
    outside = [one for one in found if one.plan_id not in ranking.chosen]
    assert all(one.likes >= other.likes for one in inside for other in outside)
    assert rank_by_likes(tuple(reversed(found)), places, rule, lot) == ranking, "the order of reading decides nothing"
    split = {one.likes for one in inside} & {one.likes for one in outside}
    assert (ranking.tie is not None) == bool(split), "a tie around the last place is always told"


@given(CANDIDATES, st.integers(1, 10), st.sampled_from(TieRule))
def test_only_those_named_for_the_lot_depend_on_it(found: tuple[Candidate, ...], places: int, rule: TieRule) -> None:
    forwards = tuple(one.plan_id for one in found)
    one = rank_by_likes(found, places, rule, forwards)
    other = rank_by_likes(found, places, rule, forwards[::-1])
    by_lot = set(one.tie.by_lot) if one.tie else set()
    assert set(one.chosen) ^ set(other.chosen) <= by_lot
    assert not by_lot or set(one.chosen) != set(other.chosen)


def test_the_lot_can_be_repeated_and_depends_on_its_seed() -> None:
    found = plans(*[(1, 1)] * 8)
    assert lot_order(found, "round", b"seed") == lot_order(found[::-1], "round", b"seed")
    assert len({lot_order(found, "round", bytes([seed])) for seed in range(20)}) > 10
    assert lot_order(found, "round", b"seed") != lot_order(found, "other round", b"seed")


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (at(4, 30), SelectionRefusal.TOO_EARLY),
        (at(5, 1), None),
        (at(5, 14), None),
        (at(5, 20), None),
        (at(5, 27), SelectionRefusal.VOTE_HAS_BEGUN),
    ],
)
def test_the_hours_for_publishing(now: datetime, expected: SelectionRefusal | None) -> None:
    assert [reason.refusal for reason in opening_reasons(the_round(), now)] == ([expected] if expected else [])


def test_a_sealed_vote_keeps_its_plans() -> None:
    reasons = opening_reasons(the_round(sealed_at=at(5, 16)), at(5, 20))
    assert [reason.refusal for reason in reasons] == [SelectionRefusal.VOTE_HAS_BEGUN]


@pytest.mark.parametrize(("now", "early"), [(at(4, 30), True), (at(5, 1), False)])
def test_without_selection_phase_publishing_follows_the_test(now: datetime, early: bool) -> None:
    phases = tuple(phase for phase in CALENDAR.phases if phase.kind is not PhaseKind.SELECT)
    frame = a_frame(calendar=Calendar(phases, CALENDAR.result, CALENDAR.delivered_by))
    assert bool(opening_reasons(replace(the_round(), frame=frame), now)) is early


JURY_OF_TWO = Selection(SelectionWhen.WHEN_NEEDED, SelectionBy.JURY, 2)


@pytest.mark.parametrize(
    ("ground", "expected"),
    [
        (Ground(feasible=5), None),
        (Ground(feasible=2, jury_done=False), None),
        (Ground(feasible=5, published=True), SelectionRefusal.ALREADY_PUBLISHED),
        (Ground(feasible=5, unjudged=1), SelectionRefusal.PLANS_UNJUDGED),
        (Ground(feasible=0), SelectionRefusal.NOTHING_FEASIBLE),
        (Ground(feasible=5, jury_done=False), SelectionRefusal.JURY_NOT_DONE),
    ],
)
def test_what_a_shortlist_stands_on(ground: Ground, expected: SelectionRefusal | None) -> None:
    reasons = ground_reasons(the_round(JURY_OF_TWO), ground)
    assert [reason.refusal for reason in reasons] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("chosen", "motivations", "expected"),
    [
        ([1, 2], {1: "Goed.", 2: "Mooi."}, None),
        ([1], {1: "Goed."}, SelectionRefusal.WRONG_NUMBER),
        ([1, 2, 3], {1: "a", 2: "b", 3: "c"}, SelectionRefusal.WRONG_NUMBER),
        ([1, 1], {1: "Goed."}, SelectionRefusal.WRONG_NUMBER),
        ([1, 9], {1: "Goed.", 9: "Vreemd."}, SelectionRefusal.NOT_A_CANDIDATE),
        ([1, 2], {1: "Goed."}, SelectionRefusal.MOTIVATION_MISSING),
        ([1, 2], {1: "Goed.", 2: ""}, SelectionRefusal.MOTIVATION_MISSING),
    ],
)
def test_a_choice_by_people(chosen: list[int], motivations: dict[int, str], expected: SelectionRefusal | None) -> None:
    reasons = choice_reasons(JURY_OF_TWO, {1, 2, 3, 4}, chosen, motivations)
    assert [reason.refusal for reason in reasons] == ([expected] if expected else [])
