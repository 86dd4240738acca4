"""The vote as values: what two people seal, what a voter hands in and gets back, and what comes out of the piles.

Hashes and keys are bytes inside the program and hex in the manifest. Money is in cents.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pb.base.hashing import tracking_code
from pb.base.money import Cents
from pb.base.refusals import Refusal
from pb.roll.values import StyleCount
from pb.rounds.values import Frame

Choices = tuple[str, ...]
"""The codes of the chosen plans, sorted and each once; a blank ballot is empty."""


class Channel(StrEnum):
    """How a ballot came in."""

    WEB = "web"


class VoteStep(StrEnum):
    """How far a round's vote is, for the organiser."""

    NOT_SEALED = "not_sealed"
    SEALED = "sealed"
    OPEN = "open"
    DUE = "due"
    CLOSED = "closed"
    EXPORTED = "exported"
    OPENED = "opened"


class SpentKind(StrEnum):
    """What entitled a voter: so far always a code from a letter."""

    CODE = "code"


@dataclass(frozen=True, slots=True)
class BallotPlan:
    """A plan on the ballot: its cost in cents, and `words`, the hash in hex of its title and text."""

    code: str
    pot: str
    cost: Cents
    words: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What two people seal before the vote opens, and everybody can hold the outcome against.

    `styles` gives the pots of each ballot style; `areas` how many people may vote per area; `checks` the check value
    of each secret of the key directory. Hashes and public keys are hex.
    """

    version: str
    round: str
    frame: Frame
    plans: tuple[BallotPlan, ...]
    styles: Mapping[str, tuple[str, ...]]
    counting: str
    seed_commitment: str
    opens: datetime
    closes: datetime
    paper_closes: datetime
    areas: Mapping[str, int]
    credentials: Mapping[str, StyleCount]
    credential_root: str
    sealing_key: str
    log_key: str
    checks: Mapping[str, str]

    def plans_of(self, style: str) -> tuple[BallotPlan, ...]:
        """The plans that a voter with this ballot style chooses from; none for an unknown style."""
        pots = self.styles.get(style, ())
        return tuple(plan for plan in self.plans if plan.pot in pots)


@dataclass(frozen=True, slots=True)
class SealSizes:
    """To how many bytes the content of a sealed ballot and of a sealed spent row is padded."""

    ballot: int
    spent: int


@dataclass(frozen=True, slots=True)
class SealedManifest:
    """A manifest with the hash of its exact bytes; `number` counts how many times the round was sealed."""

    number: int
    digest: bytes
    manifest: Manifest
    sizes: SealSizes


@dataclass(frozen=True, slots=True)
class Box:
    """How far a sealed round is: when votes count, what was withdrawn meanwhile, and what happened after the close.

    `ballots` and `spent` are the sizes of the two piles and are known from the close on, as is `seed`.
    """

    round_id: int
    number: int
    digest: bytes
    opens: datetime
    closes: datetime
    withdrawn: Choices
    closed_at: datetime | None
    ballots: int
    spent: int
    seed: str
    exported_at: datetime | None
    opened_at: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """What a cast finds under its locks: the round's moment, its box, and what this key was used for before."""

    now: datetime
    box: Box
    same: bytes | None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a voter keeps: the tracking code, the nonce that opens it, and the choices it stands for.

    `repeated` tells that this very vote had been cast already, so that nothing was cast now.
    """

    tracking: str
    nonce: bytes
    commitment: bytes
    choices: Choices
    repeated: bool = False


@dataclass(frozen=True, slots=True, order=True)
class OpenedBallot:
    """One ballot after the close, without any trace of its voter."""

    style: str
    channel: str
    choices: Choices
    nonce: bytes
    commitment: bytes

    @property
    def tracking(self) -> str:
        """The 20 signs on the voter's receipt."""
        return tracking_code(self.commitment)


@dataclass(frozen=True, slots=True, order=True)
class SpentToken:
    """One right to vote that was used: its token (empty where there is no code), ballot style and area."""

    kind: str
    token: bytes
    style: str
    area: str


