"""Equal shares: one run, Add1, ties, completion and comparison, each beside a plain counter."""

from dataclasses import replace
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb.base.refusals import Refused
from pb.counting import Cap, Conditions, CountRefusal, Election, Plan, Pot, grouped, grouped_points
from pb.counting.conditions import PLAIN
from pb.counting.ejr import ejr_failures
from pb.counting.equal_shares import Completion, EqualShares, Utility, count_equal_shares
from pb.counting.equal_shares.market import market_of
from pb.counting.equal_shares.purse import Purse
from pb.counting.ledger import Comparison, End, Part, Tie, Why
from pb.counting.pot_count import pot_counts
from tests import plain_counters
from tests.counting import LOTS, PLANS, POT, an_election, elections, reason_of, votes_of

ONCE = EqualShares(completion=Completion.NONE)


def once(utility: Utility, conditions: Conditions = PLAIN) -> EqualShares:
    """One run."""
    return EqualShares(utility, Completion.NONE, conditions=conditions)


def test_a_minority_gets_its_share() -> None:
    """Six of ten people want the dear plans, four the cheap one: most votes would pay the dear ones alone."""
    election = an_election(10_00, {"a": 4_20, "b": 5_00, "c": 4_00}, ["ab"] * 6 + ["c"] * 4)
    ledger = count_equal_shares(election, ONCE)
    assert ledger.winners == ("a", "c")
    assert [(step.price, step.payers, step.emptied) for step in ledger.steps[:2]] == [(70, 6, 0), (100, 4, 4)]


def test_who_has_less_pays_all_and_the_others_pay_the_rest() -> None:
    election = an_election(12, {"a": 3, "b": 7}, ["a", "ab", "b", "b"])
    steps = count_equal_shares(election, ONCE).steps
    assert [(step.plan, step.why) for step in steps] == [("b", Why.BOUGHT), ("a", Why.BOUGHT)]
    assert (steps[0].price, steps[0].payers, steps[0].emptied) == (Fraction(7, 3), 3, 0)
    assert (steps[1].price, steps[1].payers, steps[1].emptied) == (Fraction(7, 3), 2, 1)


def test_a_plan_that_is_not_bought_tells_what_its_supporters_have_left() -> None:
    ledger = count_equal_shares(an_election(12, {"a": 4, "b": 9}, ["a", "ab", "b"]), ONCE)
    step = ledger.step_of("b")
    assert step is not None
    assert (ledger.winners, step.why, step.held, step.before) == (("a",), Why.SUPPORT_TOO_POOR, 6, 8)


def test_blank_ballots_have_their_share() -> None:
    assert count_equal_shares(an_election(10, {"a": 6}, ["a", ""]), ONCE).winners == ()
    assert count_equal_shares(an_election(10, {"a": 6}, ["a"]), ONCE).winners == ("a",)


def test_without_ballots_nothing_is_bought() -> None:
    ledger = count_equal_shares(an_election(10, {"a": 6}, []), EqualShares())
    assert (ledger.winners, ledger.shares[0].end) == ((), End.NOTHING_LEFT)


def test_each_pot_has_its_own_voters() -> None:
    plans = (Plan("a", 6, "n"), Plan("b", 6, "s"))
    here = grouped([["a"]])[0]
    ballots = tuple(
        type(here)(choices, 1, pots=pots) for choices, pots in [(("a",), ("n",)), (("b",), ("s",)), ((), ("s",))]
    )
    ledger = count_equal_shares(Election((Pot("n", 6), Pot("s", 6)), plans, ballots), ONCE)
    assert ledger.winners == ("a",)
    assert [(share.pot, share.voters, share.first) for share in ledger.shares] == [("n", 1, 6), ("s", 2, 3)]


def test_points_are_shares_of_the_payment() -> None:
    election = Election((Pot(POT, 12),), (Plan("a", 6, POT),), grouped_points([{"a": 2}, {"a": 1}, {"a": 0}]))
    step = count_equal_shares(election, once(Utility.POINTS)).steps[0]
    assert (step.votes, step.price, step.payers) == (3, 2, 2)


@given(elections(), st.sampled_from([Utility.COST, Utility.CARDINALITY]), LOTS)
def test_one_run_beside_a_plain_counter(election: Election, utility: Utility, lot: tuple[str, ...]) -> None:
    share = Fraction(election.pots[0].money, election.voters)
    ledger = count_equal_shares(election, once(utility), lot)
    assert list(ledger.winners) == plain_counters.equal_shares(election, share, utility, lot)


