"""Ballots and counting rules of a frame: what goes together, and every refusal of what does not, as grids."""

from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from pb.counting.ballots import BallotForm, Points, Ranking, SomePlans, WithinMoney
from pb.counting.equal_shares import Completion, Utility
from pb.counting.rules import RuleName
from pb.rounds.codec import frame_from_json, frame_to_json
from pb.rounds.rules import advises_auditor, advises_more_choices, counts_numbers, form_of, frame_reasons
from pb.rounds.values import (
    BallotKind,
    BallotRule,
    Ceiling,
    CountingRule,
    Door,
    DoorKind,
    Openings,
    PotKind,
    RuleRefusal,
    Selection,
    SelectionWhen,
    Voters,
)
from pb.rounds.values import RuleRefusal as Why
from tests.factories import a_frame
from tests.unit.test_rounds_frame import THEMES, without

UP_TO = BallotRule(BallotKind.UP_TO, 5)
POINTS = BallotRule(BallotKind.POINTS, total_points=10, most_points=10)
RANKING = BallotRule(BallotKind.RANKING, 5)
BALLOTS = (BallotRule(), UP_TO, BallotRule(BallotKind.ONE), POINTS, RANKING)
SHARES = CountingRule(rule=RuleName.EQUAL_SHARES)
FREE: dict[str, Any] = {"selection": Selection(SelectionWhen.NEVER)}


def shares(**changes: Any) -> dict[str, Any]:
    return {"counting": replace(SHARES, **changes)}


def ceilings(*amounts: int, **changes: Any) -> dict[str, Any]:
    rows = tuple(Ceiling(f"deel-{n}", f"Deel {n}", amount) for n, amount in enumerate(amounts, start=1))
    return {"counting": CountingRule(ceilings=rows)} | changes


GRID: list[tuple[dict[str, Any], RuleRefusal, str]] = [
    ({"ballot": replace(UP_TO, at_least=6)}, Why.AT_LEAST_WRONG, "at_least"),
    ({"ballot": replace(UP_TO, at_least=0)}, Why.AT_LEAST_WRONG, "at_least"),
    ({"ballot": replace(RANKING, at_least=6)}, Why.AT_LEAST_WRONG, "at_least"),
    ({"ballot": replace(POINTS, at_least=21, total_points=40)}, Why.AT_LEAST_WRONG, "at_least"),
    ({"ballot": replace(RANKING, at_most=31), **FREE}, Why.RANKING_TOO_LONG, "at_most"),
    ({"ballot": replace(POINTS, total_points=0)}, Why.POINTS_WRONG, "total_points"),
    ({"ballot": replace(POINTS, total_points=1001)}, Why.POINTS_WRONG, "total_points"),
    ({"ballot": replace(POINTS, most_points=11)}, Why.POINTS_A_PLAN_WRONG, "most_points"),
    ({"ballot": replace(POINTS, most_points=2, least_points=3)}, Why.POINTS_A_PLAN_WRONG, "most_points"),
    ({"ballot": replace(POINTS, least_points=0)}, Why.POINTS_A_PLAN_WRONG, "most_points"),
    ({"ballot": replace(POINTS, least_points=4, at_least=3)}, Why.TOO_FEW_POINTS, "total_points"),
    ({"ballot": POINTS, "paper_days": 3}, Why.NUMBERS_ON_PAPER, "paper_days"),
    ({"ballot": RANKING, "paper_days": 1}, Why.NUMBERS_ON_PAPER, "paper_days"),
    ({"ballot": POINTS, "counting": CountingRule(rule=RuleName.PHRAGMEN)}, Why.NUMBERS_NOT_COUNTED, "rule"),
    ({"ballot": RANKING, **shares()}, Why.NUMBERS_NOT_COUNTED, "utility"),
    (shares(utility=Utility.POINTS), Why.NO_NUMBERS_TO_COUNT, "utility"),
    (shares(step=0), Why.STEP_WRONG, "step"),
    (shares(step=30_000_01), Why.STEP_WRONG, "step"),
    ({"counting": CountingRule(least_share=-1)}, Why.SHARE_WRONG, "least_share"),
    ({"counting": CountingRule(least_share=100_01)}, Why.SHARE_WRONG, "least_share"),
    ({"counting": CountingRule(least_votes=-1)}, Why.VOTES_WRONG, "least_votes"),
    (
        ceilings(5_000_00, pot_kind=PotKind.THEME, pots=THEMES, maximum_cost=10_000_00),
        Why.CEILINGS_WITH_POTS,
        "ceilings",
    ),
    (ceilings(99), Why.CEILING_TOO_LOW, "ceilings"),
    (ceilings(30_000_01), Why.CEILING_TOO_HIGH, "ceilings"),
]


@pytest.mark.parametrize(("changes", "why", "about"), GRID)
def test_what_does_not_go_together(changes: dict[str, Any], why: RuleRefusal, about: str) -> None:
    assert [(reason.refusal, reason.about) for reason in frame_reasons(a_frame(**changes))] == [(why, about)]


def test_the_grid_knows_every_refusal() -> None:
    assert {why for _, why, _ in GRID} == set(RuleRefusal)