@dataclass(frozen=True, slots=True)
class Opened:
    """The two opened piles of a round, and what a count needs beside them.

    `ballots` and `spent` are sorted by content. `withdrawn` are plans that left the ballot while people voted: they
    win nothing, and ballots with them stay valid for the rest. `seed` settles the lot, in hex.
    """

    ballots: tuple[OpenedBallot, ...]
    spent: tuple[SpentToken, ...]
    withdrawn: Choices
    seed: str

    def by_style(self) -> dict[str, tuple[Choices, ...]]:
        """The choices of all ballots per ballot style."""
        found: dict[str, list[Choices]] = {}
        for ballot in self.ballots:
            found.setdefault(ballot.style, []).append(ballot.choices)
        return {style: tuple(choices) for style, choices in found.items()}

    def by_area(self) -> dict[str, int]:
        """How many people voted per area."""
        found: dict[str, int] = {}
        for token in self.spent:
            found[token.area] = found.get(token.area, 0) + 1
        return found


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many took part (`voted`, blank included) of those who might (`eligible`).

    `areas` gives the same pair per area, and is empty until the piles are opened.
    """

    voted: int
    eligible: int
    areas: Mapping[str, tuple[int, int]]


class VoteRefusal(Refusal):
    """Why a vote is not taken. Whatever is wrong with a code that is typed well has the same words."""

    NOT_SEALED = "vote.not_sealed"
    NOT_YET = "vote.not_yet"
    CLOSED = "vote.closed"
    CODE_NOT_VALID = "vote.code_not_valid"
    TOO_MANY_TRIES = "vote.too_many_tries"
    PLAN_UNKNOWN = "vote.plan_unknown"
    PLAN_TWICE = "vote.plan_twice"
    PLAN_WITHDRAWN = "vote.plan_withdrawn"
    OTHER_BALLOT = "vote.other_ballot"
    OVER_THE_MONEY = "vote.over_the_money"
    TOO_MANY_PLANS = "vote.too_many_plans"
    KEY_USED = "vote.key_used"
    STALE_PAGE = "vote.stale_page"
    POSTCODE_UNKNOWN = "vote.postcode_unknown"
    CHANGED_MEANWHILE = "vote.changed_meanwhile"
    NOT_NOW = "vote.not_now"


class SealRefusal(Refusal):
    """What is missing or in the way before a manifest is sealed."""

    NO_FRAME = "seal.no_frame"
    NO_VOTE = "seal.no_vote"
    ALREADY_OPEN = "seal.already_open"
    NO_SHORTLIST = "seal.no_shortlist"
    NO_ROLL = "seal.no_roll"
    STYLE_WITHOUT_CODES = "seal.style_without_codes"
    PLAN_WITHOUT_POT = "seal.plan_without_pot"
    CHANGED_SINCE = "seal.changed_since"


class KeyRefusal(Refusal):
    """Why this process does not touch the keys of a round."""

    MISSING = "keys.missing"
    BROKEN = "keys.broken"
    NOT_THESE = "keys.not_these"
    ALREADY_THERE = "keys.already_there"
    NO_PRIVATE_HALF = "keys.no_private_half"
    REHEARSAL_ONLY = "keys.rehearsal_only"


class PileRefusal(Refusal):
    """Why piles are not closed, exported, opened or taken in."""

    STILL_OPEN = "piles.still_open"
    NOT_CLOSED = "piles.not_closed"
    NOT_EXPORTED = "piles.not_exported"
    ALREADY_OPENED = "piles.already_opened"
    BROKEN = "piles.broken"
    OTHER_ROUND = "piles.other_round"
    WRONG_KEY = "piles.wrong_key"
    WRONG_NUMBER = "piles.wrong_number"
    STYLES_DIFFER = "piles.styles_differ"
    TOKEN_TWICE = "piles.token_twice"  # noqa: S105 - a message key
    TOKEN_UNKNOWN = "piles.token_unknown"  # noqa: S105 - a message key
    BALLOT_NOT_CAST = "piles.ballot_not_cast"
    BALLOT_AGAINST_RULE = "piles.ballot_against_rule"
