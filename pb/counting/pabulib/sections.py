"""The three sections of a file, one after the other, and the table in each: a header, and rows with as many fields as it."""

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from operator import itemgetter

from pb.counting.pabulib.refusals import FileRefusal
from pb.counting.pabulib.rows import Row

SECTIONS = ("META", "PROJECTS", "VOTES")


class Sections:
    """Hands out the rows of each section in turn; none is kept, for there may be millions.

    Raises `Refused` when the sections are not the three, in order, each with a header.
    """

    def __init__(self, rows: Iterator[Row]) -> None:
        self._rows = rows
        self._last = Row(1, ("",))
        self._title = next(rows, None)

    def rows(self, name: str) -> Iterator[Row]:
        """The rows of a section, its header first. The one before must have been read to its end."""
        self._check_title(name)
        header = None
        for row in self._rows:
            if _is_title(row):
                self._title = row
                break
            header = header or row
            self._last = row
            yield row
        else:
            self._title = None
        if header is None:
            raise self._missing(name)
        self._check_next(name)

    def _check_title(self, name: str) -> None:
        if self._title is None or not _is_title(self._title):
            raise (self._title or self._last).wrong(FileRefusal.SECTION_MISSING, name=name)
        if self._title.fields[0].strip() != name:
            raise self._title.wrong(FileRefusal.SECTION_ORDER, name=self._title.fields[0].strip())
        self._last = self._title

    def _check_next(self, name: str) -> None:
        """Behind the last section nothing may come, behind another the next must."""
        if name != SECTIONS[-1]:
            if self._title is None:
                raise self._missing(SECTIONS[SECTIONS.index(name) + 1])
        elif self._title is not None:
            raise self._title.wrong(FileRefusal.SECTION_ORDER, name=self._title.fields[0].strip())

    def _missing(self, name: str) -> Exception:
        return self._last.wrong(FileRefusal.SECTION_MISSING, len(self._last.fields), name=name)


def _is_title(row: Row) -> bool:
    return len(row.fields) == 1 and row.fields[0].strip() in SECTIONS


class Table:
    """The rows below a header, and at which place of a row each column stands."""

    def __init__(self, found: Iterator[Row], obligatory: tuple[str, ...], known: tuple[str, ...]) -> None:
        """`known` are the columns that are read one by one; `more` gives the others."""
        self._found = found
        self.at = _columns(next(found), obligatory)
        self.more = _more({name: place for name, place in self.at.items() if name not in known})

    def rows(self) -> Iterator[Row]:
        """The rows. Raises `Refused` at one with more or fewer fields than the header."""
        needed = len(self.at)
        for row in self._found:
            if len(row.fields) != needed:
                raise row.wrong(FileRefusal.FIELDS_WRONG, needed, found=len(row.fields), needed=needed)
            yield row


def _columns(header: Row, obligatory: tuple[str, ...]) -> dict[str, int]:
    names = [name.strip() for name in header.fields]
    for one, other in pairwise(sorted(names)):
        if one == other:
            second = len(names) - 1 - names[::-1].index(one)
            raise header.wrong(FileRefusal.COLUMN_TWICE, second, name=one[:40])
    for name in obligatory:
        if name not in names:
            raise header.wrong(FileRefusal.COLUMN_MISSING, name=name)
    return {name: place for place, name in enumerate(names)}


def _more(places: Mapping[str, int]) -> Callable[[Row], Mapping[str, str]]:
    """Gives the fields of these columns by name, as they stand; rows with the same fields share one mapping."""
    known: dict[tuple[str, ...], Mapping[str, str]] = {}
    several = itemgetter(*places.values()) if len(places) > 1 else None

    def more(row: Row) -> Mapping[str, str]:
        fields = several(row.fields) if several else tuple(row.fields[place] for place in places.values())
        found = known.get(fields)
        if found is None:
            found = known[fields] = dict(zip(places, fields, strict=True))
        return found

    return more
