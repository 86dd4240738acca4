"""Pabulib files in and out: what is read, what is refused and where, and that what we write is read back equal."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pabulib.checker import Checker

from pb.base.refusals import Refused
from pb.counting import CountRefusal, Plan
from pb.counting.pabulib import (
    FileRefusal,
    PabulibFile,
    Project,
    Vote,
    VoteType,
    election_of,
    read_pabulib,
    write_pabulib,
)
from pb.counting.pabulib.rows import LARGEST, LONGEST, MOST_LINES
from tests.counting import reason_of

PLAIN = """META
key;value
description;A small street
country;Netherlands
unit;Alphen
instance;2020
num_projects;2
num_votes;3
budget;1000.50
vote_type;approval
rule;greedy
date_begin;2020
date_end;2020
max_length;2
PROJECTS
project_id;cost;name;selected
BAD/0001;600;"A ""green"" bench; with a tree";1
p2;500.5;Lights;0
VOTES
voter_id;vote;age
1;BAD/0001,p2;40-59
2;p2,p2;
3;;12
"""


def read(text: str) -> PabulibFile:
    return read_pabulib(text.encode())


def test_what_stands_in_a_file() -> None:
    file = read(PLAIN)
    assert (file.budget, file.vote_type, file.number("max_length"), file.number("min_length")) == (
        1000_50,
        VoteType.APPROVAL,
        2,
        None,
    )
    assert file.projects == (
        Project("BAD/0001", 600_00, 'A "green" bench; with a tree', 1),
        Project("p2", 500_50, "Lights", 0),
    )
    assert file.votes == (
        Vote("1", ("BAD/0001", "p2"), more={"age": "40-59"}),
        Vote("2", ("p2",), more={"age": ""}),
        Vote("3", (), more={"age": "12"}),
    )
    assert file.official == ("BAD/0001",)


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(lambda text: "\ufeff" + text, id="byte order mark"),
        pytest.param(lambda text: text.replace("\n", "\r\n"), id="lines of Windows"),
        pytest.param(lambda text: text.replace("PROJECTS", "\n \nPROJECTS"), id="empty lines"),
        pytest.param(lambda text: text.replace("p2,p2", " p2 , p2 "), id="spaces in a vote"),
        pytest.param(lambda text: text.replace("500.5;", "500.500;"), id="zeros behind the cents"),
        pytest.param(lambda text: text.removesuffix("\n"), id="no last line end"),
    ],
)
def test_what_makes_no_difference(changed: Callable[[str], str]) -> None:
    assert read(changed(PLAIN)) == read(PLAIN)


def test_a_quotation_may_go_on_over_lines() -> None:
    assert read(PLAIN.replace("Lights", '"Lights\nand more"')).projects[1].name == "Lights\nand more"


def test_a_file_without_winners_names_none() -> None:
    assert read(PLAIN.replace(";1\n", ";\n").replace("Lights;0", "Lights;")).official is None


BROKEN = [
    ("nothing", lambda text: "", FileRefusal.SECTION_MISSING, 1, 1),
    ("no META", lambda text: text.removeprefix("META\n"), FileRefusal.SECTION_MISSING, 1, 1),
    ("cut off in META", lambda text: text[:60], FileRefusal.SECTION_MISSING, 4, 19),
    ("cut off behind PROJECTS", lambda text: text.partition("VOTES")[0], FileRefusal.SECTION_MISSING, 18, 18),
    ("VOTES without header", lambda text: text.partition("voter_id")[0], FileRefusal.SECTION_MISSING, 19, 6),
    ("cut off in VOTES", lambda text: text.partition("3;;12")[0], FileRefusal.VOTES_DIFFER, 8, 11),
    ("sections swapped", lambda text: text.replace("PROJECTS", "VOTES", 1), FileRefusal.SECTION_ORDER, 15, 1),
    ("a section twice", lambda text: text + "VOTES\n", FileRefusal.SECTION_ORDER, 24, 1),
    ("META's header", lambda text: text.replace("key;value", "key;worth"), FileRefusal.HEADER_WRONG, 2, 1),
    ("a key twice", lambda text: text.replace("unit;", "country;"), FileRefusal.KEY_TWICE, 5, 1),
    ("a key too few", lambda text: text.replace("unit;", "units;"), FileRefusal.KEY_MISSING, 14, 1),
    ("META with three fields", lambda text: text.replace("Alphen", "Alp;hen"), FileRefusal.FIELDS_WRONG, 5, 1),
    ("votes are no number", lambda text: text.replace("votes;3", "votes;three"), FileRefusal.NOT_A_NUMBER, 8, 11),
    ("a fraction of a vote", lambda text: text.replace("votes;3", "votes;3.5"), FileRefusal.NOT_A_NUMBER, 8, 11),
    ("more votes than said", lambda text: text.replace("votes;3", "votes;2"), FileRefusal.VOTES_DIFFER, 8, 11),
    ("fewer projects", lambda text: text.replace("projects;2", "projects;3"), FileRefusal.PROJECTS_DIFFER, 7, 14),
    ("an absurd length", lambda text: text.replace("h;2", "h;" + "9" * 40), FileRefusal.NOT_A_NUMBER, 14, 12),
    ("no budget", lambda text: text.replace("1000.50", "0"), FileRefusal.NOT_AN_AMOUNT, 9, 8),
    ("a negative budget", lambda text: text.replace("1000.50", "-5"), FileRefusal.NOT_AN_AMOUNT, 9, 8),
    ("a comma in the budget", lambda text: text.replace("1000.50", "1000,50"), FileRefusal.NOT_AN_AMOUNT, 9, 8),
    ("an unknown vote type", lambda text: text.replace("approval", "shouting"), FileRefusal.VOTE_TYPE_UNKNOWN, 10, 11),
    ("a column twice", lambda text: text.replace("cost;name", "cost;cost"), FileRefusal.COLUMN_TWICE, 16, 17),
    ("no cost", lambda text: text.replace("id;cost", "id;price"), FileRefusal.COLUMN_MISSING, 16, 1),
    ("no vote", lambda text: text.replace("vote;age", "choice;age"), FileRefusal.COLUMN_MISSING, 20, 1),
    ("a field too few", lambda text: text.replace(";Lights;0", ";Lights"), FileRefusal.FIELDS_WRONG, 18, 16),
    ("a field too many", lambda text: text.replace("3;;12", "3;;12;"), FileRefusal.FIELDS_WRONG, 23, 7),
    ("a project without id", lambda text: text.replace("p2;500.5", ";500.5"), FileRefusal.PROJECT_EMPTY, 18, 1),
    ("a comma in an id", lambda text: text.replace("p2;500.5", "p,2;500.5"), FileRefusal.PROJECT_EMPTY, 18, 1),
    ("a project twice", lambda text: text.replace("p2;500.5", "BAD/0001;5"), FileRefusal.PROJECT_TWICE, 18, 1),
    ("a cost of nothing", lambda text: text.replace("500.5", "0.00"), FileRefusal.NOT_AN_AMOUNT, 18, 4),
    ("a negative cost", lambda text: text.replace("500.5", "-500"), FileRefusal.NOT_AN_AMOUNT, 18, 4),
    ("a tenth of a cent", lambda text: text.replace("500.5", "500.505"), FileRefusal.NOT_AN_AMOUNT, 18, 4),
    ("an infinite cost", lambda text: text.replace("500.5", "inf"), FileRefusal.NOT_AN_AMOUNT, 18, 4),
    ("an absurd cost", lambda text: text.replace("500.5", "9" * 5000), FileRefusal.NOT_AN_AMOUNT, 18, 4),
    ("digits of elsewhere", lambda text: text.replace("500.5", "५००"), FileRefusal.NOT_AN_AMOUNT, 18, 4),
    ("selected is a word", lambda text: text.replace("Lights;0", "Lights;no"), FileRefusal.SELECTED_WRONG, 18, 17),
    ("a voter without id", lambda text: text.replace("2;p2,p2", ";p2,p2"), FileRefusal.VOTER_EMPTY, 22, 1),
    ("a voter twice", lambda text: text.replace("2;p2,p2", "1;p2,p2"), FileRefusal.VOTER_TWICE, 22, 1),
    ("an unknown choice", lambda text: text.replace("p2,p2", "p2,p3"), FileRefusal.CHOICE_UNKNOWN, 22, 6),
    ("an empty choice", lambda text: text.replace("p2,p2", "p2,,p2"), FileRefusal.CHOICE_EMPTY, 22, 6),
    ("an open quotation", lambda text: text.replace("Lights", '"Lights'), FileRefusal.QUOTE_OPEN, 18, 10),
    ("a broken quotation", lambda text: text.replace("Lights", '"Li"ghts'), FileRefusal.QUOTE_WRONG, 18, 14),
    ("a bomb of one field", lambda text: text.replace("Lights", "x" * 200_000), FileRefusal.FIELD_TOO_LONG, 18, 10),
    ("a quoted bomb", lambda text: text.replace("Lights", f'"{"x" * 200_000}"'), FileRefusal.FIELD_TOO_LONG, 18, 10),
    ("a bomb of lines", lambda text: text.replace("Lights", '"' + "xx\n" * 80_000), FileRefusal.QUOTE_OPEN, 18, 10),
    ("a bomb of fields", lambda text: text.replace("Lights", ";" * 200_000), FileRefusal.TOO_MANY_FIELDS, 18, 1008),
    ("quoted fields", lambda text: text.replace("Lights", '""' + ";" * 2000), FileRefusal.TOO_MANY_FIELDS, 18, 1010),
    ("a negative length", lambda text: text.replace("max_length;2", "max_length;-2"), FileRefusal.NEGATIVE, 14, 12),
    ("an absurd limit", lambda text: text.replace("max_length;2", "max_sum_cost;x"), FileRefusal.NOT_AN_AMOUNT, 14, 14),
    (
        "caps without names",
        lambda text: text.replace("max_length;2", "budget_per_category;5"),
        FileRefusal.LISTS_DIFFER,
        14,
        21,
    ),
    (
        "fewer caps than names",
        lambda text: text.replace("max_length;2", "categories;a,b\nbudget_per_category;5"),
        FileRefusal.LISTS_DIFFER,
        15,
        21,
    ),
    ("two choices for one", lambda text: text.replace("approval", "choose-1"), FileRefusal.MORE_THAN_ONE, 21, 3),
    ("no points", lambda text: text.replace("approval", "cumulative"), FileRefusal.POINTS_DIFFER, 21, 3),
    ("a NUL", lambda text: text.replace("Lights", "Li\0ghts"), FileRefusal.STRANGE_SIGN, 18, 12),
]


@pytest.mark.parametrize(("broken", "refusal", "line", "column"), [pytest.param(*row[1:], id=row[0]) for row in BROKEN])
def test_a_broken_file_is_refused_at_its_place(
    broken: Callable[[str], str], refusal: FileRefusal, line: int, column: int
) -> None:
    with pytest.raises(Refused) as refused:
        read(broken(PLAIN))
    facts = reason_of(refused).facts
    assert (reason_of(refused).refusal, facts["line"], facts["column"]) == (refusal, line, column)


@pytest.mark.parametrize(
    ("content", "line", "column"),
    [
        (PLAIN.replace("Lights", "Łódź").encode("iso-8859-2"), 18, 10),
        (PLAIN.encode("utf-16"), 1, 1),
        (b"META\nkey;value\n\xc3", 3, 1),
    ],
)
def test_another_encoding_is_refused_at_its_first_strange_byte(content: bytes, line: int, column: int) -> None:
    with pytest.raises(Refused) as refused:
        read_pabulib(content)
    assert reason_of(refused).refusal is FileRefusal.NOT_UTF8
    assert (reason_of(refused).facts["line"], reason_of(refused).facts["column"]) == (line, column)


def test_a_file_that_is_too_large_is_not_looked_at() -> None:
    with pytest.raises(Refused) as refused:
        read_pabulib(bytes(LARGEST + 1))
    assert reason_of(refused).refusal is FileRefusal.TOO_LARGE


def test_a_file_of_too_many_lines_is_not_taken_apart() -> None:
    with pytest.raises(Refused) as refused:
        read_pabulib(b"\n" * (MOST_LINES + 1))
    assert reason_of(refused).refusal is FileRefusal.TOO_LARGE


def test_scores_that_nobody_wrote_are_not_multiplied_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pb.counting.pabulib.convert.MOST_SCORES", 5)
    text = (
        PLAIN.replace("approval", "scoring")
        .replace("max_length;2", "default_score;1")
        .replace("vote;age", "vote;points")
    )
    with pytest.raises(Refused) as refused:
        election_of(read(text.replace("40-59", "3,1").replace("p2,p2;", "p2;2").replace("3;;12", "3;;")))
    assert reason_of(refused).refusal is CountRefusal.TOO_LARGE


def test_a_field_of_the_greatest_length_is_read() -> None:
    assert len(read(PLAIN.replace("Lights", "x" * LONGEST)).projects[1].name) == LONGEST


@pytest.mark.parametrize("vote_type", ["cumulative", "scoring", "ordinal"])
def test_points_stand_beside_their_choices(vote_type: str) -> None:
    text = PLAIN.replace("approval", vote_type).replace("vote;age", "vote;points").replace("40-59", "3,1")
    votes = read(text.replace("p2,p2;", "p2;2").replace("3;;12", "3;;")).votes
    assert [(vote.choices, vote.points) for vote in votes] == [(("BAD/0001", "p2"), (3, 1)), (("p2",), (2,)), ((), ())]


def test_as_many_points_as_choices() -> None:
    with pytest.raises(Refused) as refused:
        read(PLAIN.replace("vote;age", "vote;points").replace("40-59", "3"))
    reason = reason_of(refused)
    assert (reason.refusal, reason.facts["line"], reason.facts["column"]) == (FileRefusal.POINTS_DIFFER, 21, 15)


def test_points_of_a_cumulative_vote_are_not_negative() -> None:
    text = (
        PLAIN.replace("approval", "{}")
        .replace("vote;age", "vote;points")
        .replace("40-59", "3,-1")
        .replace("3;;12", "3;;")
    )
    with pytest.raises(Refused) as refused:
        read(text.replace("p2,p2;", "p2;2").format("cumulative"))
    assert (reason_of(refused).refusal, reason_of(refused).facts["line"]) == (FileRefusal.NEGATIVE, 21)
    assert read(text.replace("p2,p2;", "p2;2").format("scoring")).votes[0].points == (3, -1)


def test_a_plan_twice_keeps_its_first_points() -> None:
    text = PLAIN.replace("approval", "cumulative").replace("vote;age", "vote;points").replace("40-59", "3,1")
    assert read(text.replace("p2,p2;", "p2,p2;2,1").replace("3;;12", "3;;")).votes[1].points == (2,)


@pytest.mark.parametrize(
    ("vote_type", "more", "votes", "ballots"),
    [
        ("ordinal", "max_length;3", "1;b,a;\n2;a;", [(("a",), (3,)), (("a", "b"), (2, 3))]),
        ("ordinal", "language;nl", "1;b,a;\n2;;", [((), ()), (("a", "b"), (1, 2))]),
        ("ordinal", "max_length;3", "1;b,a;9,8\n2;a;", [(("a",), (3,)), (("a", "b"), (8, 9))]),
        ("scoring", "default_score;1", "1;b;4\n2;b;-1", [(("a", "b"), (1, -1)), (("a", "b"), (1, 4))]),
        ("scoring", "default_score;0", "1;b;4\n2;;", [((), ()), (("b",), (4,))]),
        ("cumulative", "max_points;5", "1;b;4\n2;b;4", [(("b",), (4,))]),
        ("approval", "language;nl", "1;b;\n2;b,a;", [(("a", "b"), ()), (("b",), ())]),
    ],
)
def test_what_a_vote_of_each_type_counts(
    vote_type: str, more: str, votes: str, ballots: list[tuple[tuple[str, ...], tuple[int, ...]]]
) -> None:
    head, _, _ = PLAIN.partition("PROJECTS")
    head = head.replace("approval", vote_type).replace("max_length;2", more).replace("votes;3", "votes;2")
    projects = "PROJECTS\nproject_id;cost;category;neighborhood\na;999999999;green, play;North\nb;1;;\n"
    election = election_of(read(f"{head}{projects}VOTES\nvoter_id;vote;points\n{votes}\n"))
    assert [(ballot.choices, ballot.points) for ballot in election.ballots] == ballots
    assert election.plans[0] == Plan("a", 999_999_999_00, "all", True, ("green", "play"), "North")


def test_the_collection_accepts_what_we_write() -> None:
    """By the rules of the collection's own checker; the plans won as the rule says, so it can follow that too."""
    meta = {
        "description": "A street",
        "country": "Netherlands",
        "unit": "Alphen",
        "instance": "2020",
        "num_projects": "",
    }
    meta |= {"num_votes": "", "budget": "", "vote_type": "", "rule": "greedy", "date_begin": "01.06.2020"}
    meta |= {"date_end": "28.06.2020", "max_length": "2", "language": "nl", "currency": "EUR"}
    projects = (
        Project("a", 600_00, 'Bench;\r\n of "ours"', 1, {"votes": "2", "neighborhood": "North"}),
        Project("b", 500_50, "Lights\0", 0, {"votes": "1", "neighborhood": "South"}),
    )
    votes = (Vote("1", ("a", "b"), more={"age": "40-59"}), Vote("2", ("a",), more={"age": "12"}))
    written = write_pabulib(PabulibFile(meta, 1_000_00, VoteType.APPROVAL, projects, votes))
    found = Checker().process_files([written.decode()])[1]["results"]
    assert not found["errors"], found["errors"]
    assert read_pabulib(written).projects[0].name == 'Bench;  of "ours"'


