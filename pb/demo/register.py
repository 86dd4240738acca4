"""The invented register of the round: 13,250 people who may vote. Pure, and the same on every machine.

Areas and streets do not exist like this in Alphen; the two postcode districts do. Letter 1 is the visitor's.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from pb.base.hashing import base32_signs, tagged_hmac
from pb.demo.cast import FIRST_NAMES
from pb.demo.dice import Dice
from pb.demo.frame import demo_frame
from pb.roll.codes import SIGNS, check_sign
from pb.roll.register import Entry, Register

SURNAMES = (
    "Aksoy", "Bakker", "Bos", "Brouwer", "Dekker", "Demir", "Dijkstra", "El Idrissi", "Groen", "Haddad", "Hendriks",
    "Hoekstra", "Jansen", "Kaya", "Kok", "Kuipers", "Meijer", "Mulder", "Nguyen", "Peters", "Prins", "Schouten", "Smit",
    "Visser", "Vos", "de Boer", "de Graaf", "de Groot", "de Vries", "de Wit", "van Dam", "van Dijk", "van Leeuwen",
    "van Vliet", "van den Berg", "van der Linden",
)  # fmt: skip
CITY = "Alphen aan den Rijn"
VISITOR = 1
"""The number of the visitor's letter; nobody of the recording votes with it."""
YOUNGEST, OLDEST = 12, 96
STAIRS = 60
"""House numbers of a street; several people live at each."""


@dataclass(frozen=True, slots=True)
class Area:
    """An invented part of the centre: how many people may vote there, and how many of them do."""

    name: str
    district: str
    streets: tuple[str, ...]
    people: int
    voters: int


AREAS = (
    Area("Kerkbuurt", "2406", ("Raadhuisstraat", "Kerkplein", "Weverstraat", "Singel"), 3600, 878),
    Area("Havenbuurt", "2405", ("Havenpad", "Zeilmakerstraat", "Schippersgang", "Ankerstraat"), 3150, 742),
    Area("Molenbuurt", "2406", ("Molenkade", "Korenstraat", "Lindelaan", "Wilgenhof"), 3100, 648),
    Area("Stationsbuurt", "2405", ("Hoofdstraat", "Spoorlaan", "Tunnelweg", "Perronstraat"), 3400, 646),
)


@cache
def register() -> Register:
    """Everyone, area by area."""
    return Register(tuple(_entries()), too_young=0)


def letters_of(area: Area) -> range:
    """The numbers of the letters that go to an area."""
    first = 1 + sum(other.people for other in AREAS[: AREAS.index(area)])
    return range(first, first + area.people)


def code_of(seed: str, letter: str) -> str:
    """The code in a letter: nobody finds it without the seed, which this machine drew for itself."""
    random = base32_signs(tagged_hmac(bytes.fromhex(seed), "demo-code", letter), SIGNS - 1)
    return random + check_sign(random)


def _entries() -> Iterator[Entry]:
    dice, reference = Dice("register"), demo_frame().reference_date
    for area in AREAS:
        for letter in letters_of(area):
            street = dice.below(len(area.streets))
            yield Entry(
                letter=str(letter),
                name=f"{dice.one_of(FIRST_NAMES)} {dice.one_of(SURNAMES)}",
                street=area.streets[street],
                number=str(1 + dice.below(STAIRS)),
                postcode=f"{area.district} A{'ABCD'[street]}",
                city=CITY,
                born=_birthday(dice, reference),
                area=area.name,
            )


def _birthday(dice: Dice, reference: date) -> date:
    """Fewer people the older they are, as in a register."""
    age = YOUNGEST + min(dice.below(OLDEST - YOUNGEST), dice.below(2 * (OLDEST - YOUNGEST)))
    return date(reference.year - age, reference.month, reference.day) - timedelta(days=dice.below(360))
