"""Who may vote, as values: credentials, what a register and a credential file hold, and why they are not taken.

A *credential* is the public hash `h` of a voting code; a *slot* is the first credential of an entry of the register, and
stands for one person's vote however often a code is issued again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pb.base.refusals import Refusal


class CredentialKind(StrEnum):
    """An issued credential belongs to a person of the register; a spare one waits for its activation."""

    ISSUED = "issued"
    SPARE = "spare"


@dataclass(frozen=True, slots=True, order=True)
class Credential:
    """One line of the credential file. `area` and `age` (a band such as `18-34`) are empty for a spare one."""

    h: bytes
    style: str
    kind: CredentialKind
    area: str = ""
    age: str = ""


@dataclass(frozen=True, slots=True)
class CredentialRecord:
    """What a cast needs to know of a code: whose slot it is, its ballot style and area, and whether it may vote."""

    h: bytes
    slot: bytes
    style: str
    area: str
    kind: CredentialKind
    alive: bool


@dataclass(frozen=True, slots=True)
class StyleCount:
    """How many credentials a ballot style has."""

    issued: int
    spare: int


@dataclass(frozen=True, slots=True)
class RollSummary:
    """The roll in numbers: credentials per ballot style, and people who may vote per area and per age band.

    `areas` and `ages` count people on the reference date: the denominators of turnout.
    """

    styles: Mapping[str, StyleCount]
    areas: Mapping[str, int]
    ages: Mapping[str, int]

    @property
    def issued(self) -> int:
        """How many people may vote."""
        return sum(count.issued for count in self.styles.values())

    @property
    def spare(self) -> int:
        """How many codes wait for an activation."""
        return sum(count.spare for count in self.styles.values())


class CodeRefusal(Refusal):
    """Why something typed is not a voting code; the site's list is not asked for it."""

    MISSING = "code.missing"
    WRONG_LENGTH = "code.wrong_length"
    WRONG_SIGN = "code.wrong_sign"
    MISTYPED = "code.mistyped"


class RollRefusal(Refusal):
    """Why a credential file is not taken. `line` counts from 1."""

    SEALED = "roll.sealed"
    NOT_ADOPTED = "roll.not_adopted"
    NO_CODES = "roll.no_codes"
    NO_FILE = "roll.no_file"
    NO_MUNICIPALITY = "roll.no_municipality"
    NOT_TEXT = "roll.not_text"
    NOT_A_CREDENTIAL_FILE = "roll.not_a_credential_file"
    OTHER_ROUND = "roll.other_round"
    NOT_WHOLE = "roll.not_whole"
    ANOTHER_FILE = "roll.another_file"
    EMPTY = "roll.empty"
    WRONG_COLUMNS = "roll.wrong_columns"
    NOT_A_HASH = "roll.not_a_hash"
    UNKNOWN_STYLE = "roll.unknown_style"
    UNKNOWN_KIND = "roll.unknown_kind"
    AREA_MISSING = "roll.area_missing"
    TWICE = "roll.twice"
    NOT_SORTED = "roll.not_sorted"
    MORE = "roll.more"


class RegisterRefusal(Refusal):
    """Why letters are not made from a register. `line` counts from 1, the line with column names included."""

    NOT_TEXT = "register.not_text"
    EMPTY = "register.empty"
    COLUMN_MISSING = "register.column_missing"
    COLUMN_TWICE = "register.column_twice"
    CITIZEN_NUMBERS = "register.citizen_numbers"
    WRONG_COLUMNS = "register.wrong_columns"
    VALUE_MISSING = "register.value_missing"
    NUMBER_TWICE = "register.number_twice"
    PERSON_TWICE = "register.person_twice"
    NOT_A_DATE = "register.not_a_date"
    BORN_LATER = "register.born_later"
    TOO_OLD = "register.too_old"
    NOT_A_POSTCODE = "register.not_a_postcode"
    OUTSIDE = "register.outside"
    BROKEN_LINE = "register.broken_line"
    NOBODY_OLD_ENOUGH = "register.nobody_old_enough"
    NOT_PARAMETERS = "register.not_parameters"
    LIST_WITHOUT_NAME = "register.list_without_name"
    LIST_NAME_TAKEN = "register.list_name_taken"
    LIST_MISTAKE = "register.list_mistake"
    NUMBER_IN_BOTH = "register.number_in_both"
    FOLDER_NOT_EMPTY = "register.folder_not_empty"
    MORE = "register.more"


class ScanRefusal(Refusal):
    """Why what was scanned cannot be held against what was made."""

    NOT_A_DESK_FILE = "scan.not_a_desk_file"
