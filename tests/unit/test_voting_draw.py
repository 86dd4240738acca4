"""When a draw by hand is entered, what it must name, what waits for it, and which order a count then takes: as grids."""

from dataclasses import replace
from itertools import product

import pytest

from pb.base.refusals import Refused
from pb.rounds.values import CountingRule, LotBy
from pb.voting.paper.numbers import plan_numbers, read_order
from pb.voting.protocol import lot_order
from pb.voting.rules import drawing_reasons, drawn_reasons, lot_drawn, lot_of, waiting_draw_reasons
from pb.voting.rules.draw import LONGEST_HOW
from pb.voting.values import Addition, LotDrawn, Opened
from tests.factories import a_frame, at
from tests.unit.test_voting_rules import COSTS, a_box, a_manifest

BY_HAND = a_manifest(a_frame(counting=CountingRule(lot=LotBy.HAND)))
BY_SEED = a_manifest(a_frame())
ORDER = ("tuin", "bank", "kas", "bomen")
DRAWN = LotDrawn(at(6, 29), ORDER, "Met ballen.")


@pytest.mark.parametrize(
    ("swept", "opened", "drawn", "reason"),
    [
        (False, False, False, "draw.too_early"),
        (True, False, False, None),
        (True, False, True, "draw.already"),
        (True, True, False, "draw.opened"),
        (True, True, True, "draw.opened"),
    ],
)
def test_when_a_draw_is_entered(swept: bool, opened: bool, drawn: bool, reason: str | None) -> None:
    box = a_box(swept_at=at(6, 29) if swept else None, opened_at=at(6, 30) if opened else None)
    found = drawing_reasons(BY_HAND, box, DRAWN if drawn else None)
    assert [one.refusal.value for one in found] == ([reason] if reason else [])


@pytest.mark.parametrize(("swept", "opened", "drawn"), list(product([False, True], repeat=3)))
def test_a_frame_without_a_draw_takes_none(swept: bool, opened: bool, drawn: bool) -> None:
    box = a_box(swept_at=at(6, 29) if swept else None, opened_at=at(6, 30) if opened else None)
    found = drawing_reasons(BY_SEED, box, DRAWN if drawn else None)
    assert [one.refusal.value for one in found] == ["draw.not_asked"]
    assert waiting_draw_reasons(BY_SEED, None) == []


def test_what_waits_for_a_draw() -> None:
    assert [one.refusal.value for one in waiting_draw_reasons(BY_HAND, None)] == ["draw.missing"]
    assert waiting_draw_reasons(BY_HAND, DRAWN) == []


@pytest.mark.parametrize(
    ("order", "how", "wanted"),
    [
        (ORDER, "Met ballen.", []),
        (ORDER[:-1], "Met ballen.", [("draw.plan_missing", "bomen")]),
        ((), "Met ballen.", [("draw.plan_missing", plan) for plan in COSTS]),
        ((*ORDER, "kas"), "Met ballen.", [("draw.plan_twice", "kas")]),
        (("kas", "kas", "bank", "tuin"), "x", [("draw.plan_missing", "bomen"), ("draw.plan_twice", "kas")]),
        ((*ORDER, "water"), "Met ballen.", [("draw.plan_unknown", "water")]),
        (ORDER, "", [("draw.how_missing", None)]),
        (ORDER, "x" * LONGEST_HOW, []),
        (ORDER, "x" * (LONGEST_HOW + 1), [("draw.how_long", None)]),
    ],
)
def test_what_a_draw_must_say(order: tuple[str, ...], how: str, wanted: list[tuple[str, str | None]]) -> None:
    found = [(one.refusal.value, one.facts.get("plan")) for one in drawn_reasons(BY_HAND, order, how)]
    assert found == wanted


def test_the_order_that_a_count_takes() -> None:
    piles = Opened((), (), (), "ab" * 32, ORDER)
    assert lot_of(BY_HAND, piles) == ORDER
    assert lot_of(BY_SEED, piles) == lot_order("r", bytes.fromhex("ab" * 32), COSTS), "nobody asked for a draw"
    assert lot_of(BY_SEED, replace(piles, drawn=())) == lot_of(BY_SEED, piles)


def test_the_draw_among_the_deeds() -> None:
    other = Addition(at(6, 1), "2405", 2, "Verhuisd")
    assert lot_drawn([other]) is None and lot_drawn([other, DRAWN]) is DRAWN


@pytest.mark.parametrize(
    "typed", ["{0} {1} {2} {3}", "{0},{1}, {2};{3}", "{0}\n{1}\r\n{2}\n\n{3}.", "0{0} {1} {2} {3}"]
)
def test_an_order_typed_as_numbers(typed: str) -> None:
    numbers = {plan.code: number for number, plan in plan_numbers(BY_HAND).items()}
    assert read_order(BY_HAND, typed.format(*(numbers[code] for code in ORDER))) == ORDER


@pytest.mark.parametrize(
    ("typed", "strange"), [("1 5", ["5"]), ("0", ["0"]), ("bank 1 ²", ["bank", "²"]), ("9" * 40, ["9" * 20])]
)
def test_signs_that_are_no_numbers_of_plans(typed: str, strange: list[str]) -> None:
    with pytest.raises(Refused) as caught:
        read_order(BY_HAND, typed)
    assert [reason.facts["plan"] for reason in caught.value.reasons] == strange


def test_a_page_of_nonsense_is_told_in_a_few_words() -> None:
    with pytest.raises(Refused) as caught:
        read_order(BY_HAND, "x " * 5_000)
    assert len(caught.value.reasons) == 5