@given(elections(points=True), st.sampled_from(Utility), LOTS)
def test_points_beside_a_plain_counter(election: Election, utility: Utility, lot: tuple[str, ...]) -> None:
    share = Fraction(election.pots[0].money, election.voters)
    ledger = count_equal_shares(election, once(utility), lot)
    assert list(ledger.winners) == plain_counters.equal_shares(election, share, utility, lot)


@given(elections(), LOTS, st.integers(0, 8), st.sets(st.sampled_from(PLANS)), st.sets(st.sampled_from(PLANS)))
def test_conditions_beside_a_plain_counter(
    election: Election, lot: tuple[str, ...], cap: int, capped: set[str], conflict: set[str]
) -> None:
    conditions = Conditions(conflicts=(tuple(sorted(conflict)),), caps=(Cap("c", cap, tuple(sorted(capped))),))
    share = Fraction(election.pots[0].money, election.voters)
    ledger = count_equal_shares(election, once(Utility.COST, conditions), lot)
    assert list(ledger.winners) == plain_counters.equal_shares(election, share, Utility.COST, lot, conditions)


@given(elections(), st.sampled_from([Utility.COST, Utility.CARDINALITY]), LOTS, st.integers(1, 3), st.booleans())
def test_add1_beside_a_plain_counter(
    election: Election, utility: Utility, lot: tuple[str, ...], unit: int, exhaustive: bool
) -> None:
    rule = EqualShares(utility, Completion.ADD1, unit, stop_when_exhaustive=exhaustive)
    ledger = count_equal_shares(election, rule, lot)
    assert list(ledger.winners) == plain_counters.add1(election, utility, lot, unit, exhaustive)
    assert ledger.cost <= ledger.money


HUGE = 10**15
"""Cents; a few of them more or less are lost in a float."""


@st.composite
def near_ties(draw: st.DrawFn) -> Election:
    """Elections in which floats cannot tell costs, shares and what is left apart."""
    costs = st.integers(HUGE - 2, HUGE + 2)
    plans = tuple(Plan(plan, draw(costs) * draw(st.integers(1, 3)), POT) for plan in PLANS)
    ballots = grouped(draw(st.lists(st.sets(st.sampled_from(PLANS), min_size=1), min_size=1, max_size=6)))
    return Election((Pot(POT, draw(costs) * draw(st.integers(1, 9))),), plans, ballots)


@given(near_ties(), st.sampled_from([Utility.COST, Utility.CARDINALITY]), LOTS)
def test_what_floats_cannot_tell_apart_is_decided_exactly(
    election: Election, utility: Utility, lot: tuple[str, ...]
) -> None:
    share = Fraction(election.pots[0].money, election.voters)
    ledger = count_equal_shares(election, once(utility), lot)
    assert list(ledger.winners) == plain_counters.equal_shares(election, share, utility, lot)
    assert ejr_failures(election, ledger.winners, utility) == ()


@pytest.mark.parametrize(("money", "winners"), [(2 * HUGE - 1, ()), (2 * HUGE, ("a",))])
def test_a_cent_too_little_is_too_little(money: int, winners: tuple[str, ...]) -> None:
    assert count_equal_shares(an_election(money, {"a": HUGE}, ["a", ""]), ONCE).winners == winners


@given(elections(plans="abc"))
def test_a_lot_is_asked_exactly_when_lots_disagree(election: Election) -> None:
    outcomes = {frozenset(count_equal_shares(election, ONCE, lot).winners) for lot in permutations("abc")}
    try:
        alone = {frozenset(count_equal_shares(election, ONCE).winners)}
    except Refused as refused:
        assert refused.reasons[0].refusal is CountRefusal.TIE_NEEDS_LOT
        assert len(outcomes) > 1
    else:
        assert alone == outcomes


@given(elections(plans="abc"))
def test_add1_without_a_lot_is_what_every_lot_gives(election: Election) -> None:
    outcomes = {
        frozenset(count_equal_shares(election, EqualShares(unit=1), lot).winners) for lot in permutations("abc")
    }
    try:
        alone = {frozenset(count_equal_shares(election, EqualShares(unit=1)).winners)}
    except Refused as refused:
        assert refused.reasons[0].refusal is CountRefusal.TIE_NEEDS_LOT
    else:
        assert alone == outcomes


