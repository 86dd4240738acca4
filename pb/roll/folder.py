"""The folder that `pb codes` fills on a machine of the municipality; the site never sees it.

Letters in batches with `print.csv` for the print shop, `credentials.csv` for the site (hashes only), `desk.csv` for the
desk's two keepers (letter number → hash), and in `test/` some letters whose codes count nowhere, to be printed first.
"""

import csv
import io
import os
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

from pb.base.refusals import Refused
from pb.roll.codes import make_code
from pb.roll.issue import Batch, Issued, issue
from pb.roll.letters import Letter
from pb.roll.lists import read_everyone
from pb.roll.parameters import Parameters, read_parameters
from pb.roll.register import Entry
from pb.roll.values import RegisterRefusal

Progress = Callable[[str, int, int], None]
TEST_LETTERS = 20
PRINT_COLUMNS = ("file", "letters", "first", "last", "sha256")


def issue_to_folder(
    register: Path,
    parameters: Path,
    folder: Path,
    spare: int,
    progress: Progress,
    lists: Mapping[str, Path] | None = None,
) -> Issued:
    """Read all files and write all others into a new folder that only its owner can read.

    Raises `Refused` with every mistake before anything is written, and when the folder is not empty.
    """
    if folder.exists() and any(folder.iterdir()):
        raise Refused(RegisterRefusal.FOLDER_NOT_EMPTY(folder=str(folder)))
    known = read_parameters(parameters.read_bytes())
    further = {name: path.read_bytes() for name, path in (lists or {}).items()}
    issued = issue(read_everyone(register.read_bytes(), further, known), known, spare)
    _write(folder / "credentials.csv", issued.credential_file())
    _write(folder / "desk.csv", issued.desk_file())
    _write_test(folder / "test", known)
    _write_letters(folder, issued, progress)
    return issued


def _write_letters(folder: Path, issued: Issued, progress: Progress) -> None:
    """The batches, and at last the list by which the print shop knows that it has them all as they were made."""
    done, made = 0, []
    for batch in issued.batches():
        _write(folder / batch.name, batch.pdf)
        made.append(_printed(batch))
        done += len(batch.letters)
        progress("letters", done, len(issued.letters))
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows((PRINT_COLUMNS, *made))
    _write(folder / "print.csv", file.getvalue().encode())


def _printed(batch: Batch) -> tuple[str, int, str, str, str]:
    first, last = batch.letters[0].number, batch.letters[-1].number
    return batch.name, len(batch.letters), first, last, sha256(batch.pdf).hexdigest()


def _write_test(folder: Path, parameters: Parameters) -> None:
    """Letters to nobody, with codes that are on no roll: printed, folded and scanned before the real ones."""
    batch = Issued(parameters, tuple(_test_letter(number, parameters) for number in range(1, TEST_LETTERS + 1)), 0)
    _write(folder / "desk.csv", batch.desk_file())
    for one in batch.batches():
        _write(folder / one.name, one.pdf)


def _test_letter(number: int, parameters: Parameters) -> Letter:
    """Every address longer than the one before, so that the window is tried too."""
    name, style = f"TEST {number} " + "x" * (2 * number), next(iter(parameters.styles))
    entry = Entry(f"T-{number}", name, "Proefstraat", str(number), "1234 AB", "Proefstad", None, "TEST")
    return Letter(entry.letter, make_code(), style, "TEST", "", entry)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
