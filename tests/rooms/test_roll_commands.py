"""Commands for a machine without a site: they read no settings, and every refusal is a line of text."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pb.base.hashing import credential_of, token_of
from pb.cli import main
from pb.roll.issue import issue
from pb.roll.parameters import write_parameters
from pb.roll.register import read_register
from pb.voting.opening import OpenedPiles, Piles, opened_from_bytes, piles_to_bytes
from tests.roll import a_line, a_register, people, some_parameters


@pytest.fixture(autouse=True)
def no_site(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """In production without one setting: whoever asks for the site fails."""
    monkeypatch.setenv("PB_ENVIRONMENT", "production")
    monkeypatch.chdir(tmp_path)
    Path("round.json").write_bytes(write_parameters(some_parameters()))


def pb(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def codes(register: bytes) -> Result:
    Path("register.csv").write_bytes(register)
    return pb("codes", "register.csv", "--round", "round.json", "--to", "out")


def test_codes_for_a_register() -> None:
    answer = codes(a_register([*people(60, area="Hoge Zijde"), *people(5, 100, area="Lage Zijde", born="2019-01-01")]))
    assert answer.exit_code == 0, answer.output
    assert "60 people may vote; 20 spare codes." in answer.output and "5 people are too young" in answer.output
    assert re.search(r"area +Hoge Zijde +60", answer.output)
    assert Path("out/credentials.csv").read_text().startswith("begroot-credentials-1,abab")


SHOPS = "briefnummer;naam;straat;huisnummer;postcode;plaats\n" + "\n".join(
    f"O-{n};Winkel {n};Straat;{n};2405 AB;Alphen" for n in range(50)
)


def test_a_further_list_is_counted_by_itself() -> None:
    Path("shops.csv").write_text(SHOPS)
    Path("register.csv").write_bytes(a_register(people(60)))
    given = ("register.csv", "--round", "round.json", "--to", "out")
    assert re.search(r"area +Ondernemers +50", pb("codes", *given, "--list", "Ondernemers=shops.csv").output)
    for wrong in (["--list", "shops.csv"], ["--list", "A=nowhere.csv"], ["--list", "A=shops.csv"] * 2):
        answer = pb("codes", *given, *wrong)
        assert answer.exit_code == 2 and "--list" in answer.output and "Traceback" not in answer.output


def test_printed_letters_are_scanned_back() -> None:
    codes(a_register(people(3)))
    made = [
        letter.code
        for letter in issue(read_register(a_register(people(2)), some_parameters()), some_parameters()).letters
    ]
    Path("scans.txt").write_text("\n".join(made))
    answer = pb("check-letters", "out/test/desk.csv", "scans.txt", "--round", "round.json")
    assert answer.exit_code == 1 and "0 of 20 letters were read." in answer.output and "lines: 1, 2" in answer.output
    Path("desk.csv").write_text(
        "letter,h\n" + "".join(f"{n},{credential_of(token_of('ab' * 16, code)).hex()}\n" for n, code in enumerate(made))
    )
    assert pb("check-letters", "desk.csv", "scans.txt", "--round", "round.json").exit_code == 0
    Path("scans.txt").write_text(made[0])
    answer = pb("check-letters", "desk.csv", "scans.txt", "--round", "round.json")
    assert answer.exit_code == 1 and "Not read: 1" in answer.output
    assert pb("check-letters", "desk.csv", "scans.txt", "--round", "round.json", "--sample").exit_code == 0


def test_every_mistake_of_the_register_is_a_line() -> None:
    answer = codes(a_register([a_line(1), a_line(2, born="gisteren"), a_line(1), a_line(3) + ";x"]))
    assert answer.exit_code == 1 and not Path("out").exists()
    assert answer.output.splitlines()[-4:] == [
        "Error: Line 3: “gisteren” is not a date. Write 1980-12-31 or 31-12-1980.",
        "Line 4: this letter number is also on line 2.",
        "Line 4: this person is also on line 2.",
        "Line 5 has 9 fields. It needs 8.",
    ]


def test_a_register_where_the_settings_should_be() -> None:
    Path("register.csv").write_bytes(a_register(people(2)))
    answer = pb("codes", "register.csv", "--round", "register.csv", "--to", "out")
    assert answer.exit_code == 1 and "settings" in answer.output


def test_a_pair_of_keys_is_made_once() -> None:
    answer = pb("keys", "make", "keys")
    assert answer.exit_code == 0
    assert answer.output.splitlines()[-1] == Path("keys/sealing.public").read_text().strip()
    private = Path("keys/sealing.private")
    kept = private.read_text()
    assert private.stat().st_mode & 0o777 == 0o600
    assert pb("keys", "make", "keys").exit_code == 1 and private.read_text() == kept


def test_piles_are_opened_once_on_the_keys_machine() -> None:
    pb("keys", "make", "keys")
    Path("piles.json").write_bytes(piles_to_bytes(Piles("ab" * 16, "cd" * 32, (), ())))
    answer = pb("open", "piles.json", "--key", "keys/sealing.private")
    assert answer.exit_code == 0, answer.output
    opened = Path("piles-open.json")
    assert opened_from_bytes(opened.read_bytes()) == OpenedPiles("ab" * 16, "cd" * 32, (), ())
    assert opened.stat().st_mode & 0o777 == 0o600
    assert pb("open", "piles.json", "--key", "keys").exit_code == 1


def test_piles_that_are_none_are_not_opened() -> None:
    pb("keys", "make", "keys")
    Path("piles.json").write_text("{}")
    answer = pb("open", "piles.json", "--key", "keys")
    assert answer.exit_code == 1 and answer.output.startswith("Error: ") and not Path("piles-open.json").exists()