def test_a_tie_that_decides_whether_the_money_is_enough_needs_a_lot() -> None:
    """With shares of two, one order leaves money for c, which would cost too much, and the other does not."""
    with pytest.raises(Refused) as refused:
        count_equal_shares(an_election(4, {"a": 4, "b": 4, "c": 2}, ["a", "ab", "abc", "bc"]), EqualShares(unit=1))
    assert reason_of(refused).facts == {"plans": "a, b"}


@given(elections(points=True), st.sampled_from(PLANS), st.floats(0, 1), LOTS)
def test_any_guess_from_below_finds_the_price(
    election: Election, plan: str, guess: float, lot: tuple[str, ...]
) -> None:
    """Also when some have paid before: after the first purchase, the price of another plan."""
    (count,) = pot_counts(election, Conditions(), lot)
    market = market_of(count, once(Utility.POINTS))
    number = PLANS.index(plan)
    purse, cost = Purse(market, Fraction(election.pots[0].money, election.voters)), election.plans[number].cost
    money = [purse.held(market.supporters[number])]
    for other in {0, 1} - {number}:
        holdings = purse.holdings(market.supporters[other])
        quote = purse.quote(election.plans[other].cost, holdings, 0.0)
        if quote:
            purse.pay(other, holdings, quote)
    holdings = purse.holdings(market.supporters[number])
    exact = purse.quote(cost, holdings, 0.0)
    assert money[0] >= purse.held(market.supporters[number])
    if exact:
        guessed = purse.quote(cost, holdings, guess * float(exact.price))
        assert guessed is not None and guessed.price == exact.price


def test_a_tie_that_decides_names_its_plans() -> None:
    with pytest.raises(Refused) as refused:
        count_equal_shares(an_election(6, {"a": 4, "b": 4, "c": 2}, ["ab", "ab", "c"]), ONCE)
    assert reason_of(refused).refusal is CountRefusal.TIE_NEEDS_LOT
    assert reason_of(refused).facts == {"plans": "a, b"}


@pytest.mark.parametrize(
    ("costs", "votes", "tie"),
    [
        ({"a": 3, "b": 3}, ["a", "b"], Tie.NO_MATTER),
        ({"a": 2, "b": 4}, votes_of(a=1, b=2), Tie.NONE),
        ({"a": 2, "b": 4}, ["ab", "ab"], Tie.LOWER_COST),
    ],
)
def test_what_told_equals_apart(costs: dict[str, int], votes: list[str], tie: Tie) -> None:
    assert count_equal_shares(an_election(12, costs, votes), ONCE).steps[0].tie is tie


def test_too_many_orders_count_as_a_tie_that_decides() -> None:
    plans = "abcdefgh"
    election = an_election(8, dict.fromkeys(plans, 2), [plans] * 4)
    with pytest.raises(Refused) as refused:
        count_equal_shares(election, ONCE)
    assert reason_of(refused).facts == {"plans": ", ".join(plans)}


RISING = an_election(10_00, {"a": 4_00, "b": 3_00, "c": 8_00}, ["a"] * 3 + ["b"] * 2 + ["c"] * 4 + [""])
"""Shares begin at EUR 1.00; a is bought from EUR 1.34 on, b from 1.50, c from 2.00."""


@pytest.mark.parametrize(
    ("rule", "winners", "last", "end", "next_cost"),
    [
        (ONCE, (), 1_00, End.NOT_RAISED, None),
        (EqualShares(unit=10), ("b", "a"), 1_90, End.OVERSPENT, 15_00),
        (EqualShares(unit=70), ("b", "a"), 1_70, End.OVERSPENT, 15_00),
        (EqualShares(unit=60), ("b", "a"), 1_60, End.OVERSPENT, 15_00),
        (EqualShares(unit=80, whole_start=True), ("b", "a"), 1_60, End.OVERSPENT, 15_00),
        (EqualShares(unit=10, stop_when_exhaustive=True), ("b", "a"), 1_50, End.NOTHING_FITS, None),
    ],
)
def test_how_far_shares_are_raised(
    rule: EqualShares, winners: tuple[str, ...], last: int, end: End, next_cost: int | None
) -> None:
    ledger = count_equal_shares(RISING, rule)
    share = ledger.shares[0]
    assert (set(ledger.winners), share.last, share.end, share.next_cost) == (set(winners), last, end, next_cost)


def test_raising_ends_when_all_is_bought() -> None:
    ledger = count_equal_shares(an_election(10_00, {"a": 4_00, "b": 3_00}, ["a", "b", "", ""]), EqualShares(unit=1))
    assert (set(ledger.winners), ledger.shares[0].end, ledger.shares[0].last) == ({"a", "b"}, End.NOTHING_LEFT, 4_00)


