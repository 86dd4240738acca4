"""A Pabulib file as a round: what a frame can hold is held, and the rest is named."""

from datetime import UTC, datetime

import pytest

from pb.base.refusals import Refusal, Refused
from pb.counting.equal_shares import Completion, Utility
from pb.counting.pabulib import read_pabulib
from pb.counting.refusals import CountRefusal
from pb.counting.rules import RuleName
from pb.demo.elections import ImportRefusal, foreign_round
from pb.rounds.rules import frame_reasons
from pb.rounds.values import BallotKind, BallotRule, Ceiling, CountingRule, Misfit, PhaseKind

FILE = """META
key;value
description;Buurtgeld
country;Nederland
unit;Ons dorp
instance;2024
num_projects;{projects}
num_votes;{votes}
budget;1000
vote_type;{vote_type}
rule;{rule}
date_begin;07.10.2024
date_end;31.10.2024
{more}PROJECTS
project_id;cost;name;selected
{rows}VOTES
voter_id;vote
{ballots}"""
ROWS = "A/1;400;Een bank;1\na-1;500;Een boom;1\nc;900;Een plein;0\n"


def a_file(**changes: str) -> bytes:
    given = {
        "rows": ROWS,
        "ballots": "1;A/1,a-1\n2;c\n",
        "rule": "greedy",
        "vote_type": "approval",
        "more": "",
    } | changes
    counts = {"projects": str(given["rows"].count("\n")), "votes": str(given["ballots"].count("\n"))}
    return FILE.format(**(counts | given)).encode()


def test_a_file_becomes_a_round_that_can_be_held() -> None:
    found = foreign_round(read_pabulib(a_file(more="max_sum_cost;1000\n")))
    assert frame_reasons(found.frame) == []
    assert found.frame.total == 1000_00 and found.frame.ballot.kind is BallotKind.WITHIN_MONEY
    vote = found.frame.calendar.phase(PhaseKind.VOTE)
    assert vote is not None
    assert (vote.opens, vote.closes) == (datetime(2024, 10, 7, tzinfo=UTC), datetime(2024, 11, 1, tzinfo=UTC))


def test_codes_are_short_ascii_and_each_once() -> None:
    found = foreign_round(read_pabulib(a_file()))
    assert [plan.code for plan in found.plans] == ["a-1", "a-1-2", "c"]
    assert found.ballots == (("a-1", "a-1-2"), ("c",))
    assert found.names_of(("a-1-2", "a-1")) == ["a-1", "A/1"]
    assert found.official == ("a-1", "a-1-2")


@pytest.mark.parametrize(
    ("rule", "misfit"), [("greedy", Misfit.SKIP), ("unknown", Misfit.SKIP), ("greedy-no-skip", Misfit.STOP)]
)
def test_the_rule_of_the_file_is_the_rule_of_the_frame(rule: str, misfit: Misfit) -> None:
    assert foreign_round(read_pabulib(a_file(rule=rule))).frame.counting == CountingRule(misfit)


def test_a_threshold_of_the_file_is_the_frames() -> None:
    found = foreign_round(read_pabulib(a_file(rule="greedy-threshold", more="min_project_score_threshold;2\n")))
    assert found.frame.counting == CountingRule(least_votes=2)


@pytest.mark.parametrize(
    ("rule", "completion", "comparison"),
    [
        ("equalshares", Completion.NONE, False),
        ("equalshares/add1", Completion.ADD1, False),
        ("equalshares/add1-comparison", Completion.ADD1, True),
    ],
)
@pytest.mark.parametrize(("vote_type", "utility"), [("approval", Utility.COST), ("ordinal", Utility.POINTS)])
def test_equal_shares_of_the_file_are_the_frames(
    rule: str, completion: Completion, comparison: bool, vote_type: str, utility: Utility
) -> None:
    found = foreign_round(read_pabulib(a_file(rule=rule, vote_type=vote_type)))
    assert found.frame.counting == CountingRule(
        rule=RuleName.EQUAL_SHARES, utility=utility, completion=completion, comparison=comparison
    )
    assert frame_reasons(found.frame) == []


def test_an_order_becomes_places() -> None:
    found = foreign_round(read_pabulib(a_file(vote_type="ordinal", more="max_length;2\n", ballots="1;c,A/1\n2;A/1\n")))
    assert found.frame.ballot == BallotRule(BallotKind.RANKING, 2)
    assert found.ballots == (("a-1=2", "c=1"), ("a-1=1",))


POINTS = "1;A/1,c;3,4\n2;c,a-1;9,0\n3;;\n"


