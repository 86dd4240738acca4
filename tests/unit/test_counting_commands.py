"""`pb count` and `pb compare` on files: what they print, and the exit codes 0, 2 and 3."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pb.cli import main
from pb.counting import ledger_from_json

PLAIN = """META
key;value
description;A small street
country;Netherlands
unit;Alphen
instance;2020
num_projects;3
num_votes;4
budget;100
vote_type;approval
rule;{rule}
date_begin;2020
date_end;2020
currency;EUR
neighborhoods;North,South
budget_per_neighborhood;40,100
PROJECTS
project_id;cost;name;selected;neighborhood;category;votes
a;60;Bench;1;North;green,play;3
b;50;Lights;0;South;;2
c;40;Trees;2;South;green;1
VOTES
voter_id;vote
1;a,b
2;a
3;a,b
4;c
"""


@pytest.fixture
def run(tmp_path: Path) -> "Runner":
    """Runs a command on a file of this text."""
    return Runner(tmp_path)


class Runner:
    """Writes a file and runs a command on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *arguments: str, rule: str = "greedy", text: str = PLAIN, command: str = "count") -> Result:
        path = self.folder / "small.pb"
        path.write_text(text.format(rule=rule), encoding="utf-8")
        return CliRunner().invoke(main, [command, str(path), *arguments])

    def lot(self, *lines: str) -> str:
        """The path of a lot of these lines."""
        path = self.folder / "lot.txt"
        path.write_text("\n".join(lines), encoding="utf-8")
        return str(path)


def test_the_rule_of_the_file_is_counted_and_told(run: Runner) -> None:
    result = run()
    assert result.exit_code == 0
    assert "2 winners cost EUR 100 together. EUR 0 is left." in result.stdout
    assert "4 of 4 voters (100.0 %) have at least one winner." in result.stdout
    assert "Money per theme: green EUR 100, play EUR 60." in result.stdout
    assert "Awarded outside the rule: c." in result.stdout
    assert "Other winners than in the file. Only here: c. Only there: –." in result.stdout
    assert "cap per theme or neighbourhood. It is left out" in result.stderr


def test_shares_comparison_and_winners_are_told(run: Runner) -> None:
    text = PLAIN.replace("South;green", ";").replace("North;green,play", ";").replace("Trees;2", "Trees;1")
    result = run("--comparison", "--step", "500", rule="equalshares/add1", text=text)
    assert "Every voter began with EUR 25 and was given EUR 5 more 3 times: EUR 40." in result.stdout
    assert "Comparison: 0 ballots have more winners this way, 0 under most votes. The outcome stands." in result.stdout
    assert "The same winners as in the file." in result.stdout
    assert "Money per theme" not in result.stdout
    text = PLAIN.replace(";1;North", ";;North").replace(";0;South", ";;South").replace(";2;South", ";;South")
    result = run(
        "--rule", "equal-shares", "--comparison", "--utility", "cardinality", text=text.replace("Bench", "x" * 90)
    )
    assert "Comparison: 0 ballots have more winners this way, 1 under most votes. That outcome stands." in result.stdout
    assert f"{'x' * 43}…" in result.stdout
    assert "winners than in the file" not in result.stdout
    assert "fails, for groups that wanted: a, b." in run("--threshold", "4").stdout


