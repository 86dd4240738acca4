"""The municipality's register file, pure: read, checked, and reduced to who may vote. It never reaches the site.

CSV with `;` or `,` or tabs, in UTF-8 (a byte order mark is fine), with column names in Dutch or English:

    briefnummer;naam;straat;huisnummer;postcode;plaats;geboortedatum;buurt
    17;T. de Vries;Weverstraat;12 A;2405 AB;Alphen aan den Rijn;1961-03-30;Hoge Zijde

A further list, of people outside the register such as entrepreneurs or students, has the first six columns. Its name
stands where the area of others does, so that it has a count of its own.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pb.base.refusals import Reason, Refused
from pb.base.text import clean_line
from pb.roll.citizen_numbers import look_like_citizen_numbers
from pb.roll.files import shortened
from pb.roll.parameters import Parameters
from pb.roll.values import RegisterRefusal

COLUMNS = {
    "letter": ("briefnummer", "letter number"),
    "name": ("naam", "name"),
    "street": ("straat", "street"),
    "number": ("huisnummer", "number"),
    "postcode": ("postcode", "postcode"),
    "city": ("plaats", "city"),
    "born": ("geboortedatum", "birth date"),
    "area": ("buurt", "area"),
}
"""Field of an entry, and what its column is called in Dutch and in English."""
OF_A_LIST = ("letter", "name", "street", "number", "postcode", "city")
"""The columns of a further list: nobody's age is asked there, and the list is the area."""
OLDEST = 120
_POSTCODE = re.compile(r"([1-9][0-9]{3})([A-Z]{2})", re.ASCII)
_DATES = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d\d?)-(?P<d>\d\d?)", re.ASCII),
    re.compile(r"(?P<d>\d\d?)[-/.](?P<m>\d\d?)[-/.](?P<y>\d{4})", re.ASCII),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A person of the register or of a further list, which has no birth dates.

    `number` is the house number with its additions, `postcode` as `2405 AB`; `area` is the list's name for its people.
    """

    letter: str
    name: str
    street: str
    number: str
    postcode: str
    city: str
    born: date | None
    area: str

    def age_on(self, day: date) -> int | None:
        """Whole years on a day; who is born on 29 February has a birthday on 1 March in other years."""
        if self.born is None:
            return None
        return day.year - self.born.year - ((day.month, day.day) < (self.born.month, self.born.day))


@dataclass(frozen=True, slots=True)
class Register:
    """Who may vote, in the file's order, and how many were too young on the reference date."""

    entries: tuple[Entry, ...]
    too_young: int


def read_register(content: bytes, parameters: Parameters) -> Register:
    """The register of a round. Raises `Refused` with every mistake and its line; nothing is guessed or left out."""
    return _read(content, parameters, tuple(COLUMNS), "")


def read_list(content: bytes, name: str, parameters: Parameters) -> Register:
    """A further list of people who may vote. Raises `Refused` as `read_register`."""
    return _read(content, parameters, OF_A_LIST, name)


def _read(content: bytes, parameters: Parameters, fields: Sequence[str], listed: str) -> Register:
    """The file with these fields; `listed` is the name of a further list, empty for the register."""
    rows = _rows(_text(content))
    places = _places(rows[0][1], fields)
    _refuse_citizen_numbers(rows)
    found: list[tuple[int, Entry]] = []
    mistakes: list[Reason] = []
    for line, row in rows[1:]:
        entry = _entry(line, row, len(rows[0][1]), places, parameters, listed)
        if isinstance(entry, Reason):
            mistakes.append(entry)
        else:
            found.append((line, entry))
    mistakes += _doubles(found)
    old_enough = [entry for _, entry in found if _is_old_enough(entry, parameters)]
    if not mistakes and not old_enough:
        mistakes.append(RegisterRefusal.NOBODY_OLD_ENOUGH() if found else RegisterRefusal.EMPTY())
    if mistakes:
        in_order = sorted(mistakes, key=lambda reason: reason.facts.get("line", 0))
        raise Refused(*shortened(in_order, RegisterRefusal.MORE))
    return Register(tuple(old_enough), len(found) - len(old_enough))


