"""A round as other rooms see it, and what is kept about it: versions, decisions, requests, questions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any

from pb.rounds.values.frame import Frame


class FrameState(StrEnum):
    """A version is a draft until its decision is confirmed; then it is adopted, and later ones replace it."""

    DRAFT = "draft"
    ADOPTED = "adopted"


@dataclass(frozen=True, slots=True)
class RoundRecord:
    """A round as every room sees it. `offset` is the rehearsal clock's, zero in a real round.

    `frame` is the newest adopted version, or the draft while there is none (`adopted` says which). `corrected_at` is when
    the newest correction of a public result was made.
    """

    id: int
    public_id: str
    slug: str
    name: str
    rehearsal: bool
    offset: timedelta
    frame: Frame
    frame_version: int
    adopted: bool
    frozen_at: datetime | None = None
    sealed_at: datetime | None = None
    published_at: datetime | None = None
    corrected_at: datetime | None = None

    def now(self, host: datetime) -> datetime:
        """The round's moment, from the host's or the database's."""
        return host.astimezone(UTC) + self.offset


class DecisionKind(StrEnum):
    """What a governing body decided about a round."""

    ADOPT_FRAME = "adopt_frame"
    ADOPT_RESULT = "adopt_result"
    CORRECT_RESULT = "correct_result"


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision that was taken outside the site and recorded here: who, when, under which number, where to read it."""

    body: str
    date: date
    number: str
    link: str


class TwoPersonDeed(StrEnum):
    """Deeds that one person asks for and another confirms. Later rooms carry out their own when it is confirmed."""

    ADOPT_FRAME = "adopt_frame"
    AMEND_FRAME = "amend_frame"
    SEAL_MANIFEST = "seal_manifest"
    EXPORT_PILES = "export_piles"
    ADOPT_RESULT = "adopt_result"
    CORRECT_RESULT = "correct_result"
    WITHDRAW_FROM_BALLOT = "withdraw_from_ballot"
    REISSUE_CODE = "reissue_code"
    ACTIVATE_CODE = "activate_code"
    REVOKE_CODE = "revoke_code"
    DESTROY_KEYS = "destroy_keys"
    ENTER_DRAW = "enter_draw"


@dataclass(frozen=True, slots=True)
class RequestRecord:
    """A deed that waits for a second person, or waited. `payload` is all that the second person confirms."""

    id: int
    round_id: int
    deed: TwoPersonDeed
    payload: Mapping[str, Any]
    asked_by: int
    asked_at: datetime
    decided_by: int | None = None
    decided_at: datetime | None = None
    confirmed: bool | None = None

    @property
    def open(self) -> bool:
        """Whether nobody has confirmed or refused it yet."""
        return self.decided_at is None


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """A recorded decision: its number, what it was about, and which version of the frame where it was about one."""

    id: int
    kind: DecisionKind
    decision: Decision
    frame_version: int | None
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class VersionRecord:
    """One version of a frame: a draft, an adopted frame, or an amendment with its `reason`."""

    number: int
    state: FrameState
    frame: Frame
    reason: str
    saved_at: datetime
    adopted_at: datetime | None


@dataclass(frozen=True, slots=True)
class Question:
    """The municipality's own words for a question on *Vragen en hulp*."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs between two frames; `field` is its name (`total`, `vote.closes`), `None` stands for nothing."""

    field: str
    old: Any
    new: Any


QUESTION_CODES = (
    "who_votes",
    "no_letter",
    "protected_address",
    "paper",
    "help",
    "business",
    "cost",
    "spending_less",
    "refused_why",
    "result_when",
    "who_carries_out",
)
"""What residents ask at every round; the frame fills the answers until the municipality writes its own."""
OWN_QUESTION_CODES = ("own_1", "own_2", "own_3")
"""Places for questions of the municipality itself; empty until they are written."""