@pytest.mark.parametrize("lot", [(), ("b", "a", "c")])
def test_small_steps_are_not_run_one_by_one(lot: tuple[str, ...]) -> None:
    """Hundreds of million million steps, of which nearly all provably change nothing; without a lot a tie is open in many."""
    money = 10**15
    election = an_election(
        money, {"a": 4 * money // 10, "b": 4 * money // 10, "c": 9 * money // 10}, ["ab", "ab", "c", ""]
    )
    ledger = count_equal_shares(election, EqualShares(unit=1), lot)
    assert (set(ledger.winners), ledger.shares[0].last) == ({"a", "b"}, 9 * money // 10 - 1)


def test_steps_that_are_too_many_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pb.counting.equal_shares.add1.MOST_RUNS", 2)
    with pytest.raises(Refused) as refused:
        count_equal_shares(RISING, EqualShares(unit=1))
    assert reason_of(refused).refusal is CountRefusal.UNIT_TOO_SMALL


def test_who_listens_hears_how_much_is_spent() -> None:
    heard: list[tuple[int, int]] = []
    count_equal_shares(RISING, EqualShares(unit=10), heard=lambda spent, money: heard.append((spent, money)))
    assert heard[-1] == (7_00, 10_00)


@pytest.mark.parametrize(
    ("completion", "winners"),
    [
        (Completion.NONE, ("a",)),
        (Completion.MOST_VOTES, ("a", "c")),
        (Completion.ADD1, ("a", "b")),
        (Completion.ADD1_MOST_VOTES, ("a", "b", "d")),
    ],
)
def test_what_happens_with_what_is_left(completion: Completion, winners: tuple[str, ...]) -> None:
    votes = ["a"] * 4 + ["b"] * 2 + ["c"] * 3 + ["d"]
    election = an_election(10_00, {"a": 4_00, "b": 2_20, "c": 6_00, "d": 3_00}, votes)
    ledger = count_equal_shares(election, EqualShares(completion=completion, unit=10))
    assert ledger.winners == winners
    parts = {step.plan: step.part for step in ledger.steps}
    assert (parts["a"], parts["c"]) == (Part.RULE, Part.COMPLETION if completion.fills else Part.RULE)


@pytest.mark.parametrize(
    ("money", "votes", "comparison", "winners"),
    [
        (10_00, ["ab"] * 6 + ["c"] * 4, Comparison(4, 6), ("b", "a")),
        (12_00, ["ab"] * 6 + ["c"] * 6, Comparison(6, 6), ("b", "c")),
    ],
)
def test_more_ballots_with_more_winners_decide(
    money: int, votes: list[str], comparison: Comparison, winners: tuple[str, ...]
) -> None:
    """Equal shares pays b and c; most votes pays the two plans of the greater group, b and a."""
    election = an_election(money, {"a": 5_00, "b": 4_90, "c": 4_00 if money == 10_00 else 5_50}, votes)
    ledger = count_equal_shares(election, EqualShares(completion=Completion.NONE, comparison=True))
    assert (ledger.comparison, ledger.winners) == (comparison, winners)


@given(elections(), st.sampled_from(Completion), LOTS)
def test_ballots_twice_give_the_same_winners(election: Election, completion: Completion, lot: tuple[str, ...]) -> None:
    twice = replace(election, ballots=tuple(replace(one, times=2 * one.times) for one in election.ballots))
    money = replace(election.pots[0], money=2 * election.pots[0].money)
    doubled = replace(twice, pots=(money,), plans=tuple(replace(plan, cost=2 * plan.cost) for plan in election.plans))
    rule = EqualShares(completion=completion, unit=1)
    assert count_equal_shares(doubled, rule, lot).winners == count_equal_shares(election, rule, lot).winners


@given(elections(), st.sampled_from(Completion), LOTS, st.integers(2, 10**9))
def test_another_currency_gives_the_same_winners(
    election: Election, completion: Completion, lot: tuple[str, ...], rate: int
) -> None:
    dear = replace(
        election,
        pots=(replace(election.pots[0], money=rate * election.pots[0].money),),
        plans=tuple(replace(plan, cost=rate * plan.cost) for plan in election.plans),
    )
    here = count_equal_shares(election, EqualShares(completion=completion, unit=1), lot)
    there = count_equal_shares(dear, EqualShares(completion=completion, unit=rate), lot)
    assert (there.winners, there.cost) == (here.winners, rate * here.cost)
    assert [step.price and step.price * rate for step in here.steps] == [step.price for step in there.steps]
