"""The recorded round gives the numbers of 2020, obeys the frame, and its winners are sure."""

from collections import Counter
from datetime import timedelta
from fractions import Fraction
from itertools import chain, combinations

import pytest

from pb.counting import Ballot, Election, Plan, Pot, count_most_votes, grouped
from pb.counting.ledger import Ledger, Why
from pb.delivery.values import Milestone
from pb.demo import ballots, recording
from pb.demo.cast import JURY, people, proposer
from pb.demo.content import DemoPlan, plan, plans
from pb.demo.deeds import Argue, Deed, Judge, Propose, PublishShortlist, Reach, Recuse, Score, Spend, Support, Tell
from pb.demo.dice import Dice
from pb.demo.frame import ADOPTED, CALENDAR, FIRST_DAY, LETTERS, ONE_YEAR_LATER, STARTS, demo_frame
from pb.demo.register import AREAS, VISITOR, code_of, letters_of, register
from pb.demo.values import DemoRole
from pb.plans.rules import cost_reasons, personal_reasons, public_texts, submission_reasons
from pb.results.rules import rule_of
from pb.roll.codes import read_code
from pb.rounds.rules import frame_reasons
from pb.rounds.values import PhaseKind

FRAME = demo_frame()
SEED = "5eed" * 16
FALLEN = [272029537, 722813739, 490959899]
"""What the dice threw when the recording was made; another number would be another round."""
WINNERS = {"bank-kastanje", "waterkraan", "geveltuinen", "licht-havenpad", "ruilkast", "nestkasten"}


def of(kind: type[Deed]) -> list:
    return [deed for deed in (*recording.before_the_vote(), *recording.year()) if isinstance(deed, kind)]


def on_ballot() -> list[DemoPlan]:
    return [one for one in plans() if one.on_ballot]


def counted(given: tuple[Ballot, ...]) -> Ledger:
    chosen_from = tuple(Plan(one.key, one.asked, "all") for one in on_ballot())
    return count_most_votes(Election((Pot("all", FRAME.total),), chosen_from, given), rule_of(FRAME))


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return counted(grouped(vote.choices for vote in ballots.votes()))


def test_the_frame_can_be_adopted_and_says_what_is_known() -> None:
    assert frame_reasons(FRAME) == []
    assert (FRAME.total, FRAME.postcodes, FRAME.minimum_age, FRAME.likes_needed) == (
        30_000_00,
        ("2405", "2406"),
        12,
        25,
    )
    vote = CALENDAR.phase(PhaseKind.VOTE)
    assert FRAME.local(vote.closes - timedelta(minutes=1)).strftime("%d %B %Y %H:%M") == "28 June 2020 23:59"
    assert STARTS < ADOPTED < CALENDAR.phases[0].opens
    assert CALENDAR.phase(PhaseKind.SELECT).closes < LETTERS < vote.opens < FIRST_DAY


def test_the_funnel_is_42_25_12_6(ledger: Ledger) -> None:
    likes = Counter(deed.plan for deed in of(Support))
    assert len(of(Propose)) == len({deed.plan for deed in of(Propose)}) == 42
    assert likes == {one.key: one.likes for one in plans()}
    enough = {key for key, number in likes.items() if number >= FRAME.likes_needed}
    assert len(enough) == 25 and {deed.plan for deed in of(Judge)} == enough
    assert len(on_ballot()) == FRAME.selection.places == 12
    assert len(ledger.winners) == 6


@pytest.mark.parametrize("one", plans(), ids=lambda one: one.key)
def test_every_plan_can_be_handed_in(one: DemoPlan) -> None:
    assert submission_reasons(one.draft, FRAME) == []
    assert cost_reasons(one.draft, FRAME) == []
    assert personal_reasons(public_texts(one.draft)) == []


