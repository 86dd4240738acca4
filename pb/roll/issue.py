"""Codes for a register, and what is written of them: pure, without the site's database and without files."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pb.roll.codes import make_code
from pb.roll.files import write_credentials
from pb.roll.groups import merged_areas, merged_bands
from pb.roll.letters import Letter, letters_pdf
from pb.roll.parameters import Parameters
from pb.roll.register import Entry, Register
from pb.roll.values import Credential

LETTERS_A_FILE = 500
SPARE = "R"
"""Letter numbers of spare codes begin with it (*reserve*)."""


@dataclass(frozen=True, slots=True)
class Issued:
    """All letters of a round, in the register's order, spare ones last; and how many people were too young."""

    parameters: Parameters
    letters: tuple[Letter, ...]
    too_young: int

    def credentials(self) -> tuple[Credential, ...]:
        """What the site learns of the letters, in their order."""
        return tuple(letter.credential(self.parameters.round) for letter in self.letters)

    def credential_file(self) -> bytes:
        """The file for the site: hashes, sorted."""
        return write_credentials(self.parameters.round, self.credentials())

    def desk_file(self) -> bytes:
        """The file for the desk: letter number and hash, no names, addresses or codes."""
        file = io.StringIO()
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(("letter", "h"))
        pairs = zip(self.letters, self.credentials(), strict=True)
        lines.writerows((letter.number, credential.h.hex()) for letter, credential in pairs)
        return file.getvalue().encode()

    def batches(self) -> Iterator["Batch"]:
        """The letters in files, some hundreds each, so that a printer can begin with the first; spare ones apart."""
        issued = [letter for letter in self.letters if letter.entry]
        spare = [letter for letter in self.letters if not letter.entry]
        for name, letters in (("letters", issued), ("spare", spare)):
            for place, start in enumerate(range(0, len(letters), LETTERS_A_FILE), start=1):
                some = letters[start : start + LETTERS_A_FILE]
                yield Batch(f"{name}-{place:03}.pdf", tuple(some), letters_pdf(some, self.parameters))


@dataclass(frozen=True, slots=True)
class Batch:
    """Letters that are printed together: the file's name, what it holds, and the file."""

    name: str
    letters: tuple[Letter, ...]
    pdf: bytes


def fresh_code(_letter: str) -> str:
    """A new random code, whatever the letter's number."""
    return make_code()


def issue(
    register: Register, parameters: Parameters, spare: int = 0, code_of: Callable[[str], str] = fresh_code
) -> Issued:
    """A code for everyone in the register, and `spare` further ones a ballot style.

    Only the demo hands in another `code_of`, which makes codes from letter numbers.
    """
    letters = _of_people(register.entries, parameters, code_of)
    numbers = ((style, f"{SPARE}-{style}-{count}") for style in parameters.styles for count in range(1, spare + 1))
    letters += [Letter(number, code_of(number), style) for style, number in numbers]
    return Issued(parameters, tuple(letters), register.too_young)


def _of_people(entries: Sequence[Entry], parameters: Parameters, code_of: Callable[[str], str]) -> list[Letter]:
    """A letter for everyone. A further list has no birth dates, and then no age band."""
    styles = [parameters.style_of(entry.postcode, anywhere=entry.born is None) or "" for entry in entries]
    ages = [entry.age_on(parameters.reference_date) for entry in entries]
    areas = {
        style: merged_areas(e.area for e, of in zip(entries, styles, strict=True) if of == style)
        for style in parameters.styles
    }
    bands = merged_bands(age for age in ages if age is not None)
    return [
        Letter(
            number=entry.letter,
            code=code_of(entry.letter),
            style=style,
            area=areas[style][entry.area],
            age="" if age is None else bands[age],
            entry=entry,
        )
        for entry, style, age in zip(entries, styles, ages, strict=True)
    ]