WORD = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=8)
"""Signs that can be seen; spaces at the ends of a field mean nothing in these files."""
IDS = st.lists(WORD.filter(lambda word: "," not in word), min_size=1, max_size=5, unique=True)


@st.composite
def files(draw: st.DrawFn) -> PabulibFile:
    """Whole files of every vote type, with every column or without."""
    kind = draw(st.sampled_from(VoteType))
    ids = draw(IDS)
    named = draw(st.booleans())
    projects = tuple(
        Project(one, draw(st.integers(1, 10**9)), draw(WORD), draw(st.sampled_from([0, 1, 2, 3])) if named else None)
        for one in ids
    )
    most = 1 if kind is VoteType.CHOOSE_1 else len(ids)
    votes = tuple(_vote(draw, kind, number, ids, most) for number in range(draw(st.integers(0, 4))))
    meta = {key: draw(WORD) for key in ("description", "country", "unit", "instance", "rule", "date_begin", "date_end")}
    meta |= {"num_projects": str(len(projects)), "num_votes": str(len(votes)), "budget": "", "vote_type": kind.value}
    file = PabulibFile(meta, draw(st.integers(1, 10**12)), kind, projects, votes)
    return replace(file, meta=meta | {"budget": f"{file.budget // 100}.{file.budget % 100:02}"})