def test_deeds_fall_in_their_phase_in_order_and_on_the_hour() -> None:
    kinds = {Propose: (PhaseKind.PROPOSE,), Support: (PhaseKind.PROPOSE, PhaseKind.SUPPORT), Judge: (PhaseKind.ASSESS,)}
    kinds |= {Argue: kinds[Support], Score: (PhaseKind.SELECT,), PublishShortlist: (PhaseKind.SELECT,)}
    for kind, phases in kinds.items():
        for deed in of(kind):
            assert any(CALENDAR.is_open(phase, deed.at) for phase in phases), deed
    for deeds in (recording.before_the_vote(), ballots.votes(), recording.year()):
        assert list(deeds) == sorted(deeds, key=lambda deed: deed.at)
    assert all(
        deed.at == deed.at.replace(minute=0, second=0) for deed in (*recording.before_the_vote(), *ballots.votes())
    )


def test_nobody_supports_a_plan_before_it_is_there_or_twice() -> None:
    handed_in = {deed.plan: deed.at for deed in of(Propose)}
    assert all(deed.at > handed_in[deed.plan] for deed in (*of(Support), *of(Argue)))
    assert len({(deed.by, deed.plan) for deed in of(Support)}) == len(of(Support))
    assert not any(deed.by == proposer(deed.plan) for deed in of(Support))


def test_everybody_in_the_recording_has_an_account() -> None:
    known = [person.email for person in people()]
    assert len(known) == len(set(known))
    assert {deed.by for deed in (*recording.before_the_vote(), *recording.year())} <= set(known)
    assert {role.email for role in DemoRole} <= set(known)


def test_a_verdict_names_every_criterion_and_gives_a_reason() -> None:
    codes = {criterion.code for criterion in FRAME.feasibility_criteria}
    for deed in of(Judge):
        assert set(deed.answers) == codes and deed.reason
        assert deed.feasible == all(deed.answers.values())
    assert sum(deed.feasible for deed in of(Judge)) == 17


def test_the_jury_chose_the_twelve_that_it_gave_most() -> None:
    given: dict[str, list[int]] = {}
    for deed in of(Score):
        for (key, _), points in deed.points.items():
            given.setdefault(key, []).append(points)
    averages = {key: Fraction(sum(points), len(points)) for key, points in given.items()}
    ranked = sorted(averages, key=averages.__getitem__, reverse=True)
    assert set(ranked[:12]) == {one.key for one in on_ballot()} == set(of(PublishShortlist)[0].motivations)
    assert averages[ranked[11]] > averages[ranked[12]]
    assert all(1 <= points <= 5 for points in chain.from_iterable(given.values()))
    assert all(abs(float(averages[key]) - plan(key).jury) < 0.05 for key in averages)


def test_jurors_score_everything_but_where_they_have_a_part() -> None:
    recused = {(deed.by, deed.plan) for deed in of(Recuse)}
    assert len(recused) == 1
    for juror in JURY:
        scored = {(key, code) for deed in of(Score) if deed.by == juror for key, code in deed.points}
        keys = {one.key for one in plans() if one.feasible and (juror, one.key) not in recused}
        assert scored == {(key, criterion.code) for key in keys for criterion in FRAME.jury_criteria}


def test_the_register_has_everybody_of_twelve_and_older() -> None:
    entries = register().entries
    assert len(entries) == len({entry.letter for entry in entries}) == sum(area.people for area in AREAS) == 13_250
    assert min(entry.age_on(FRAME.reference_date) for entry in entries) >= FRAME.minimum_age
    assert {entry.postcode[:4] for entry in entries} == set(FRAME.postcodes)
    assert Counter(entry.area for entry in entries) == {area.name: area.people for area in AREAS}


def test_every_letter_has_a_code_that_only_the_seed_gives() -> None:
    codes = {code_of(SEED, str(letter)) for letter in range(1, 500)}
    assert len(codes) == 499 and all(read_code(code) == code for code in codes)
    assert code_of(SEED, "7") == code_of(SEED, "7") != code_of("dead" * 16, "7")


