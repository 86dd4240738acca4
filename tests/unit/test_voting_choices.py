"""Choices with points or places: how they are written, and every ballot that does not keep to its form, as a grid."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.public import PrivateKey

from pb.rounds.values import BallotKind, BallotRule
from pb.voting.protocol import (
    choices_text,
    normal_choices,
    numbered,
    numbers_in,
    open_ballot,
    plan_of,
    plans_in,
    read_choices,
    seal_ballot,
    seal_sizes,
)
from pb.voting.rules import choice_reasons, money_per_pot
from pb.voting.values import Manifest, OpenedBallot
from tests.bundles import Maker
from tests.factories import a_frame

POINTS = BallotRule(BallotKind.POINTS, at_least=2, total_points=10, most_points=7, least_points=2)
RANKING = BallotRule(BallotKind.RANKING, 3, at_least=2)
CODES = st.from_regex(r"[a-z0-9][a-z0-9-]{0,9}", fullmatch=True)


def a_manifest(rule: BallotRule) -> Manifest:
    maker = Maker(a_frame(ballot=rule))
    maker.code()
    maker.seal()
    assert maker.manifest
    return maker.manifest


@pytest.mark.parametrize(
    ("rule", "choices", "reasons"),
    [
        (POINTS, (), []),
        (POINTS, ("bank=3", "kas=7"), []),
        (POINTS, ("bank=2", "bomen=2", "kas=2", "tuin=2", "water=2"), []),
        (POINTS, ("bank=7",), ["count.ballot.too_few"]),
        (POINTS, ("bank=7", "kas=4"), ["count.ballot.too_many_points"]),
        (POINTS, ("bank=8", "kas=2"), ["count.ballot.points_outside"]),
        (POINTS, ("bank=1", "kas=2"), ["count.ballot.points_outside"]),
        (POINTS, ("bank", "kas=2"), ["count.ballot.points_missing"]),
        (POINTS, ("bank=2", "bank=3"), ["vote.plan_twice"]),
        (POINTS, ("bank=02", "kas=2"), ["vote.plan_unknown"]),
        (POINTS, ("bank=0", "kas=2"), ["vote.plan_unknown"]),
        (POINTS, ("bank=-2", "kas=2"), ["vote.plan_unknown"]),
        (POINTS, ("bank=٣", "kas=2"), ["vote.plan_unknown"]),
        (POINTS, ("bank=99999", "kas=2"), ["vote.plan_unknown"]),
        (POINTS, ("weg=2", "kas=2"), ["vote.plan_unknown"]),
        (RANKING, (), []),
        (RANKING, ("bank=2", "kas=1"), []),
        (RANKING, ("bank=3", "bomen=1", "kas=2"), []),
        (RANKING, ("bank=1",), ["count.ballot.too_few"]),
        (RANKING, ("bank=1", "bomen=2", "kas=3", "tuin=4"), ["vote.too_many_plans"]),
        (RANKING, ("bank=1", "kas=1"), ["vote.place_twice"]),
        (RANKING, ("bank=1", "kas=3"), ["vote.place_left_out"]),
        (RANKING, ("bank=3", "kas=3"), ["vote.place_twice", "vote.place_left_out"]),
        (RANKING, ("bank", "kas=1"), ["vote.place_missing"]),
        (BallotRule(BallotKind.ONE), ("bank",), []),
        (BallotRule(BallotKind.ONE), ("bank", "kas"), ["vote.only_one_plan"]),
        (BallotRule(BallotKind.ONE), ("bank=1",), ["vote.plan_unknown"]),
        (BallotRule(BallotKind.UP_TO, 3, at_least=2), ("bank",), ["count.ballot.too_few"]),
        (BallotRule(), ("bank=1",), ["vote.plan_unknown"]),
    ],
)
def test_a_ballot_keeps_to_its_form(rule: BallotRule, choices: tuple[str, ...], reasons: list[str]) -> None:
    found = choice_reasons(a_manifest(rule), "all", choices)
    assert [reason.refusal.value for reason in found] == reasons


def test_a_plan_that_left_the_ballot_cannot_have_points() -> None:
    found = choice_reasons(a_manifest(POINTS), "all", ("bank=3", "kas=7"), withdrawn=("kas",))
    assert [reason.refusal.value for reason in found] == ["vote.plan_withdrawn"]


def test_money_is_counted_with_numbers_too() -> None:
    assert money_per_pot(a_manifest(POINTS), ("bank=3", "water=7")) == {"all": 6_200_00}


@given(st.dictionaries(CODES, st.integers(1, 9_999), max_size=8))
def test_points_are_written_and_read(points: dict[str, int]) -> None:
    choices = normal_choices(numbered(plan, number) for plan, number in points.items())
    assert read_choices(choices_text(choices)) == choices
    assert numbers_in(choices) == points and set(plans_in(choices)) == set(points)


@given(st.text(alphabet="ab=-01²٣.,", max_size=6))
def test_what_is_no_number_belongs_to_the_code(written: str) -> None:
    plan = plan_of(written)
    assert plan == written or numbered(plan, numbers_in([written])[plan]) == written


@pytest.mark.parametrize("rule", [POINTS, RANKING, replace(POINTS, total_points=999, most_points=999)])
def test_every_ballot_is_sealed_to_one_length(rule: BallotRule) -> None:
    """Points and places tell nothing by the length of a seal, nor do blank ballots."""
    manifest = a_manifest(rule)
    size, public = seal_sizes(manifest).ballot, "3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29"
    most = tuple(f"{plan.code}={rule.largest}" for plan in manifest.plans)
    ballots = [OpenedBallot("all", "paper", choices, bytes(32), bytes(32)) for choices in ((), ("bank=1",), most)]
    assert len({len(seal_ballot(bytes.fromhex(public), size, ballot)) for ballot in ballots}) == 1


def test_points_come_out_of_a_seal_as_they_went_in() -> None:
    key = PrivateKey(bytes(range(32)))
    ballot = OpenedBallot("all", "web", ("bank=3", "kas=7"), bytes(32), bytes(32))
    sealed = seal_ballot(bytes(key.public_key), seal_sizes(a_manifest(POINTS)).ballot, ballot)
    assert open_ballot(bytes(key), "round", sealed).choices == ("bank=3", "kas=7")
