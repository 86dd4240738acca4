"""The demo as values: whom a visitor can be, and how far the rehearsal clock can be wound on."""

from dataclasses import dataclass
from enum import StrEnum

from pb.base.refusals import Refusal

ROUND = "alphen-centrum-2020"
EMPTY_ROUND = "mijn-ronde"
"""The round beside it, for a visitor's own frame."""

KIND = "rehearse"
"""The worker's jobs that wind a round's clock on."""


class DemoRole(StrEnum):
    """Whom a visitor can be with one click; the words are `demo.role.<value>` and `demo.role.<value>.what`."""

    RESIDENT = "resident"
    JUROR = "juror"
    ASSESSOR = "assessor"
    ORGANISER = "organiser"
    SECOND_ORGANISER = "second-organiser"
    CLERK = "clerk"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"

    @property
    def email(self) -> str:
        """The address of the invented person who has this role."""
        return f"{self.value}@demo.example.org"


@dataclass(frozen=True, slots=True)
class DeskLine:
    """A line of the desk file: the number of a letter, whom it goes to (nobody: it waits at the desk), and its name in hex."""

    letter: str
    name: str
    credential: str


class Step(StrEnum):
    """How far to wind the clock; the words are `demo.step.<value>`."""

    CLOSE = "close"
    RESULT = "result"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class DemoState:
    """What the demo keeps beside its database: the visitor's voting code, and the seed of everybody else's."""

    code: str
    seed: str


class DemoRefusal(Refusal):
    """Why the demo does not do something."""

    ONLY_HERE = "demo.only_here"
    NOT_LOADED = "demo.not_loaded"
    HALF_LOADED = "demo.half_loaded"