def test_about_22_per_cent_vote_each_once_and_never_the_visitor() -> None:
    letters = [vote.letter for vote in ballots.votes()]
    assert len(letters) == len(set(letters)) == 2_914
    assert VISITOR not in letters and VISITOR in letters_of(AREAS[0])
    assert round(100 * len(letters) / 13_250) == 22
    for area in AREAS:
        assert sum(letter in letters_of(area) for letter in letters) == area.voters


def test_every_ballot_obeys_the_rule_and_falls_in_the_vote() -> None:
    costs, vote = {one.key: one.asked for one in on_ballot()}, CALENDAR.phase(PhaseKind.VOTE)
    for one in ballots.votes():
        assert FIRST_DAY < one.at < vote.closes
        assert list(one.choices) == sorted(set(one.choices))
        assert sum(costs[key] for key in one.choices) <= FRAME.total
    assert any(not one.choices for one in ballots.votes()), "some vote blank"


def test_six_winners_for_29400_euros_and_no_playground(ledger: Ledger) -> None:
    assert set(ledger.winners) == WINNERS
    assert (ledger.cost, ledger.left, ledger.ballots) == (29_400_00, 600_00, 2_914)
    lost = ledger.step_of("speeltuin")
    assert lost.why is Why.DOES_NOT_FIT and lost.cost == 14_000_00 and lost.before == 4_200_00
    later = [step.place for step in ledger.steps if step.won and step.place > lost.place]
    assert later, "a plan further down still fits: the count skips"


def test_no_further_ballot_changes_the_winners(ledger: Ledger) -> None:
    """Every ballot that the visitor could cast, on top of the same number of votes for each plan."""
    costs = {one.key: one.asked for one in on_ballot()}
    recorded = tuple(Ballot((step.plan,), step.votes) for step in ledger.steps)
    assert counted(recorded).winners == ledger.winners
    possible = chain.from_iterable(combinations(costs, size) for size in range(len(costs) + 1))
    tried = [choices for choices in possible if sum(map(costs.__getitem__, choices)) <= FRAME.total]
    assert len(tried) > 500
    for choices in tried:
        assert set(counted((*recorded, Ballot(choices))).winners) == WINNERS, choices


def test_the_year_ends_with_everything_built_and_the_money_told() -> None:
    reached: dict[str, list[Milestone]] = {}
    for deed in of(Reach):
        reached.setdefault(deed.plan, []).append(deed.milestone)
    assert set(reached) == WINNERS
    assert all(stops == [Milestone.PREPARED, Milestone.BUILDING, Milestone.DONE] for stops in reached.values())
    spent = {deed.plan: deed.spent for deed in of(Spend)}
    assert set(spent) == WINNERS and spent["bank-kastanje"] == 4_080_00
    last = [deed for deed in of(Tell) if deed.plan == "bank-kastanje"][-1]
    assert any(part.startswith("roundbench") for part in last.scene) and last.alt
    assert all(CALENDAR.result < deed.at < ONE_YEAR_LATER for deed in recording.year())
    assert max(deed.at for deed in of(Reach)).date() <= CALENDAR.delivered_by


def test_the_dice_fall_the_same_everywhere() -> None:
    first, second = Dice("alphen"), Dice("alphen")
    assert [first.below(1000) for _ in range(50)] == [second.below(1000) for _ in range(50)]
    assert [Dice(word).below(10**9) for word in ("a", "b", "c")] == FALLEN


def test_dice_keep_to_what_they_may_throw() -> None:
    dice = Dice("bounds")
    assert {dice.below(3) for _ in range(200)} == {0, 1, 2}
    assert {dice.weighted([0, 1, 0, 2]) for _ in range(200)} == {1, 3}
    assert sorted(dice.some_of(range(5), 5)) == [0, 1, 2, 3, 4]
    start = CALENDAR.phases[0].opens
    moments = [dice.moment(start, start + timedelta(minutes=1)) for _ in range(200)]
    assert all(start <= moment < start + timedelta(minutes=1) for moment in moments)
