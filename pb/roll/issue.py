"""Codes for a register, and the files that come of them: pure, without the site's database.

On a machine of the municipality `issue_to_folder` writes letters (for the printer), `credentials.csv` (for the site,
hashes only) and `desk.csv` (letter number → hash, for the desk's two keepers).
"""

import csv
import io
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pb.base.refusals import Refused
from pb.roll.codes import make_code
from pb.roll.files import write_credentials
from pb.roll.groups import merged_areas, merged_bands
from pb.roll.letters import Letter, letters_pdf
from pb.roll.parameters import Parameters, read_parameters
from pb.roll.register import Register, read_register
from pb.roll.values import Credential, RegisterRefusal

Progress = Callable[[str, int, int], None]
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

    def letter_files(self) -> Iterator[tuple[str, bytes]]:
        """Names and contents of the letters, some hundreds a file, so that a printer can begin with the first."""
        for start in range(0, len(self.letters), LETTERS_A_FILE):
            name = f"letters-{start // LETTERS_A_FILE + 1:03}.pdf"
            yield name, letters_pdf(self.letters[start : start + LETTERS_A_FILE], self.parameters)


def fresh_code(_letter: str) -> str:
    """A new random code, whatever the letter's number."""
    return make_code()


def issue(
    register: Register, parameters: Parameters, spare: int = 0, code_of: Callable[[str], str] = fresh_code
) -> Issued:
    """A code for everyone in the register, and `spare` further ones a ballot style.

    Only the demo hands in another `code_of`, which makes codes from letter numbers.
    """
    styles = [parameters.style_of(entry.postcode) or "" for entry in register.entries]
    areas = {
        style: merged_areas(e.area for e, of in zip(register.entries, styles, strict=True) if of == style)
        for style in parameters.styles
    }
    bands = merged_bands(entry.age_on(parameters.reference_date) for entry in register.entries)
    letters = [
        Letter(
            entry.letter,
            code_of(entry.letter),
            style,
            areas[style][entry.area],
            bands[entry.age_on(parameters.reference_date)],
            entry,
        )
        for entry, style in zip(register.entries, styles, strict=True)
    ]
    numbers = ((style, f"{SPARE}-{style}-{count}") for style in parameters.styles for count in range(1, spare + 1))
    letters += [Letter(number, code_of(number), style) for style, number in numbers]
    return Issued(parameters, tuple(letters), register.too_young)


def issue_to_folder(register: Path, parameters: Path, folder: Path, spare: int, progress: Progress) -> Issued:
    """Read both files and write all others into a new folder that only its owner can read.

    Raises `Refused` with every mistake before anything is written, and when the folder is not empty.
    """
    if folder.exists() and any(folder.iterdir()):
        raise Refused(RegisterRefusal.FOLDER_NOT_EMPTY(folder=str(folder)))
    known = read_parameters(parameters.read_bytes())
    issued = issue(read_register(register.read_bytes(), known), known, spare)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _write(folder / "credentials.csv", issued.credential_file())
    _write(folder / "desk.csv", issued.desk_file())
    done = 0
    for name, content in issued.letter_files():
        _write(folder / name, content)
        done = min(done + LETTERS_A_FILE, len(issued.letters))
        progress("letters", done, len(issued.letters))
    return issued


def _write(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
