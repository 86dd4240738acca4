"""What a ballot of each form may hold, as grids."""

import pytest

from pb.base.refusals import Refusal
from pb.counting.ballots import BallotForm, Points, Ranking, SomePlans, WithinMoney, ballot_reasons, points_of_ranking
from pb.counting.refusals import BallotRefusal

COSTS = {"a": 4, "b": 5, "c": 6}
ONE = SomePlans(1)
TEN_POINTS = Points(10, 5, least=2)


def refusals(form: BallotForm, choices: str, points: tuple[int, ...] = ()) -> set[Refusal]:
    """Why these choices are no ballot."""
    return {reason.refusal for reason in ballot_reasons(form, COSTS, list(choices), points)}


@pytest.mark.parametrize("form", [WithinMoney(1), ONE, SomePlans(3, 2), TEN_POINTS, Ranking(3, 2)])
def test_a_blank_ballot_is_good(form: BallotForm) -> None:
    assert refusals(form, "") == set()


@pytest.mark.parametrize(
    ("form", "choices", "expected"),
    [
        (WithinMoney(9), "ab", set()),
        (WithinMoney(9), "ac", {BallotRefusal.TOO_DEAR}),
        (WithinMoney(9), "az", {BallotRefusal.UNKNOWN}),
        (WithinMoney(9), "aa", {BallotRefusal.TWICE}),
        (ONE, "a", set()),
        (ONE, "ab", {BallotRefusal.TOO_MANY}),
        (SomePlans(2, 2), "ab", set()),
        (SomePlans(2, 2), "a", {BallotRefusal.TOO_FEW}),
        (SomePlans(2, 2), "abc", {BallotRefusal.TOO_MANY}),
        (Ranking(2), "ba", set()),
        (Ranking(2), "bac", {BallotRefusal.TOO_MANY}),
        (Ranking(3, 3), "ba", {BallotRefusal.TOO_FEW}),
    ],
)
def test_choices(form: BallotForm, choices: str, expected: set[Refusal]) -> None:
    assert refusals(form, choices) == expected


@pytest.mark.parametrize(
    ("choices", "points", "expected"),
    [
        ("ab", (5, 5), set()),
        ("ab", (1, 1), set()),
        ("abc", (5, 5, 1), {BallotRefusal.TOO_MANY_POINTS}),
        ("ab", (6, 1), {BallotRefusal.POINTS_OUTSIDE}),
        ("ab", (5, 0), {BallotRefusal.POINTS_OUTSIDE}),
        ("a", (5,), {BallotRefusal.TOO_FEW}),
        ("ab", (5,), {BallotRefusal.POINTS_MISSING}),
        ("ab", (), {BallotRefusal.POINTS_MISSING}),
    ],
)
def test_points(choices: str, points: tuple[int, ...], expected: set[Refusal]) -> None:
    assert refusals(TEN_POINTS, choices, points) == expected


def test_a_ranking_is_worth_points() -> None:
    assert points_of_ranking(Ranking(3), ["b", "a"]) == (3, 2)
