"""The invented people of the round: pure."""

from dataclasses import dataclass
from functools import cache

from pb.demo.content import plans
from pb.demo.dice import Dice
from pb.demo.values import DemoRole

JURY = (DemoRole.JUROR.email, *(f"jury-{number}@demo.example.org" for number in range(2, 6)))
"""The visitor's juror and four others."""
ASSESSORS = (DemoRole.ASSESSOR.email, "toets-2@demo.example.org")
NEIGHBOURS = 640
"""Enough for every like, so that nobody likes everything."""
FIRST_NAMES = [
    "Aad",
    "Aisha",
    "Anna",
    "Anton",
    "Bas",
    "Bilal",
    "Bram",
    "Carla",
    "Chantal",
    "Daan",
    "Daphne",
    "Demi",
    "Elif",
    "Els",
    "Emma",
    "Eva",
    "Fatima",
    "Femke",
    "Finn",
    "Frank",
    "Gerrit",
    "Greet",
    "Hamid",
    "Hanna",
    "Hassan",
    "Henk",
    "Ida",
    "Imane",
    "Ine",
    "Iris",
    "Jaap",
    "Jan",
    "Jasmijn",
    "Jeroen",
    "Joost",
    "Julia",
    "Karel",
    "Karim",
    "Kees",
    "Khadija",
    "Kim",
    "Lars",
    "Leila",
    "Lieke",
    "Lisa",
    "Loes",
    "Luuk",
    "Maaike",
    "Mark",
    "Marieke",
    "Mehmet",
    "Mila",
    "Mohamed",
    "Nadia",
    "Niels",
    "Nina",
    "Noor",
    "Olaf",
    "Omar",
    "Paul",
    "Petra",
    "Pim",
    "Rania",
    "Rik",
    "Robin",
    "Roos",
    "Ruben",
    "Saar",
    "Said",
    "Samir",
    "Sanne",
    "Sara",
    "Sem",
    "Sjoerd",
    "Sofie",
    "Stef",
    "Tess",
    "Thijs",
    "Tim",
    "Tom",
    "Ugur",
    "Vera",
    "Wim",
    "Wout",
    "Yara",
    "Younes",
    "Zoë",
]
INITIALS = "ABCDEGHJKLMNOPRSTVWZ"


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """An invented account."""

    email: str
    name: str


def proposer(plan: str) -> str:
    """The address of who hands in the plan with this key."""
    return f"{plan}@demo.example.org"


def neighbour(number: int) -> str:
    """The address of a neighbour, counted from 1."""
    return f"buur-{number}@demo.example.org"


@cache
def people() -> tuple[DemoPerson, ...]:
    """Everybody who has an account in the recording; the roles of `DemoRole` are among the jury and the assessors."""
    dice = Dice("people")
    proposers = [DemoPerson(proposer(plan.key), plan.draft.public_name) for plan in plans()]
    others = [*JURY, *ASSESSORS, *(neighbour(number) for number in range(1, NEIGHBOURS + 1))]
    named = [DemoPerson(email, f"{dice.one_of(FIRST_NAMES)} {dice.one_of(INITIALS)}.") for email in others]
    return (*proposers, *named)
