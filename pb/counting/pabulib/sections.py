"""The three sections of a file, and the table in each: a header, and rows that have as many fields as it."""

from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from operator import itemgetter

from pb.counting.pabulib.refusals import FileRefusal
from pb.counting.pabulib.rows import Row

SECTIONS = ("META", "PROJECTS", "VOTES")


def sections(found: Iterable[Row]) -> dict[str, list[Row]]:
    """The rows of each section, its header first. Raises `Refused` when the sections are not the three, in order."""
    parts: dict[str, list[Row]] = {}
    last, rows = Row(1, ("",)), list[Row]()
    for row in found:
        if len(row.fields) == 1 and (name := row.fields[0].strip()) in SECTIONS:
            _check_order(row, name, parts)
            parts[name] = rows = []
        elif not parts:
            raise row.wrong(FileRefusal.SECTION_MISSING, name=SECTIONS[0])
        else:
            rows.append(row)
        last = row
    for name in SECTIONS:
        if not parts.get(name):
            raise last.wrong(FileRefusal.SECTION_MISSING, len(last.fields), name=name)
    return parts


def _check_order(row: Row, name: str, before: Mapping[str, list[Row]]) -> None:
    if len(before) == len(SECTIONS) or name != SECTIONS[len(before)]:
        raise row.wrong(FileRefusal.SECTION_ORDER, name=name)


class Table:
    """The rows below a header, and at which place of a row each column stands."""

    def __init__(self, found: list[Row], obligatory: tuple[str, ...], known: tuple[str, ...]) -> None:
        """`known` are the columns that are read one by one; `more` gives the others."""
        self.at = _columns(found[0], obligatory)
        self.rows = found[1:]
        for row in self.rows:
            if len(row.fields) != len(self.at):
                raise row.wrong(FileRefusal.FIELDS_WRONG, len(self.at), found=len(row.fields), needed=len(self.at))
        self.more = _more({name: place for name, place in self.at.items() if name not in known})


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
