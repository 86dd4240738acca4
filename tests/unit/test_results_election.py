"""From a sealed manifest and opened ballots to what is counted, for every ballot and rule; and to files that count the same."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from pb.counting import Ballot, Completion, EqualShares, MostVotes, PerEuro, Phragmen, Utility, VotesPerEuro
from pb.counting.pabulib import VoteType, election_of, read_pabulib
from pb.counting.pabulib import rule_of as rule_in
from pb.counting.rules import RuleName, count
from pb.results.open_data import ballots_file
from pb.results.rules import LEAST_VOTES, election_from, rule_of
from pb.rounds.values import BallotKind, BallotRule, CountingRule, Frame, Misfit, Pot, PotKind, TieRule
from pb.voting.values import Opened, PlanCeiling
from tests.bundles import SEED, Maker, Scene
from tests.factories import a_frame

LOT = ("bank", "bomen", "kas", "tuin", "water")
UP_TO = BallotRule(BallotKind.UP_TO, 5)
POINTS = BallotRule(BallotKind.POINTS, at_least=1, total_points=10, most_points=10)
RANKING = BallotRule(BallotKind.RANKING, 4)
APPROVED = [("bank", "kas"), ("tuin",), ("bank", "tuin", "water"), ("kas", "water"), (), ("bomen",), ("tuin", "bomen")]
POINTED = [("bank=3", "kas=7"), ("tuin=10",), ("bank=2", "tuin=4", "water=4"), (), ("bomen=1",), ("tuin=9", "bomen=1")]
RANKED = [("bank=2", "kas=1"), ("tuin=1",), ("bank=3", "tuin=1", "water=2"), (), ("bomen=1",), ("bomen=2", "tuin=1")]
ONES = [("bank",), ("bank",), ("tuin",), (), ("kas",), ("tuin",)]
AREAS: dict[str, Any] = {
    "pot_kind": PotKind.AREA,
    "pots": (Pot("oud", "Oud", 10_000_00, ("2405",)), Pot("nieuw", "Nieuw", 20_000_00, ("2406",))),
}


def a_scene(frame: Frame, ballots: list[tuple[str, ...]], withdrawn: tuple[str, ...] = ()) -> Scene:
    """The vote with these ballots."""
    maker = Maker(frame)
    people = [maker.code() for _ in ballots]
    maker.seal()
    for person, choices in zip(people, ballots, strict=True):
        maker.vote(person, *choices)
    for plan in withdrawn:
        maker.withdraw(plan)
    return maker.close()


def opened_of(scene: Scene) -> Opened:
    return Opened(scene.ballots, scene.spent, scene.withdrawn, SEED.hex())


@pytest.mark.parametrize(
    ("ballot", "cast", "found"),
    [
        (UP_TO, [("kas", "bank"), ("bank", "kas"), ()], (Ballot((), 1), Ballot(("bank", "kas"), 2))),
        (POINTS, [("bank=3", "kas=7"), ("kas=7", "bank=3")], (Ballot(("bank", "kas"), 2, (3, 7)),)),
        (RANKING, [("bank=2", "kas=1"), ("kas=1",)], (Ballot(("bank", "kas"), 1, (3, 4)), Ballot(("kas",), 1, (4,)))),
    ],
)
def test_ballots_come_as_they_were_filled_in(
    ballot: BallotRule, cast: list[tuple[str, ...]], found: tuple[Ballot, ...]
) -> None:
    scene = a_scene(a_frame(ballot=ballot), cast)
    election = election_from(scene.manifest, opened_of(scene))
    assert election.ballots == found and election.voters == len(cast)


def test_a_ballot_of_an_area_shares_in_its_own_pot_only() -> None:
    """The money of a pot is divided over those who vote in it: somebody of another area is no voter of it."""
    maker = Maker(
        a_frame(ballot=UP_TO, **AREAS),
        pots={"bank": "oud", "bomen": "oud", "kas": "nieuw", "tuin": "nieuw", "water": "nieuw"},
    )
    old, new = maker.code("oud"), [maker.code("nieuw") for _ in range(3)]
    maker.seal()
    maker.vote(old, "bank")
    for person in new:
        maker.vote(person, "kas")
    scene = maker.close()
    election = election_from(scene.manifest, opened_of(scene))
    assert {pot.code: election.of_pot(pot).voters for pot in election.pots} == {"oud": 1, "nieuw": 3}


def test_a_plan_that_left_the_ballot_is_marked() -> None:
    scene = a_scene(a_frame(), [("bank",)], withdrawn=("kas",))
    assert [plan.id for plan in election_from(scene.manifest, opened_of(scene)).plans if plan.withdrawn] == ["kas"]


@pytest.mark.parametrize(
    ("counting", "rule"),
    [
        (CountingRule(), MostVotes()),
        (CountingRule(Misfit.STOP), MostVotes(skip=False)),
        (CountingRule(rule=RuleName.PHRAGMEN), Phragmen()),
        (CountingRule(rule=RuleName.VOTES_PER_EURO), VotesPerEuro()),
        (CountingRule(rule=RuleName.PER_EURO), PerEuro()),
        (
            CountingRule(
                rule=RuleName.EQUAL_SHARES, utility=Utility.CARDINALITY, completion=Completion.ADD1_MOST_VOTES, step=50,
                whole_start=True, stop_when_exhaustive=True, comparison=True,
            ),
            EqualShares(Utility.CARDINALITY, Completion.ADD1_MOST_VOTES, 50, True, True, True),
        ),
    ],
)  # fmt: skip
def test_the_frame_says_by_which_rule(counting: CountingRule, rule: Any) -> None:
    found = rule_of(a_frame(counting=counting))
    assert found == replace(rule, conditions=replace(rule.conditions, least_votes=LEAST_VOTES))


def test_conditions_go_with_every_rule() -> None:
    counting = CountingRule(tie=TieRule.LOT, least_votes=20, least_share=2_50)
    ceiling = PlanCeiling("Oost", 5_000_00, ("bank",))
    for rule in RuleName:
        conditions = rule_of(a_frame(counting=replace(counting, rule=rule)), (("bank", "kas"),), (ceiling,)).conditions
        assert (conditions.least_votes, conditions.least_percent) == (20, Fraction(5, 2))
        assert not conditions.cheaper_first and conditions.conflicts == (("bank", "kas"),)
        assert [(cap.name, cap.money, cap.plans) for cap in conditions.caps] == [("Oost", 5_000_00, ("bank",))]


SHARES = CountingRule(rule=RuleName.EQUAL_SHARES)
FILES = [
    (BallotRule(), CountingRule(), APPROVED[:2], "greedy", VoteType.APPROVAL),
    (UP_TO, CountingRule(Misfit.STOP), APPROVED, "greedy-no-skip", VoteType.APPROVAL),
    (UP_TO, CountingRule(least_votes=2), APPROVED, "greedy-threshold", VoteType.APPROVAL),
    (UP_TO, CountingRule(least_share=20_00), APPROVED, "greedy-custom", VoteType.APPROVAL),
    (UP_TO, SHARES, APPROVED, "equalshares/add1", VoteType.APPROVAL),
    (UP_TO, replace(SHARES, completion=Completion.NONE), APPROVED, "equalshares", VoteType.APPROVAL),
    (UP_TO, replace(SHARES, comparison=True), APPROVED, "equalshares/add1-comparison", VoteType.APPROVAL),
    (UP_TO, replace(SHARES, step=50), APPROVED, "unknown", VoteType.APPROVAL),
    (UP_TO, replace(SHARES, stop_when_exhaustive=True), APPROVED, "unknown", VoteType.APPROVAL),
    (UP_TO, replace(SHARES, completion=Completion.MOST_VOTES), APPROVED, "unknown", VoteType.APPROVAL),
    (UP_TO, CountingRule(rule=RuleName.PHRAGMEN), APPROVED, "unknown", VoteType.APPROVAL),
    (BallotRule(BallotKind.ONE), CountingRule(), ONES, "greedy", VoteType.CHOOSE_1),
    (POINTS, CountingRule(), POINTED, "greedy", VoteType.CUMULATIVE),
    (POINTS, replace(SHARES, utility=Utility.POINTS), POINTED, "equalshares/add1", VoteType.CUMULATIVE),
    (POINTS, replace(SHARES, utility=Utility.POINTS_COST), POINTED, "unknown", VoteType.CUMULATIVE),
    (RANKING, CountingRule(), RANKED, "greedy", VoteType.ORDINAL),
]


@pytest.mark.parametrize("withdrawn", [(), ("tuin",)])
@pytest.mark.parametrize(("ballot", "counting", "cast", "name", "vote_type"), FILES)
def test_a_file_counts_to_the_same_winners(
    ballot: BallotRule,
    counting: CountingRule,
    cast: list[tuple[str, ...]],
    name: str,
    vote_type: VoteType,
    withdrawn: tuple[str, ...],
) -> None:
    scene = a_scene(a_frame(ballot=ballot, counting=counting), cast, withdrawn)
    ledger = count(election_from(scene.manifest, opened_of(scene)), rule_of(scene.manifest.frame), LOT)
    titles = {plan.code: plan.code for plan in scene.manifest.plans}
    file = read_pabulib(ballots_file(scene.manifest, scene.ballots, ledger, titles, "all", "Voorbeeld"))
    assert (file.meta["rule"], file.vote_type) == (name, vote_type)
    again = election_of(file)
    steps = {step.plan: step.votes for step in ledger.steps if step.plan not in withdrawn}
    assert again.scores() == steps
    if name not in {"unknown", "greedy-custom"}:
        lot = tuple(plan for plan in LOT if plan not in withdrawn)
        assert set(count(again, rule_in(file), lot).winners) - {p for p, v in steps.items() if not v} == set(
            ledger.winners
        )
        assert set(file.official or ()) == set(ledger.winners)