def _is_old_enough(entry: Entry, parameters: Parameters) -> bool:
    age = entry.age_on(parameters.reference_date)
    return age is None or age >= parameters.minimum_age


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise Refused(RegisterRefusal.NOT_TEXT(line=line)) from error


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """All rows with something in them, each with the number of the line on which it ends."""
    first = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(";,\t", key=first.count), strict=True)
    rows = []
    try:
        rows = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise Refused(RegisterRefusal.BROKEN_LINE(line=reader.line_num)) from error
    if not rows:
        raise Refused(RegisterRefusal.EMPTY())
    return rows


def _places(header: Sequence[str], fields: Sequence[str]) -> Mapping[str, int]:
    """In which column each field stands; columns that nobody asked for are not read."""
    named = [clean_line(cell).lower().replace("_", " ") for cell in header]
    reasons, places = [], {}
    for field, names in ((field, COLUMNS[field]) for field in fields):
        found = [place for place, name in enumerate(named) if name in names]
        if len(found) != 1:
            reason = RegisterRefusal.COLUMN_TWICE if found else RegisterRefusal.COLUMN_MISSING
            reasons.append(reason(column=names[0]))
        places[field] = found[0] if found else -1
    if reasons:
        raise Refused(*reasons)
    return places


def _refuse_citizen_numbers(rows: Sequence[tuple[int, list[str]]]) -> None:
    header = rows[0][1]
    for place, name in enumerate(header):
        cells = [row[place] for _, row in rows[1:] if place < len(row)]
        if look_like_citizen_numbers(clean_line(name), cells):
            raise Refused(RegisterRefusal.CITIZEN_NUMBERS(column=clean_line(name)))


def _entry(
    line: int, row: Sequence[str], width: int, places: Mapping[str, int], parameters: Parameters, listed: str
) -> Entry | Reason:
    if len(row) != width:
        return RegisterRefusal.WRONG_COLUMNS(line=line, found=len(row), wanted=width)
    cells = {field: clean_line(row[place]) for field, place in places.items()}
    empty = next((field for field, cell in cells.items() if not cell), None)
    if empty is not None:
        return RegisterRefusal.VALUE_MISSING(line=line, column=COLUMNS[empty][0])
    born = _date(cells["born"]) if "born" in cells else None
    if born is None and not listed:
        return RegisterRefusal.NOT_A_DATE(line=line, written=cells["born"][:20])
    postcode = _POSTCODE.fullmatch(cells["postcode"].upper().replace(" ", ""))
    if postcode is None:
        return RegisterRefusal.NOT_A_POSTCODE(line=line, written=cells["postcode"][:20])
    address = (cells["street"], cells["number"], f"{postcode[1]} {postcode[2]}", cells["city"])
    entry = Entry(cells["letter"], cells["name"], *address, born, listed or cells["area"])
    return _impossible(line, entry, parameters) or entry


def _impossible(line: int, entry: Entry, parameters: Parameters) -> Reason | None:
    age = entry.age_on(parameters.reference_date)
    if age is not None and age < 0:
        return RegisterRefusal.BORN_LATER(line=line)
    if age is not None and age > OLDEST:
        return RegisterRefusal.TOO_OLD(line=line, age=age)
    if parameters.style_of(entry.postcode, anywhere=entry.born is None) is None:
        return RegisterRefusal.OUTSIDE(line=line, postcode=entry.postcode)
    return None


def _date(written: str) -> date | None:
    for pattern in _DATES:
        match = pattern.fullmatch(written)
        if match:
            try:
                return date(int(match["y"]), int(match["m"]), int(match["d"]))
            except ValueError:
                return None
    return None


def _doubles(found: Sequence[tuple[int, Entry]]) -> Iterator[Reason]:
    """The same letter number twice, or the same person: name, birth date and address."""
    letters: dict[str, int] = {}
    people: dict[tuple[object, ...], int] = {}
    for line, entry in found:
        if letters.setdefault(entry.letter, line) != line:
            yield RegisterRefusal.NUMBER_TWICE(line=line, first=letters[entry.letter])
        person = (entry.name.casefold(), entry.born, entry.postcode, entry.number.casefold())
        if people.setdefault(person, line) != line:
            yield RegisterRefusal.PERSON_TWICE(line=line, first=people[person])
