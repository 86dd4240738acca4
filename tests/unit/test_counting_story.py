"""Stories of plans: why each won or did not, and that what "would have won" says is true when it is tried."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb.base.refusals import Refused
from pb.counting import (
    Ballot,
    Cap,
    Completion,
    Conditions,
    Election,
    EqualShares,
    MostVotes,
    PerEuro,
    Phragmen,
    Plan,
    Pot,
    Utility,
    VotesPerEuro,
    grouped,
    grouped_points,
    merged,
)
from pb.counting.equal_shares.replay import means_before
from pb.counting.ledger import Why
from pb.counting.reach import people_in_reach, price_in_reach, votes_in_reach
from pb.counting.rules import Rule, count
from pb.counting.story import Told, story_of
from pb.counting.summary import Summary, preferring, summary
from tests.counting import LOTS, POT, an_election, elections, votes_of

FOUR = an_election(10_00, {"a": 6_00, "b": 5_00, "c": 3_00, "d": 1_00}, votes_of(a=4, b=3, c=2, d=1), withdrawn="d")
ONCE = EqualShares(completion=Completion.NONE)


def told(election: Election, rule: Rule, plan: str, lot: tuple[str, ...] = ()) -> list[tuple[Told, dict[str, object]]]:
    """The sentences behind the first, which names the place."""
    place, *others = story_of(election, rule, count(election, rule, lot), plan)
    assert place.told is Told.PLACE
    return [(sentence.told, dict(sentence.facts)) for sentence in others]


@pytest.mark.parametrize(
    ("rule", "plan", "expected"),
    [
        (MostVotes(), "a", [(Told.FITS, {"cost": 6_00, "left": 10_00})]),
        (
            MostVotes(),
            "b",
            [
                (Told.DOES_NOT_FIT, {"cost": 5_00, "left": 4_00}),
                (Told.CHEAPER, {"amount": 4_00}),
                (Told.MORE_VOTES, {"votes": 1}),
            ],
        ),
        (MostVotes(skip=False), "c", [(Told.AFTER_STOP, {"plan": "b"}), (Told.MORE_VOTES, {"votes": 1})]),
        (MostVotes(), "d", [(Told.WITHDRAWN, {})]),
        (MostVotes(conditions=Conditions(least_votes=3)), "c", [(Told.TOO_FEW_VOTES, {"votes": 3})]),
        (MostVotes(conditions=Conditions(least_percent=Fraction(25))), "c", [(Told.TOO_FEW_VOTES, {"votes": 3})]),
        (MostVotes(conditions=Conditions(conflicts=(("a", "c"),))), "c", [(Told.EXCLUDED, {"plan": "a"})]),
        (
            MostVotes(conditions=Conditions(caps=(Cap("north", 8_00, ("a", "c")),))),
            "c",
            [(Told.CAP_FULL, {"name": "north"})],
        ),
        (
            PerEuro(),
            "b",
            [
                (Told.PARTLY, {"cost": 5_00, "left": 4_00}),
                (Told.CHEAPER, {"amount": 4_00}),
                (Told.MORE_VOTES, {"votes": 1}),
            ],
        ),
        (VotesPerEuro(), "b", [(Told.DOES_NOT_FIT, {"cost": 5_00, "left": 1_00}), (Told.CHEAPER, {"amount": 1_00})]),
        (Phragmen(), "b", [(Told.DOES_NOT_FIT, {"cost": 5_00, "left": 1_00})]),
        (Phragmen(), "c", [(Told.SAVED, {"people": 2, "amount": 1_50})]),
        (
            ONCE,
            "a",
            [
                (Told.SUPPORT_TOO_POOR, {"cost": 6_00, "left": 4_00}),
                (Told.CHEAPER, {"amount": 4_00}),
                (Told.MORE_PEOPLE, {"people": 2}),
            ],
        ),
    ],
)
def test_why_each_plan_won_or_did_not(rule: Rule, plan: str, expected: list[tuple[Told, dict[str, object]]]) -> None:
    assert told(FOUR, rule, plan) == expected


def test_where_the_money_of_its_supporters_went() -> None:
    election = an_election(12_00, {"a": 2_00, "b": 3_00, "c": 9_00}, ["abc", "bc", "ac", "b"])
    assert told(election, ONCE, "c") == [
        (Told.SUPPORT_TOO_POOR, {"cost": 9_00, "left": 5_00}),
        (Told.SPENT, {"plan": "a", "amount": 2_00}),
        (Told.SPENT, {"plan": "b", "amount": 2_00}),
        (Told.CHEAPER, {"amount": 5_00}),
        (Told.MORE_PEOPLE, {"people": 2}),
    ]


def test_what_supporters_had_before_they_bought() -> None:
    election = an_election(12_00, {"a": 2_00, "b": 3_00, "c": 9_00}, ["abc", "bc", "ac", "b"])
    ledger = count(election, ONCE)
    assert ledger.winners == ("b", "a")
    assert means_before(election, ONCE, ledger) == {"b": 9_00, "a": 5_00}


def test_who_paid_and_who_gave_all() -> None:
    election = an_election(12, {"a": 3, "b": 7}, ["a", "ab", "b", "b"])
    assert told(election, ONCE, "a") == [
        (Told.BOUGHT, {"people": 2, "amount": 3}),
        (Told.EMPTIED, {"people": 1}),
        (Told.EFFECTIVE, {"votes": 1}),
    ]


def test_a_price_by_points() -> None:
    election = Election((Pot(POT, 12),), (Plan("a", 6, POT),), grouped_points([{"a": 2}, {"a": 1}]))
    assert told(election, EqualShares(Utility.POINTS, Completion.NONE), "a") == [
        (Told.BOUGHT_BY_POINTS, {"people": 2, "amount": 2}),
        (Told.EFFECTIVE_POINTS, {"votes": 3}),
    ]


def test_a_plan_dearer_than_all_the_money() -> None:
    assert told(an_election(4, {"a": 5, "b": 1}, ["ab"]), Phragmen(), "a") == [(Told.TOO_DEAR, {"cost": 5, "left": 3})]


def test_a_story_of_its_own_pot() -> None:
    plans = (Plan("a", 5, "n"), Plan("b", 5, "s"), Plan("c", 9, "s"))
    ballots = merged([Ballot(("a",), 3, pots=("n",)), Ballot(("b", "c"), 2, pots=("s",))])
    rule = MostVotes(conditions=Conditions(least_percent=Fraction(100)))
    assert told(Election((Pot("n", 5), Pot("s", 8)), plans, ballots), rule, "c")[0] == (
        Told.DOES_NOT_FIT,
        {"cost": 9, "left": 3},
    )


def test_a_plan_that_was_not_on_the_ballot_has_no_story() -> None:
    with pytest.raises(KeyError):
        story_of(FOUR, ONCE, count(FOUR, ONCE), "z")


def with_cost(election: Election, plan: str, cost: int) -> Election:
    """The election in which a plan costs something else."""
    return replace(election, plans=tuple(replace(one, cost=cost) if one.id == plan else one for one in election.plans))


turn_rules = st.sampled_from([MostVotes(), MostVotes(skip=False), PerEuro(), VotesPerEuro()])


@given(elections(), LOTS, st.one_of(turn_rules, st.just(ONCE)))
def test_at_the_price_that_is_told_the_plan_wins(election: Election, lot: tuple[str, ...], rule: Rule) -> None:
    for step in count(election, rule, lot).steps:
        price = price_in_reach(count(election, rule, lot), step)
        if price is not None:
            assert step.plan in count(with_cost(election, step.plan, price), rule, lot).winners


@given(elections(), LOTS, st.sampled_from([MostVotes(), MostVotes(skip=False), PerEuro()]))
def test_with_the_votes_that_are_told_the_plan_wins(election: Election, lot: tuple[str, ...], rule: Rule) -> None:
    ledger = count(election, rule, lot)
    for step in ledger.steps:
        votes = votes_in_reach(ledger, step)
        if votes is not None:
            more = replace(election, ballots=merged([*election.ballots, Ballot((step.plan,), max(votes, 1))]))
            assert step.plan in count(more, rule, lot).winners
            if votes > 1:
                fewer = replace(election, ballots=merged([*election.ballots, Ballot((step.plan,), votes - 1)]))
                assert step.plan not in count(fewer, rule, lot).winners


@given(elections(), LOTS)
def test_with_the_people_that_are_told_there_is_money_enough(election: Election, lot: tuple[str, ...]) -> None:
    ledger = count(election, ONCE, lot)
    for step in ledger.steps:
        people = people_in_reach(ledger, step)
        if people is not None and step.held is not None:
            share = ledger.shares[0].last
            assert step.held + (people - 1) * share < step.cost <= step.held + people * share


@given(
    elections(points=True), st.sampled_from([MostVotes(), Phragmen(), VotesPerEuro(), PerEuro(), EqualShares(unit=1)])
)
def test_every_plan_has_a_story(election: Election, rule: Rule) -> None:
    try:
        ledger = count(election, rule)
    except Refused:
        return
    for plan in election.plans:
        assert len(story_of(election, rule, ledger, plan.id)) > 1


def test_the_summary_of_a_count() -> None:
    plans = (
        Plan("a", 5, POT, themes=("green", "play"), area="north"),
        Plan("b", 4, POT, themes=("green",)),
        Plan("c", 9, POT, themes=("art",), area="south"),
    )
    election = Election((Pot(POT, 10),), plans, grouped(["ab", "ab", "a", "c", ""]))
    assert summary(election, count(election, MostVotes())) == Summary(5, 3, {"green": 9, "play": 5}, {"north": 5})


def test_who_would_rather_have_which_winners() -> None:
    assert preferring(an_election(1, dict.fromkeys("abc", 1), ["ab", "ab", "c", "abc", ""]), "a", "bc") == (0, 2)
    assert preferring(an_election(1, dict.fromkeys("abc", 1), ["ab", "ab", "c", "a", ""]), "ab", "c") == (3, 1)


def test_reasons_without_reach_stay_without() -> None:
    ledger = count(FOUR, MostVotes())
    withdrawn = next(step for step in ledger.steps if step.why is Why.WITHDRAWN)
    assert (price_in_reach(ledger, withdrawn), votes_in_reach(ledger, withdrawn)) == (None, None)
    assert people_in_reach(ledger, withdrawn) is None
