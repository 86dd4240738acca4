"""A round's settings and a register, for the tests of codes and letters."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from pb.roll.issue import issue
from pb.roll.parameters import Parameters
from pb.roll.register import read_register
from pb.rounds.values import RoundRecord

HEADER = "briefnummer;naam;straat;huisnummer;postcode;plaats;geboortedatum;buurt"
ROUND = "ab" * 16


def some_parameters(**changes: Any) -> Parameters:
    """Alphen Centrum Begroot 2020 as its letters need it, with changes."""
    parameters = Parameters(
        round=ROUND,
        name="Alphen Centrum Begroot 2020",
        area="het centrum",
        total=30_000_00,
        minimum_age=12,
        reference_date=date(2020, 5, 1),
        closes=datetime(2020, 6, 28, 22, tzinfo=UTC),
        zone="Europe/Amsterdam",
        styles={"all": ("2405", "2406")},
        links={
            "nl": "https://begroot.example.org/rondes/alphen/stemmen",
            "en": "https://begroot.example.org/en/rondes/alphen/stemmen",
        },
        municipality="Gemeente Alphen",
        address="Stadhuisplein 1",
        telephone="14 0172",
        opening_hours="ma t/m vr",
        mail="begroot@example.org",
    )
    return replace(parameters, **changes)


def a_line(number: int = 1, /, **changes: str) -> str:
    """A line of the register: each number is somebody else."""
    cells = {
        "letter": str(number), "name": f"N. Bakker {number}", "street": "Weverstraat", "number": f"{number} A",
        "postcode": "2405 AB", "city": "Alphen", "born": "1961-03-30", "area": "Hoge Zijde",
    } | changes  # fmt: skip
    return ";".join(cells.values())


def people(count: int, first: int = 1, **changes: str) -> Iterator[str]:
    """Lines of so many people."""
    return (a_line(number, **changes) for number in range(first, first + count))


def a_register(lines: Iterable[str]) -> bytes:
    """The file with these lines below its column names."""
    return "\n".join([HEADER, *lines]).encode() + b"\n"


def a_file(round_: RoundRecord, count: int = 60, spare: int = 2, **changes: str) -> bytes:
    """The credential file for so many people, made as a municipality makes it."""
    parameters = some_parameters(round=round_.public_id)
    return issue(read_register(a_register(people(count, **changes)), parameters), parameters, spare).credential_file()