def test_ceilings_have_a_name_each() -> None:
    twice = CountingRule(
        ceilings=(Ceiling("a", "A", 5_000_00), Ceiling("a", "B", 5_000_00), Ceiling("c", "", 5_000_00))
    )
    found = {reason.refusal.value for reason in frame_reasons(a_frame(counting=twice))}
    assert found == {"frame.list_twice", "frame.list_name_missing"}


GOOD: list[dict[str, Any]] = [
    *({"ballot": ballot} for ballot in BALLOTS),
    {"ballot": replace(UP_TO, at_least=5)},
    {"ballot": replace(POINTS, at_least=10)},
    {"ballot": replace(POINTS, total_points=1000, most_points=1000), **FREE},
    {"ballot": replace(RANKING, at_most=30), **FREE},
    *(shares(completion=one) for one in Completion),
    shares(step=1, whole_start=True, stop_when_exhaustive=True, comparison=True),
    shares(step=0, completion=Completion.NONE),
    {"counting": CountingRule(least_votes=100, least_share=100_00, conflicts=True, show_others=False)},
    ceilings(1_00, 30_000_00),
]


@pytest.mark.parametrize("changes", GOOD)
def test_what_goes_together(changes: dict[str, Any]) -> None:
    frame = a_frame(**changes)
    assert frame_reasons(frame) == []
    assert frame_from_json(frame_to_json(frame)) == frame


@pytest.mark.parametrize(("ballot", "rule", "utility"), list(product(BALLOTS, RuleName, Utility)))
def test_numbers_are_asked_for_where_they_count_and_nowhere_else(
    ballot: BallotRule, rule: RuleName, utility: Utility
) -> None:
    frame = a_frame(ballot=ballot, counting=CountingRule(rule=rule, utility=utility))
    shares_by_points = rule is RuleName.EQUAL_SHARES and utility.by_points
    lost = ballot.numbered and rule is RuleName.PHRAGMEN
    lost |= ballot.numbered and rule is RuleName.EQUAL_SHARES and not utility.by_points
    assert bool(frame_reasons(frame)) is (lost or (shares_by_points and not ballot.numbered))
    assert counts_numbers(frame) or not ballot.numbered or frame_reasons(frame)


@pytest.mark.parametrize(
    ("ballot", "form", "largest"),
    [
        (BallotRule(), WithinMoney(7), 1),
        (replace(UP_TO, at_least=2), SomePlans(5, 2), 1),
        (BallotRule(BallotKind.ONE), SomePlans(1, 1), 1),
        (replace(POINTS, at_least=3, most_points=6, least_points=2), Points(10, 6, 2, 3), 6),
        (replace(RANKING, at_least=2), Ranking(5, 2), 5),
    ],
)
def test_a_ballot_has_its_form(ballot: BallotRule, form: BallotForm, largest: int) -> None:
    assert form_of(ballot, 7) == form and ballot.largest == largest


@pytest.mark.parametrize(
    ("ballot", "rule", "advised"),
    [
        (UP_TO, RuleName.EQUAL_SHARES, True),
        (replace(UP_TO, at_least=3), RuleName.EQUAL_SHARES, False),
        (BallotRule(), RuleName.EQUAL_SHARES, False),
        (BallotRule(BallotKind.ONE), RuleName.EQUAL_SHARES, True),
        (UP_TO, RuleName.MOST_VOTES, False),
    ],
)
def test_equal_shares_wants_several_choices(ballot: BallotRule, rule: RuleName, advised: bool) -> None:
    assert advises_more_choices(a_frame(ballot=ballot, counting=CountingRule(rule=rule))) is advised


@pytest.mark.parametrize(
    ("ballot", "places", "advised"),
    [
        (POINTS, 11, True),
        (POINTS, 10, False),
        (POINTS, None, True),
        (RANKING, 11, True),
        (RANKING, 10, False),
        (UP_TO, 40, False),
        (UP_TO, None, False),
        (BallotRule(), 40, False),
        (BallotRule(BallotKind.ONE), 40, False),
    ],
)
def test_numbers_over_many_plans_can_be_a_signature(ballot: BallotRule, places: int | None, advised: bool) -> None:
    selection = Selection(places=places) if places else Selection(when=SelectionWhen.NEVER)
    frame = a_frame(ballot=ballot, selection=selection)
    assert advises_auditor(frame) is advised
    assert not advises_auditor(replace(frame, openings=Openings.AUDITOR)), "it is what was advised"


@pytest.mark.parametrize("people", [0, 1, 99, 100, 5_000])
@pytest.mark.parametrize("with_codes", [True, False])
def test_few_voters_know_each_other(people: int, with_codes: bool) -> None:
    door = Door(DoorKind.SIGN_IN, with_codes=with_codes, voters=(Voters("all", people),))
    assert advises_auditor(a_frame(door=door)) is (people in {1, 99} and not with_codes)


def test_a_round_without_a_selection_may_ask_for_as_many_as_it_has_points() -> None:
    assert frame_reasons(a_frame(ballot=replace(POINTS, at_least=10), **FREE, calendar=without())) == []
