"""From a register to letters, credential file and desk file."""

import csv
import io
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb.base.hashing import credential_of, token_of
from pb.base.refusals import Refused
from pb.roll.codes import read_code
from pb.roll.files import read_credentials
from pb.roll.groups import BANDS, SMALLEST, merged_areas, merged_bands
from pb.roll.issue import Issued, issue
from pb.roll.letters import Letter, letter_words, letters_pdf
from pb.roll.parameters import Parameters
from pb.roll.register import read_register
from pb.roll.values import CredentialKind
from tests.roll import ROUND, a_line, a_register, people, some_parameters

BY_AREA = some_parameters(styles={"oost": ("2405",), "west": ("2406", "2407 AB")})


def issued(lines: list[str], parameters: Parameters | None = None, spare: int = 0) -> Issued:
    parameters = parameters or some_parameters()
    return issue(read_register(a_register(lines), parameters), parameters, spare)


def test_everyone_gets_a_code_of_their_own() -> None:
    made = issued([*people(60), a_line(61, born="2015-01-01")], spare=3)
    assert [letter.number for letter in made.letters[:60]] == [str(number) for number in range(1, 61)]
    assert [letter.number for letter in made.letters[60:]] == ["R-all-1", "R-all-2", "R-all-3"]
    assert len({letter.code for letter in made.letters}) == 63 and made.too_young == 1
    assert all(read_code(letter.code) == letter.code for letter in made.letters)


def test_the_site_gets_hashes_and_the_desk_letter_numbers() -> None:
    made = issued([*people(2)], spare=1)
    taken = read_credentials(io.BytesIO(made.credential_file()), ROUND, ["all"])
    desk = dict(csv.reader(io.StringIO(made.desk_file().decode())))
    assert desk.pop("letter") == "h" and set(desk) == {"1", "2", "R-all-1"}
    hashes = {letter.number: credential_of(token_of(ROUND, letter.code)) for letter in made.letters}
    assert desk == {number: h.hex() for number, h in hashes.items()}
    assert {one.h for one in taken} == set(hashes.values())
    assert Counter(one.kind for one in taken) == {CredentialKind.ISSUED: 2, CredentialKind.SPARE: 1}
    for secret in (made.letters[0].code, "Bakker", "Weverstraat", "1961"):
        assert secret not in made.credential_file().decode() + made.desk_file().decode()


def test_the_postcode_gives_the_ballot_style() -> None:
    lines = [a_line(1), a_line(2, postcode="2406 XX"), a_line(3, postcode="2407AB")]
    made = issued(lines, BY_AREA, spare=1)
    assert [letter.style for letter in made.letters] == ["oost", "west", "west", "oost", "west"]
    with pytest.raises(Refused):
        issued([a_line(1, postcode="2407 AC")], BY_AREA)


def test_areas_are_merged_within_their_ballot_style() -> None:
    lines = [
        *people(60, area="A"),
        *people(20, 100, area="B"),
        *people(20, 200, area="C", postcode="2406 AB"),
        *people(35, 300, area="D", postcode="2406 AB"),
    ]
    made = issued(lines, BY_AREA)
    assert Counter((letter.style, letter.area) for letter in made.letters) == {
        ("oost", "A + B"): 80,
        ("west", "C + D"): 55,
    }


@given(st.lists(st.sampled_from("ABCDEFG"), max_size=400))
def test_no_area_is_small_while_there_is_another(areas: list[str]) -> None:
    shown = merged_areas(areas)
    sizes = Counter(shown[area] for area in areas)
    assert set(shown) == set(areas)
    assert len(sizes) <= 1 or min(sizes.values()) >= SMALLEST


@given(st.lists(st.integers(0, 120), max_size=500))
def test_no_age_band_is_small_while_there_is_another(ages: list[int]) -> None:
    shown = merged_bands(ages)
    sizes = Counter(shown[age] for age in ages)
    assert len(sizes) <= 1 or min(sizes.values()) >= SMALLEST
    for age, band in shown.items():
        low, high = map(int, band.split("-"))
        assert low <= age <= high and low in {first for first, _ in BANDS}


def test_the_words_of_a_letter_are_complete_in_both_languages() -> None:
    for locale, day in (("nl", "zondag 28 juni 2020"), ("en", "Sunday 28 June 2020")):
        words = letter_words(locale, some_parameters())
        assert day in words["lead"] and "begroot.example.org" in words["how"] and "14 0172" in words["help"]
        assert not [part for part, said in words.items() if said.startswith("letter.") or "%" in said]


def test_a_letter_shows_address_number_and_code(tmp_path: Path) -> None:
    made = issued([a_line(17, name="T. de Vries #let x = [*"), a_line(18)], spare=1)
    pdf = letters_pdf(made.letters, made.parameters)
    assert pdf.startswith(b"%PDF-")
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    (tmp_path / "letters.pdf").write_bytes(pdf)
    told = subprocess.run(["pdftotext", "-layout", "letters.pdf", "-"], cwd=tmp_path, capture_output=True, check=True)
    pages = told.stdout.decode().split("\f")[:-1]
    assert len(pages) == 3
    for page, letter in zip(pages, made.letters, strict=True):
        signs = "".join(page.split())
        assert letter.code in signs and letter.number in page
    assert "T. de Vries #let x = [*" in pages[0] and "2405 AB" in pages[0]
    assert "Reservebrief" in pages[2]


def test_many_letters_are_spread_over_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pb.roll.issue.LETTERS_A_FILE", 2)
    printed: list[list[Letter]] = []
    monkeypatch.setattr("pb.roll.issue.letters_pdf", lambda letters, _: printed.append(list(letters)) or b"")
    made = issued([*people(5)], spare=3)
    names = [*(f"letters-00{n}.pdf" for n in (1, 2, 3)), "spare-001.pdf", "spare-002.pdf"]
    assert [(batch.name, list(batch.letters)) for batch in made.batches()] == list(zip(names, printed, strict=True))
    assert [letter for some in printed for letter in some] == list(made.letters)
