"""What came back from the print shop, pure: what a scanner reads of letters, held against the desk file.

A scanner of QR codes, or the camera of a telephone, writes what it reads as text: a line a letter, the link or the code.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pb.base.hashing import credential_of, token_of
from pb.base.refusals import Refused
from pb.roll.codes import read_code
from pb.roll.values import ScanRefusal


@dataclass(frozen=True, slots=True)
class Scanned:
    """Letter numbers that were read, read `twice` or not read (`missing`), and lines that are no letter's (`unknown`)."""

    read: tuple[str, ...]
    twice: tuple[str, ...]
    missing: tuple[str, ...]
    unknown: tuple[int, ...]

    @property
    def good(self) -> bool:
        """Whether every line is a letter's, each once; letters may be missing, as in a sample."""
        return bool(self.read) and not self.twice and not self.unknown


def read_desk_file(content: bytes) -> dict[str, str]:
    """Letter number by hash in hex. Raises `Refused` for another file."""
    try:
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise Refused(ScanRefusal.NOT_A_DESK_FILE()) from error
    if rows[:1] != [["letter", "h"]] or any(len(row) != 2 for row in rows):
        raise Refused(ScanRefusal.NOT_A_DESK_FILE())
    return {h: letter for letter, h in rows[1:]}


def compare_scans(desk: Mapping[str, str], scans: str, round_: str) -> Scanned:
    """What was scanned beside what was made for the round with this public id; `scans` has a line a letter."""
    found = list(_numbers(desk, scans, round_))
    often = Counter(number for _, number in found if number)
    return Scanned(
        read=tuple(often),
        twice=tuple(number for number, times in often.items() if times > 1),
        missing=tuple(number for number in desk.values() if number not in often),
        unknown=tuple(line for line, number in found if number is None),
    )


def _numbers(desk: Mapping[str, str], scans: str, round_: str) -> Iterator[tuple[int, str | None]]:
    """The letter number of each line that holds something; nothing where it is no letter's."""
    for line, text in enumerate(scans.splitlines(), start=1):
        if text.strip():
            try:
                h = credential_of(token_of(round_, read_code(text.rpartition("#")[2])))
            except Refused:
                yield line, None
            else:
                yield line, desk.get(h.hex())
