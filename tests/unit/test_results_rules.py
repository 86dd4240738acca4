"""Shares, money on a bar, why a plan lost: as grids."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb.counting.ledger import Step, Tie, Why
from pb.results.rules import adopting_reasons, flow_bands, money_parts, publishing_reasons, rule_of, share_of, why_not
from pb.results.values import Outcome, PlanResult
from pb.rounds.values import CountingRule, Misfit, TieRule
from tests.factories import a_frame, at
from tests.unit.results import a_plan_record, an_outcome


@pytest.mark.parametrize(
    ("part", "whole", "share"),
    [(0, 0, 0), (0, 5, 0), (5, 5, 100), (1, 3, 33), (2, 3, 67), (1, 200, 1), (1, 201, 0), (2914, 13250, 22)],
)
def test_a_share_is_whole_per_cents(part: int, whole: int, share: int) -> None:
    assert share_of(part, whole) == share


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=12))
def test_pieces_of_the_money_lie_one_behind_another(costs: list[int]) -> None:
    parts = money_parts(costs, sum(costs))
    assert [part.cost for part in parts] == costs
    for earlier, later in pairwise(parts):
        assert later.start == pytest.approx(earlier.start + earlier.share)
    assert parts[-1].start + parts[-1].share == pytest.approx(100)


@pytest.mark.parametrize(
    ("why", "key"),
    [
        (Why.FITS, None),
        (Why.DOES_NOT_FIT, "results.why.does_not_fit"),
        (Why.TOO_FEW_VOTES, "results.why.too_few_votes"),
        (Why.WITHDRAWN, "results.why.withdrawn"),
    ],
)
def test_why_a_plan_did_not_win(why: Why, key: str | None) -> None:
    found = why_not(an_outcome(why), an_outcome(why).results[0])
    assert (found.refusal.value if found else None) == key
    if found:
        assert found.facts["place"] == 1 and found.facts["left"] == 5_000_00


def test_after_a_stop_the_plan_that_stopped_it_is_named() -> None:
    outcome = an_outcome(Why.DOES_NOT_FIT, Why.AFTER_STOP)
    found = why_not(outcome, outcome.results[1])
    assert found and found.refusal.value == "results.why.after_stop" and found.facts["plan"] == "Plan 1"


@pytest.mark.parametrize("misfit", Misfit)
@pytest.mark.parametrize("tie", TieRule)
def test_the_frame_says_how_votes_are_counted(misfit: Misfit, tie: TieRule) -> None:
    found = rule_of(a_frame(counting=CountingRule(misfit, tie)))
    assert found.skip is (misfit is Misfit.SKIP)


def test_what_stands_in_the_way_of_adopting_and_publishing() -> None:
    counted = an_outcome(Why.FITS)
    decided = replace(counted, decision=object())  # type: ignore[arg-type]
    public = replace(decided, published_at=at(7, 3))

    def keys(found: list[object]) -> list[str]:
        return [reason.refusal.value for reason in found]  # type: ignore[attr-defined]

    assert keys(adopting_reasons(None)) == keys(publishing_reasons(None)) == ["results.not_counted"]
    assert keys(adopting_reasons(counted)) == [] and keys(publishing_reasons(counted)) == ["results.not_adopted"]
    assert keys(adopting_reasons(counted, 2)) == ["results.counted_anew"]
    assert keys(adopting_reasons(decided)) == ["results.already_adopted"] and keys(publishing_reasons(decided)) == []
    assert keys(publishing_reasons(public)) == ["results.already_published"]


def test_an_outcome_tells_winners_and_others_apart() -> None:
    outcome: Outcome = an_outcome(Why.FITS, Why.DOES_NOT_FIT)
    assert [one.plan.code for one in outcome.won] == ["p1"] and [one.plan.code for one in outcome.lost] == ["p2"]
    assert outcome.result_of("p2") == PlanResult(a_plan_record(2), outcome.results[1].step, won=False)
    assert outcome.result_of("weg") is None and outcome.stopped_by("all") == outcome.results[1]


def test_a_step_is_what_the_page_shows() -> None:
    step: Step = an_outcome(Why.FITS).results[0].step
    assert (step.place, step.votes, step.tie) == (1, 7, Tie.NONE)


def test_streams_of_money_keep_their_width_and_reach_their_row() -> None:
    """Twice the money is twice the width, on the bar and at the end; the widest just fits its row."""
    parts = [400, 100, 200]
    bands = flow_bands(parts)
    assert [band.height for band in bands] == [40.0, 10.0, 20.0]
    assert [band.top for band in bands] == [37.0, 77.0, 87.0], "one behind another, in the middle of three rows"
    for row, (part, band) in enumerate(zip(parts, bands, strict=True)):
        end, end_low = (float(one) for one in re.findall(r" 160,([\d.]+)V([\d.]+)", band.path)[0])
        assert end_low - end == pytest.approx(part / 10) and (end + end_low) / 2 == pytest.approx(48 * row + 24)
