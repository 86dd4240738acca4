"""Two counters written apart, the application's and the verifier's, agree step by step, by every rule that a frame can have."""

import random
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pb.counting.equal_shares import Completion, Utility
from pb.counting.rules import RuleName
from pb.rounds.values import BallotKind, BallotRule, CountingRule, Misfit, TieRule
from pb.voting.protocol import numbered
from pb.voting.values import PlanCeiling
from tests.bundles import Maker, Scene, resealed, write_files
from tests.factories import a_frame
from tests.verifier import verify

PLANS = ("p1", "p2", "p3", "p4", "p5", "p6")
KINDS = {
    BallotKind.UP_TO: BallotRule(BallotKind.UP_TO, 6),
    BallotKind.ONE: BallotRule(BallotKind.ONE),
    BallotKind.POINTS: BallotRule(BallotKind.POINTS, total_points=30, most_points=5),
    BallotKind.RANKING: BallotRule(BallotKind.RANKING, 4),
}
RULES = [(rule, kind) for rule in RuleName for kind in KINDS]


@st.composite
def choices(draw: st.DrawFn, kind: BallotKind) -> tuple[str, ...]:
    """What somebody fills in."""
    most = {BallotKind.ONE: 1, BallotKind.RANKING: 4}.get(kind, 6)
    chosen = draw(st.lists(st.sampled_from(PLANS), unique=True, max_size=most))
    if kind is BallotKind.POINTS:
        return tuple(numbered(plan, draw(st.integers(1, 5))) for plan in chosen)
    if kind is BallotKind.RANKING:
        return tuple(numbered(plan, place) for place, plan in enumerate(chosen, start=1))
    return tuple(chosen)


@st.composite
def scenes(draw: st.DrawFn, rule: RuleName, kind: BallotKind) -> Scene:
    """A vote with few distinct costs, so that ties, plans that just fit, ceilings and conflicts are common."""
    points = kind in {BallotKind.POINTS, BallotKind.RANKING}
    utilities = list(Utility) if points else [Utility.COST, Utility.CARDINALITY]
    counting = CountingRule(
        misfit=draw(st.sampled_from(Misfit)),
        tie=draw(st.sampled_from(TieRule)),
        rule=rule,
        utility=draw(st.sampled_from(utilities)),
        completion=draw(st.sampled_from(Completion)),
        step=draw(st.sampled_from([1, 7, 100])),
        whole_start=draw(st.booleans()),
        stop_when_exhaustive=draw(st.booleans()),
        comparison=draw(st.booleans()),
        least_votes=draw(st.sampled_from([0, 0, 2, 3])),
        least_share=draw(st.sampled_from([0, 0, 12_50, 33_33])),
    )
    maker = Maker(a_frame(total=draw(st.sampled_from([300, 500, 900, 1600])), ballot=KINDS[kind], counting=counting))
    ballots = draw(st.lists(choices(kind), min_size=5, max_size=12))
    people = [maker.code() for _ in ballots]
    maker.seal({plan: draw(st.sampled_from([100, 200, 300, 500])) for plan in PLANS})
    for h, chosen in zip(people, ballots, strict=True):
        maker.vote(h, *chosen)
    for plan in draw(st.sets(st.sampled_from(PLANS), max_size=1)):
        maker.withdraw(plan)
    groups = st.sets(st.sampled_from(PLANS), min_size=2, max_size=3).map(lambda group: tuple(sorted(group)))
    ceilings = st.builds(PlanCeiling, st.just("Noord"), st.sampled_from([200, 500]), groups)
    return resealed(
        maker.close(),
        conflicts=tuple(draw(st.lists(groups, max_size=2, unique=True).map(sorted))),
        ceilings=tuple(draw(st.lists(ceilings, max_size=2))),
    )


def scene_by(rule: RuleName, kind: BallotKind, dice: random.Random) -> Scene:
    """The same by plain chance, for tests that make no example smaller."""
    counting = CountingRule(
        rule=rule,
        misfit=dice.choice(list(Misfit)),
        tie=dice.choice(list(TieRule)),
        utility=dice.choice(list(Utility)),
        completion=dice.choice(list(Completion)),
        step=dice.choice([7, 100]),
        whole_start=dice.random() < 0.5,
        stop_when_exhaustive=dice.random() < 0.5,
        comparison=dice.random() < 0.5,
        least_votes=dice.choice([0, 3]),
        least_share=dice.choice([0, 12_50]),
    )
    maker = Maker(a_frame(total=dice.choice([300, 900, 1600]), ballot=KINDS[kind], counting=counting))
    people = [maker.code() for _ in range(20)]
    maker.seal({plan: dice.choice([100, 200, 300, 500]) for plan in PLANS})
    for h in people:
        chosen = dice.sample(PLANS, 1 if kind is BallotKind.ONE else dice.randint(0, 4))
        points = {BallotKind.POINTS: [dice.randint(1, 5) for _ in chosen], BallotKind.RANKING: range(1, 5)}.get(kind)
        maker.vote(h, *map(numbered, chosen, points) if points else chosen)
    groups = [tuple(sorted(dice.sample(PLANS, 2))) for _ in range(2)]
    ceilings = tuple(PlanCeiling("Noord", 500, group) for group in groups[: dice.randint(0, 2)])
    return resealed(maker.close(), conflicts=tuple(sorted(set(groups[: dice.randint(0, 1)]))), ceilings=ceilings)


def answers(scene: Scene) -> dict[str, str]:
    """What the checks of ballots, outcome and forms say."""
    with TemporaryDirectory() as folder:
        bundle = verify.Bundle(write_files(Path(folder), scene.files()))
        found = (verify.answer(check, bundle) for check in ("V1", "V7", "V11", "V13"))
        return {one["check"]: one["text"] for one in found if one["answer"] != "ok"}


@pytest.mark.parametrize(("rule", "kind"), RULES, ids=[f"{rule} {kind}" for rule, kind in RULES])
def test_both_count_the_same(rule: RuleName, kind: BallotKind) -> None:
    @settings(max_examples=10)
    @given(scenes(rule, kind))
    def agree(scene: Scene) -> None:
        assert answers(scene) == {}

    agree()


@given(scenes(RuleName.MOST_VOTES, BallotKind.UP_TO), st.permutations(PLANS))
def test_the_lot_decides_and_nothing_else(scene: Scene, order: list[str]) -> None:
    drawn = replace(scene, lot=tuple(order))
    same = drawn.ledger() == scene.ledger()
    assert ("V11" in answers(drawn)) is not same