@pytest.mark.parametrize(("more", "total", "most"), [("", 9, 9), ("max_sum_points;12\nmax_points;5\n", 12, 9)])
@pytest.mark.parametrize("vote_type", ["cumulative", "scoring"])
def test_points_stay_points(vote_type: str, more: str, total: int, most: int) -> None:
    """A vote beyond the limit of the file was counted there, so the ballot here is large enough for it."""
    content = a_file(vote_type=vote_type, more=more, ballots=POINTS).replace(b"voter_id;vote", b"voter_id;vote;points")
    found = foreign_round(read_pabulib(content))
    assert found.frame.ballot == BallotRule(BallotKind.POINTS, total_points=total, most_points=most)
    assert found.ballots == (("a-1=3", "c=4"), ("c=9",), ())
    assert frame_reasons(found.frame) == []


CAPS = "neighborhoods;Oost,West\nbudget_per_neighborhood;900,500\n"
IN_PARTS = "A/1;400;Een bank;1;Oost\na-1;500;Een boom;1;West\nc;900;Een plein;0;Oost\n"


def test_caps_of_the_file_are_taken_over_when_asked_for() -> None:
    content = a_file(rows=IN_PARTS, more=CAPS).replace(b"name;selected", b"name;selected;neighborhood")
    plain, capped = (foreign_round(read_pabulib(content), with_caps) for with_caps in (False, True))
    assert plain.frame.counting.ceilings == () and plain.parts == {}
    assert capped.frame.counting.ceilings == (Ceiling("deel-1", "Oost", 900_00), Ceiling("deel-2", "West", 500_00))
    assert capped.parts == {"deel-1": ("a-1", "c"), "deel-2": ("a-1-2",)}
    assert frame_reasons(capped.frame) == []


@pytest.mark.parametrize(("more", "at_most"), [("max_length;2\n", 2), ("", 3)])
def test_without_a_sum_a_ballot_holds_so_many_plans(more: str, at_most: int) -> None:
    ballot = foreign_round(read_pabulib(a_file(more=more))).frame.ballot
    assert (ballot.kind, ballot.at_most) == (BallotKind.UP_TO, at_most)


def test_one_plan_a_voter() -> None:
    found = foreign_round(read_pabulib(a_file(vote_type="choose-1", ballots="1;c\n2;A/1\n")))
    assert found.frame.ballot == BallotRule(BallotKind.ONE)


def test_a_plan_dearer_than_all_the_money_is_left_out_and_named() -> None:
    rows = ROWS + "weg;999999999;Teruggetrokken;0\n"
    found = foreign_round(read_pabulib(a_file(rows=rows, ballots="1;weg,c\n2;weg\n")))
    assert found.left_out == ("weg",)
    assert found.ballots == (("c",), ())


def test_a_file_without_winners_has_no_official_ones() -> None:
    plain = a_file().replace(b";selected", b"").replace(b";1\n", b"\n").replace(b";0\n", b"\n")
    assert foreign_round(read_pabulib(plain)).official is None


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"rule": "greedy-custom"}, CountRefusal.RULE_UNKNOWN),
        ({"rule": "greedy-threshold"}, CountRefusal.RULE_UNKNOWN),
        ({"vote_type": "ordinal", "more": "max_length;31\n"}, ImportRefusal.RANKING),
        ({"vote_type": "cumulative", "more": "max_sum_points;1001\n", "ballots": ""}, ImportRefusal.POINTS),
        ({"vote_type": "scoring", "more": "default_score;1\n", "ballots": ""}, ImportRefusal.POINTS),
        ({"rows": "a;2000;Te duur;0\n", "ballots": "1;a\n"}, ImportRefusal.NO_PLAN),
    ],
)
def test_what_a_frame_cannot_hold_is_refused_in_words(changes: dict[str, str], refusal: Refusal) -> None:
    with pytest.raises(Refused) as refused:
        foreign_round(read_pabulib(a_file(**changes)))
    assert [reason.refusal for reason in refused.value.reasons] == [refusal]


@pytest.mark.parametrize(
    ("more", "name"),
    [
        ("", "Buurtgeld (2024)"),
        ("currency;EUR\n", "Buurtgeld (2024)"),
        ("currency;PLN\n", "Buurtgeld (2024, PLN)"),
    ],
)
def test_another_currency_stands_in_the_name(more: str, name: str) -> None:
    assert foreign_round(read_pabulib(a_file(more=more))).frame.name == name


def test_a_long_name_keeps_its_year_and_currency() -> None:
    content = a_file(more="currency;PLN\n").replace(b"Buurtgeld", b"B" * 300)
    name = foreign_round(read_pabulib(content)).frame.name
    assert name.endswith(" (2024, PLN)") and len(name) == 100