def _vote(draw: st.DrawFn, kind: VoteType, number: int, ids: list[str], most: int) -> Vote:
    choices = tuple(draw(st.lists(st.sampled_from(ids), max_size=most, unique=True)))
    if kind in {VoteType.APPROVAL, VoteType.CHOOSE_1}:
        return Vote(f"v{number}", choices, more={"sex": draw(WORD)})
    return Vote(f"v{number}", choices, tuple(draw(st.integers(0, 9)) for _ in choices), more={"sex": draw(WORD)})


@given(files())
def test_what_we_write_is_read_back_equal(file: PabulibFile) -> None:
    written = write_pabulib(file)
    read_back = read_pabulib(written)
    assert replace(read_back, meta={}) == replace(file, meta={})
    assert {**file.meta, "budget": read_back.meta["budget"]} == read_back.meta
    assert write_pabulib(read_back) == written


@given(st.binary(max_size=200))
def test_any_bytes_give_a_file_or_our_own_refusal(content: bytes) -> None:
    with pytest.raises(Refused):
        read_pabulib(content)


@given(st.data())
def test_a_damaged_file_gives_a_file_or_our_own_refusal(data: st.DataObject) -> None:
    """Bytes of a good file exchanged, dropped or doubled; the long search is a trial (`tests/trials`)."""
    content = bytearray(PLAIN.encode())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        piece = data.draw(st.sampled_from([b"", b";", b'"', b"\n", b",", b"\r", b"\x80", b"9" * 20, b"-", b"VOTES\n"]))
        content[at : at + data.draw(st.integers(0, 3))] = piece
    try:
        file = read_pabulib(bytes(content))
    except Refused as refused:
        assert {"line", "column"} <= set(refused.reasons[0].facts)
    else:
        assert len(file.projects) == 2
