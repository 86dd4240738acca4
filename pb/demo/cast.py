"""The invented people of the round: pure. Mail goes only to those whom a visitor can be."""

from dataclasses import dataclass
from functools import cache

from pb.demo.content import plans
from pb.demo.dice import Dice
from pb.demo.values import DemoRole
from pb.office.values import NOBODYS

JURY = (DemoRole.JUROR.email, *(f"jury-{number}{NOBODYS}" for number in range(2, 6)))
"""The visitor's juror and four others."""
ASSESSORS = (DemoRole.ASSESSOR.email, f"toets-2{NOBODYS}")
DESK = tuple(
    role.email
    for role in (
        DemoRole.ORGANISER,
        DemoRole.SECOND_ORGANISER,
        DemoRole.ADMINISTRATOR,
        DemoRole.CLERK,
        DemoRole.AUDITOR,
    )
)
VISITORS_PLAN = "bank-kastanje"
"""What a visitor handed in who chooses to be a resident: it wins, and is built."""
NEIGHBOURS = 640
"""Enough for every like, so that nobody likes everything."""
FIRST_NAMES = (
    "Aad", "Aisha", "Anna", "Anton", "Bas", "Bilal", "Bram", "Carla", "Chantal", "Daan", "Daphne", "Demi",
    "Elif", "Els", "Emma", "Eva", "Fatima", "Femke", "Finn", "Frank", "Gerrit", "Greet", "Hamid", "Hanna",
    "Hassan", "Henk", "Ida", "Imane", "Ine", "Iris", "Jaap", "Jan", "Jasmijn", "Jeroen", "Joost", "Julia",
    "Karel", "Karim", "Kees", "Khadija", "Kim", "Lars", "Leila", "Lieke", "Lisa", "Loes", "Luuk", "Maaike",
    "Mark", "Marieke", "Mehmet", "Mila", "Mohamed", "Nadia", "Niels", "Nina", "Noor", "Olaf", "Omar", "Paul",
    "Petra", "Pim", "Rania", "Rik", "Robin", "Roos", "Ruben", "Saar", "Said", "Samir", "Sanne", "Sara", "Sem",
    "Sjoerd", "Sofie", "Stef", "Tess", "Thijs", "Tim", "Tom", "Ugur", "Vera", "Wim", "Wout", "Yara", "Younes",
    "Zoë",
)  # fmt: skip
INITIALS = "ABCDEGHJKLMNOPRSTVWZ"


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """An invented account."""

    email: str
    name: str


def proposer(plan: str) -> str:
    """The address of who hands in the plan with this key."""
    return DemoRole.RESIDENT.email if plan == VISITORS_PLAN else f"{plan}{NOBODYS}"


def neighbour(number: int) -> str:
    """The address of a neighbour, counted from 1."""
    return f"buur-{number}{NOBODYS}"


@cache
def people() -> tuple[DemoPerson, ...]:
    """Everybody who has an account in the recording, whom a visitor can be among them."""
    dice = Dice("people")
    proposers = [DemoPerson(proposer(plan.key), plan.draft.public_name) for plan in plans()]
    others = [*JURY, *ASSESSORS, *DESK, *(neighbour(number) for number in range(1, NEIGHBOURS + 1))]
    named = [DemoPerson(email, f"{dice.one_of(FIRST_NAMES)} {dice.one_of(INITIALS)}.") for email in others]
    return (*proposers, *named)
