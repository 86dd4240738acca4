"""How somebody proves the right to vote: by a code from a letter, by a sign-in, or by an e-mail address."""

from dataclasses import dataclass, field
from enum import StrEnum


class DoorKind(StrEnum):
    """What stands before the ballot box."""

    CODES = "codes"
    SIGN_IN = "sign_in"
    EMAIL = "email"


class AgeClaim(StrEnum):
    """In which form a broker tells how old somebody is."""

    BIRTH_DATE = "birth_date"
    AGE = "age"


class PlaceClaim(StrEnum):
    """In which form a broker tells where somebody lives: a postcode, or the name of the area."""

    POSTCODE = "postcode"
    AREA = "area"


@dataclass(frozen=True, slots=True)
class Broker:
    """An OpenID Connect broker: what residents call it, where it is, what the site is called there, what it must tell.

    Any of `levels` (values of `acr`) is enough. A claim inside another is named with a dot: `address.postal_code`.
    `entry_claim` holds the credential of a roll entry in hex. The secret that the site shows there is never here.
    """

    name: str = ""
    issuer: str = ""
    client: str = ""
    levels: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    age_claim: str = ""
    age_as: AgeClaim = AgeClaim.BIRTH_DATE
    place_claim: str = ""
    place_as: PlaceClaim = PlaceClaim.POSTCODE
    entry_claim: str = ""


@dataclass(frozen=True, slots=True)
class Voters:
    """How many people may vote with a ballot style, where no roll tells it."""

    style: str
    people: int


@dataclass(frozen=True, slots=True)
class Door:
    """The door of a round. `risk` is what the municipality accepts, in its own words, where nobody's right is checked.

    `with_codes`: beside the sign-in, codes from the desk and paper count too.
    """

    kind: DoorKind = DoorKind.CODES
    broker: Broker = field(default_factory=Broker)
    with_codes: bool = False
    risk: str = ""
    voters: tuple[Voters, ...] = ()

    @property
    def takes_codes(self) -> bool:
        """Whether a code can vote; then there is a roll, and it tells who may."""
        return self.kind is DoorKind.CODES or self.with_codes
