"""A Pabulib file becomes a counted rehearsal round; a file that cannot be taken leaves nothing behind."""

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import func, select

from pb.base.refusals import Refused
from pb.demo.importing import import_election
from pb.extensions import db
from pb.office.models import OutgoingMail
from pb.people.models import Person
from pb.rounds.models import Round
from tests.unit.test_demo_elections import IN_PARTS, a_file

ELECTIONS = Path(os.environ.get("PB_ELECTIONS", Path(__file__).resolve().parents[3] / "shared" / "elections"))


def _written(folder: Path, content: bytes) -> Path:
    path = folder / "election.pb"
    path.write_bytes(content)
    return path


def _silent(_part: str, _done: int, _total: int) -> None:
    pass


def test_every_ballot_is_cast_counted_and_compared(app: Flask, tmp_path: Path) -> None:
    ballots = "1;A/1,a-1\n2;c\n3;a-1\n4;\n"
    report = import_election(_written(tmp_path, a_file(ballots=ballots)), _silent)
    assert (report.plans, report.voters, report.ballots, report.refused) == (3, 4, 4, {})
    assert report.winners == ["a-1", "A/1"] and report.official == ["A/1", "a-1"] and report.equal is True


def test_a_ballot_against_the_files_own_rule_is_refused_and_named(app: Flask, tmp_path: Path) -> None:
    ballots = "1;A/1,a-1\n2;c,A/1\n"
    report = import_election(_written(tmp_path, a_file(ballots=ballots, more="max_sum_cost;1000\n")), _silent)
    assert (report.voters, report.ballots, report.refused) == (2, 1, {"vote.over_the_money": 1})


def test_a_second_import_of_a_file_gets_its_own_address(app: Flask, tmp_path: Path) -> None:
    path = _written(tmp_path, a_file())
    assert [import_election(path, _silent).round for _ in range(2)] == [
        "import-buurtgeld-2024",
        "import-buurtgeld-2024-2",
    ]


def test_nobody_gets_mail_from_an_import(app: Flask, tmp_path: Path) -> None:
    import_election(_written(tmp_path, a_file()), _silent)
    assert db.session.scalar(select(func.count()).select_from(OutgoingMail)) == 0


@pytest.mark.parametrize(
    "content",
    [
        a_file()[:-20],
        a_file()[: a_file().index(b"VOTES")],
        a_file(vote_type="ordinal", more="max_length;31\n"),
        a_file(rule="greedy-exclusive"),
        a_file(rows="a;2000;Te duur;0\n", ballots="1;a\n"),
        b"\xff\xfe",
        b"",
    ],
    ids=["cut off", "without votes", "ordinal", "other rule", "too dear", "not text", "empty"],
)
def test_a_file_that_cannot_be_taken_leaves_nothing(app: Flask, tmp_path: Path, content: bytes) -> None:
    with pytest.raises(Refused):
        import_election(_written(tmp_path, content), _silent)
    for table in (Round, Person):
        assert db.session.scalar(select(func.count()).select_from(table)) == 0


def test_the_command_ends_with_the_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pb.cli import main

    monkeypatch.setenv("PB_ENVIRONMENT", "development")
    monkeypatch.setenv("PB_INSTANCE", str(tmp_path / "instance"))
    (tmp_path / "instance").mkdir()
    run = CliRunner()
    broken = run.invoke(main, ["import-election", str(_written(tmp_path, a_file()[:60]))])
    assert broken.exit_code == 1 and broken.stderr.startswith("Error: ") and "Traceback" not in broken.stderr
    empty = run.invoke(main, ["admin", "jo@example.org"])
    assert empty.exit_code == 1 and empty.stderr.strip().endswith("pb migrate"), "the broken file left something behind"
    answer = run.invoke(main, ["import-election", "--json", str(_written(tmp_path, a_file()))])
    report = json.loads(answer.stdout.splitlines()[-1])
    assert answer.exit_code == 0 and {"plans", "voters", "ballots", "refused", "winners", "official", "equal"} <= set(
        report
    )
    assert run.invoke(main, ["admin", "jo@example.org"]).exit_code == 0


def test_points_and_shares_go_through_the_whole_round(app: Flask, tmp_path: Path) -> None:
    ballots = "1;A/1,a-1;3,4\n2;c;7\n3;a-1;2\n4;;\n"
    content = a_file(vote_type="cumulative", rule="equalshares/add1", ballots=ballots)
    report = import_election(_written(tmp_path, content.replace(b"voter_id;vote", b"voter_id;vote;points")), _silent)
    assert (report.ballots, report.refused, report.equal) == (4, {}, True)


def test_caps_go_through_the_whole_round(app: Flask, tmp_path: Path) -> None:
    content = a_file(rows=IN_PARTS, more="neighborhoods;Oost,West\nbudget_per_neighborhood;900,499\n")
    path = _written(tmp_path, content.replace(b"name;selected", b"name;selected;neighborhood"))
    assert import_election(path, _silent).winners == ["A/1", "a-1"]
    assert import_election(path, _silent, with_caps=True).winners == ["A/1"]


REAL = {
    "Poland_Warszawa_2023_Ursynow": (6260, True),
    "Poland_Wieliczka_2023_Green_Budget": (6586, True),
    "Poland_Krakow_2021_Pradnik_Bialy": (3654, True),
    "France_Toulouse_2019": (1494, None),
    "Netherlands_Assen_2024": (84, True),
}
"""Voters, and whether our winners are the official ones, where the file names those."""


@pytest.mark.skipif(not ELECTIONS.exists(), reason="the real elections are not here (set PB_ELECTIONS to their folder)")
@pytest.mark.parametrize("name", REAL)
def test_a_real_round_has_its_real_winners(tmp_path: Path, _apps: object, app: Flask, name: str) -> None:
    if db.engine.dialect.name != "sqlite":
        return  # the same ballots once are enough
    report = import_election(ELECTIONS / f"{name}.pb", _silent)
    voters, equal = REAL[name]
    assert (report.voters, report.ballots, report.refused, report.equal) == (voters, voters, {}, equal)
