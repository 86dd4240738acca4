"""Two counters written apart, the application's and the verifier's, agree step by step on whatever people vote."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from pb.rounds.values import BallotKind, BallotRule, CountingRule, Misfit, TieRule
from tests.bundles import Maker, Scene, write_files
from tests.factories import a_frame
from tests.verifier import verify

PLANS = ("p1", "p2", "p3", "p4", "p5", "p6")


@st.composite
def scenes(draw: st.DrawFn) -> Scene:
    """A vote with few distinct costs, so that ties and plans that just fit are common."""
    frame = a_frame(
        total=draw(st.sampled_from([300, 500, 900, 1600])),
        ballot=BallotRule(BallotKind.UP_TO, 6),
        counting=CountingRule(misfit=draw(st.sampled_from(Misfit)), tie=draw(st.sampled_from(TieRule))),
    )
    maker = Maker(frame)
    ballots = draw(st.lists(st.sets(st.sampled_from(PLANS)), min_size=5, max_size=12))
    people = [maker.code() for _ in ballots]
    maker.seal({plan: draw(st.sampled_from([100, 200, 300, 500])) for plan in PLANS})
    for h, choices in zip(people, ballots, strict=True):
        maker.vote(h, *choices)
    for plan in draw(st.sets(st.sampled_from(PLANS), max_size=2)):
        maker.withdraw(plan)
    return maker.close()


@given(scenes())
def test_most_votes(scene: Scene) -> None:
    with TemporaryDirectory() as folder:
        bundle = verify.Bundle(write_files(Path(folder), scene.files()))
        assert verify.answer("V11", bundle)["answer"] == "ok"


@given(scenes(), st.permutations(PLANS))
def test_the_lot_decides_and_nothing_else(scene: Scene, order: list[str]) -> None:
    drawn = replace(scene, lot=tuple(order))
    with TemporaryDirectory() as folder:
        bundle = verify.Bundle(write_files(Path(folder), drawn.files()))
        same = drawn.ledger() == scene.ledger()
        assert verify.answer("V11", bundle)["answer"] == ("ok" if same else "failed")
