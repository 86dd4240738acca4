"""A file's text as rows of fields that know their line and column: `;` between fields, quoting as in CSV."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from pb.base.refusals import Reason, Refused
from pb.counting.pabulib.refusals import FileRefusal

LARGEST = 128 * 1024 * 1024
"""Bytes; the largest file of the collection has 40 million. More is a mistake, or an attack."""
MOST_LINES = 5_000_000
LONGEST = 100_000
"""Signs in one field."""
MOST_FIELDS = 1_000
"""Fields in one row."""


class Row(NamedTuple):
    """One row: its first line, its fields, and the column at which each begins (empty: they follow from the fields)."""

    line: int
    fields: tuple[str, ...]
    begins: tuple[int, ...] = ()

    def column(self, field: int) -> int:
        """The column, from 1, at which a field begins; the row's end for a field that is not there."""
        if self.begins:
            return self.begins[min(field, len(self.begins) - 1)]
        return 1 + len(";".join(self.fields[:field])) + (0 < field < len(self.fields))

    def wrong(self, refusal: FileRefusal, field: int = 0, inside: int = 0, **facts: Any) -> Refused:
        """A complaint about a field of this row, `inside` signs from where it begins."""
        return Refused(refusal(line=self.line, column=self.column(field) + inside, **facts))


def decoded(content: bytes) -> str:
    """The text of a file, without a byte order mark. Raises `Refused` for what is not UTF-8 text."""
    if len(content) > LARGEST:
        raise Refused(FileRefusal.TOO_LARGE(line=1, column=1))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line, column = before.count(b"\n") + 1, error.start - before.rfind(b"\n")
        raise Refused(FileRefusal.NOT_UTF8(line=line, column=column)) from error
    if text.count("\n") > MOST_LINES:
        raise Refused(FileRefusal.TOO_LARGE(line=MOST_LINES, column=1))
    if (at := text.find("\0")) >= 0:
        raise Refused(_strange(text, at))
    return text


def _strange(text: str, at: int) -> Reason:
    return FileRefusal.STRANGE_SIGN(line=text.count("\n", 0, at) + 1, column=at - text.rfind("\n", 0, at))


def rows(text: str) -> Iterator[Row]:
    """The rows of a text; empty lines are passed over. Raises `Refused` at the first broken quotation."""
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        line = lines[at].removesuffix("\r")
        if '"' in line:
            row, at = _quoted(lines, at)
            yield _limited(row)
            continue
        at += 1
        if line.strip():
            row = Row(at, tuple(line.split(";", MOST_FIELDS)))
            yield row if len(line) <= MOST_FIELDS else _limited(row)


def _quoted(lines: list[str], at: int) -> tuple[Row, int]:
    """A row with quotation marks, which may go on over several lines; and the next line's place."""
    first, fields, begins = at, list[str](), list[int]()
    line, place = lines[at].removesuffix("\r"), 0
    while True:
        begins.append(place + 1)
        if line[place : place + 1] == '"':
            field, at, place = _quotation(lines, at, place)
            line = lines[at].removesuffix("\r")
        else:
            end = line.find(";", place)
            field, place = (line[place:], len(line)) if end < 0 else (line[place:end], end)
        fields.append(field)
        if place >= len(line) or len(fields) > MOST_FIELDS:
            return Row(first + 1, tuple(fields), tuple(begins)), at + 1
        place += 1


def _quotation(lines: list[str], at: int, place: int) -> tuple[str, int, int]:
    """The text of a quotation that begins at `place`, and the line and place behind it; a doubled mark stands for one."""
    begun, parts, size = (at, place), list[str](), 0
    place += 1
    while True:
        line = lines[at].removesuffix("\r")
        end = line.find('"', place)
        if end < 0:
            parts += [line[place:], "\n"]
            at, place, size = at + 1, 0, size + len(line) - place
            if at == len(lines) or size > LONGEST:
                raise Refused(FileRefusal.QUOTE_OPEN(line=begun[0] + 1, column=begun[1] + 1))
        elif line[end + 1 : end + 2] == '"':
            parts.append(line[place : end + 1])
            place = end + 2
        elif end + 1 < len(line) and line[end + 1] != ";":
            raise Refused(FileRefusal.QUOTE_WRONG(line=at + 1, column=end + 2))
        else:
            return "".join([*parts, line[place:end]]), at, end + 1


def _limited(row: Row) -> Row:
    if len(row.fields) > MOST_FIELDS:
        raise row.wrong(FileRefusal.TOO_MANY_FIELDS, MOST_FIELDS, most=MOST_FIELDS)
    for field, text in enumerate(row.fields):
        if len(text) > LONGEST:
            raise row.wrong(FileRefusal.FIELD_TOO_LONG, field, most=LONGEST)
    return row