def test_a_bar_runs_on_a_terminal(run: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pb.commands.counting.live", lambda: True)
    result = run("--step", "500", rule="equalshares/add1")
    assert (result.exit_code, "equal-shares" in result.stderr) == (0, True)


def test_json_is_the_ledger(run: Runner) -> None:
    result = run("--json")
    plain = json.loads(result.stdout)
    assert ledger_from_json(result.stdout).winners == ("a", "c")
    assert (plain["rule"], plain["winners"], plain["cost"], plain["left"]) == ("most-votes", ["a", "c"], 100_00, 0)
    assert plain["awards"] == ["c"]


@pytest.mark.parametrize(
    ("options", "winners"),
    [
        (["--rule", "most-votes", "--misfit", "stop"], ["a"]),
        (["--rule", "most-votes", "--threshold", "2"], ["a"]),
        (["--rule", "most-votes", "--threshold", "30%"], ["a"]),
        (["--misfit", "stop"], ["a"]),
        (["--rule", "equal-shares"], ["a"]),
        (["--rule", "equal-shares", "--completion", "add1", "--step", "500"], ["a", "c"]),
        (["--rule", "equal-shares", "--completion", "add1-most-votes", "--stop-when-exhaustive"], ["a", "c"]),
        (["--rule", "equal-shares", "--comparison", "--utility", "cardinality"], ["a", "c"]),
        (["--rule", "phragmen"], ["a", "c"]),
        (["--rule", "votes-per-euro"], ["a", "c"]),
        (["--rule", "per-euro"], ["a"]),
        (["--caps", "file"], ["b", "c"]),
    ],
)
def test_what_is_asked_for_is_counted(run: Runner, options: list[str], winners: list[str]) -> None:
    result = run(*options, "--json")
    assert result.exit_code == 0, result.stderr
    assert json.loads(result.stdout)["winners"] == winners


@pytest.mark.parametrize(
    ("rule", "name", "settings"),
    [
        ("greedy", "most-votes", {"misfit": "skip"}),
        ("greedy-no-skip", "most-votes", {"misfit": "stop"}),
        ("equalshares", "equal-shares", {"completion": "none", "comparison": False, "utility": "cost"}),
        (
            "equalshares/add1",
            "equal-shares",
            {"completion": "add1", "comparison": False, "stop_when_exhaustive": False},
        ),
        ("equalshares-comparison", "equal-shares", {"completion": "none", "comparison": True}),
        ("equalshares/add1-comparison", "equal-shares", {"completion": "add1", "comparison": True, "unit": 100}),
    ],
)
def test_rules_that_a_file_can_name(run: Runner, rule: str, name: str, settings: dict[str, object]) -> None:
    plain = json.loads(run("--json", rule=rule).stdout)
    assert plain["rule"] == name
    assert settings.items() <= plain["settings"].items()


def test_a_file_with_a_threshold_names_it(run: Runner) -> None:
    text = PLAIN.replace("currency", "min_project_score_threshold;2\ncurrency")
    plain = json.loads(run("--json", rule="greedy-threshold", text=text).stdout)
    assert (plain["winners"], plain["settings"]["least_votes"]) == (["a"], 2)


@pytest.mark.parametrize("rule", ["unknown", "greedy-exclusive", "greedy-custom", "greedy-threshold", "shouting"])
def test_a_rule_that_we_cannot_follow_names_ours(run: Runner, rule: str) -> None:
    result = run(rule=rule)
    assert result.exit_code == 2
    assert f"names the rule ‘{rule}’" in result.stderr
    assert "most-votes, equal-shares, phragmen, votes-per-euro, per-euro" in result.stderr


@pytest.mark.parametrize(
    "options",
    [
        ["--rule", "phragmen", "--misfit", "skip"],
        ["--rule", "most-votes", "--utility", "cost"],
        ["--rule", "most-votes", "--comparison"],
        ["--threshold", "2.5"],
        ["--threshold", "-1"],
        ["--threshold", "200%"],
        ["--rule", "unknown"],
        ["--step", "0"],
        ["--explain", "z"],
        ["--nonsense"],
    ],
)
def test_what_does_not_go_together_ends_with_2(run: Runner, options: list[str]) -> None:
    result = run(*options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") >= 1


def test_a_broken_file_ends_with_2_and_its_place(run: Runner) -> None:
    result = run(text=PLAIN.replace("num_votes;4", "num_votes;5"))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Line 8, column 11: it holds 4 votes, and the file says 5." in result.stderr


def test_no_file_ends_with_2() -> None:
    assert CliRunner().invoke(main, ["count"]).exit_code == 2
    assert CliRunner().invoke(main, ["count", "nowhere.pb"]).exit_code == 2


TIED = PLAIN.replace("b;50", "b;60").replace("2;a\n", "2;\n")


def test_a_tie_that_decides_ends_with_3_until_there_is_a_lot(run: Runner) -> None:
    assert run(text=TIED).exit_code == 3
    assert "These plans are equal, and that decides: a, b. Draw a lot first." in run(text=TIED).stderr
    for first, others in (("b", ("c", "a")), ("a", ("b", "c"))):
        result = run("--json", "--lot", run.lot(first, *others, ""), text=TIED)
        assert json.loads(result.stdout)["winners"] == [first, "c"]


@pytest.mark.parametrize("lines", [["a", "b"], ["a", "b", "c", "c"], ["a", "b", "z"], [""]])
def test_a_lot_names_every_plan_once(run: Runner, lines: list[str]) -> None:
    assert run("--lot", run.lot(*lines)).exit_code == 2


def test_a_lot_that_is_no_text_is_refused(run: Runner) -> None:
    (run.folder / "lot.txt").write_bytes(b"\xff\xfe")
    assert run("--lot", str(run.folder / "lot.txt")).exit_code == 2


@pytest.mark.parametrize(
    ("options", "plan", "sentences"),
    [
        ([], "a", ["Place 1 with 3 votes.", "The plan costs EUR 60. There was EUR 100 left, so it fits."]),
        ([], "b", ["There was EUR 40 left.", "At a price of at most EUR 40 it would have won.", "With 1 votes more"]),
        (["--misfit", "stop"], "c", ["The count ended at the plan b."]),
        (["--rule", "equal-shares"], "a", ["3 people paid for the plan together, EUR 20 each.", "3 full votes"]),
        (
            ["--rule", "equal-shares"],
            "b",
            ["had EUR 10 left together", "EUR 40 together for the plan a", "2 people more"],
        ),
        (["--rule", "phragmen"], "a", ["when each had been given EUR 20"]),
        (["--rule", "per-euro"], "b", ["There is money for a part of it: EUR 40."]),
        (["--threshold", "50%"], "c", ["A winner has at least 2 votes."]),
        (["--caps", "file"], "a", ["The cap was reached for: North."]),
    ],
)
def test_the_story_of_one_plan(run: Runner, options: list[str], plan: str, sentences: list[str]) -> None:
    result = run(*options, "--explain", plan)
    assert result.exit_code == 0, result.stderr
    assert [sentence for sentence in sentences if sentence not in result.stdout] == []


def test_the_rules_are_listed() -> None:
    listed = CliRunner().invoke(main, ["count", "--list-rules"])
    assert listed.stdout.split() == ["most-votes", "equal-shares", "phragmen", "votes-per-euro", "per-euro"]


def test_all_rules_side_by_side(run: Runner) -> None:
    result = run(command="compare")
    assert result.exit_code == 0, result.stderr
    assert "equal-shares, add1-most-votes" in result.stdout
    plain = json.loads(run("--json", command="compare").stdout)
    assert plain["most-votes"]["winners"] == ["a", "c"]
    assert plain["equal-shares, none"]["ejr_failures"] == []


def test_a_rule_that_needs_a_lot_says_so_beside_the_others(run: Runner) -> None:
    result = run(text=TIED, command="compare")
    assert result.exit_code == 0
    assert "Draw a lot first." in result.stdout
    assert (
        json.loads(run("--json", text=TIED, command="compare").stdout)["most-votes"]["refused"] == "count.tie_needs_lot"
    )


def test_votes_beyond_the_limits_are_told_and_counted(run: Runner) -> None:
    text = PLAIN.replace("currency", "max_length;1\nmin_sum_cost;45\nmin_length;1\ncurrency").replace(
        "play;3", "play;7"
    )
    told = run(text=text).stderr
    assert "2 votes go beyond the limit that the file names: max_length is 1. They count." in told
    assert "1 votes go beyond the limit that the file names: min_sum_cost is 45. They count." in told
    assert "The file says that plan a has 7 votes. We count 3." in told
