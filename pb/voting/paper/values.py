"""Paper forms as values: what somebody reads on one, what became of it, and why it is not taken."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from pb.base.refusals import Refusal
from pb.voting.values.vote import Choices


class Verdict(StrEnum):
    """What stands on a form, as somebody reads it; also that there is no such form."""

    VOTE = "vote"
    UNREADABLE = "unreadable"
    NO_CODE = "no_code"
    WRONG_CODE = "wrong_code"
    MISSING = "missing"


class Outcome(StrEnum):
    """What became of a form: it was cast, or refused for a reason."""

    CAST = "cast"
    UNREADABLE = "unreadable"
    NO_CODE = "no_code"
    WRONG_CODE = "wrong_code"
    TOO_MUCH = "too_much"
    TOO_FEW = "too_few"
    OTHER_BALLOT = "other_ballot"
    MISSING = "missing"


class FormState(StrEnum):
    """How far a form is: not read, read by one, read differently by two, or done."""

    NEW = "new"
    ONCE = "once"
    DIFFERS = "differs"
    DONE = "done"


class Step(StrEnum):
    """What a reading leads to: it waits for a second or a third one, or the form is cast or refused."""

    KEPT = "kept"
    DIFFERS = "differs"
    CAST = "cast"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Reading:
    """What somebody read on a form: plan codes and the voting code as its 16 normal signs, or a verdict without them."""

    verdict: Verdict
    choices: Choices = ()
    code: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """What is known of a form: who read it and the hash of each reading, the hash that was cast, and what became of it.

    `claimed` is known before `outcome`: a form is cast at once and marked later.
    """

    readings: Mapping[int, bytes]
    claimed: bytes | None = None
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Entered:
    """What came of entering a form; `outcome` where it is refused."""

    step: Step
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class BatchRecord:
    """A batch of paper forms as it was registered: its number in the round and how many forms came in."""

    number: int
    forms: int
    registered_at: datetime


@dataclass(frozen=True, slots=True)
class FormRecord:
    """One form of a batch. `mine` tells that the person who looks has read it already."""

    number: int
    state: FormState
    outcome: Outcome | None = None
    mine: bool = False


@dataclass(frozen=True, slots=True)
class BatchCount:
    """A batch reconciled: every form that came `in_` was entered, refused for a reason, or is still open."""

    batch: BatchRecord
    entered: int
    refused: Mapping[Outcome, int] = field(default_factory=dict)

    @property
    def rejected(self) -> int:
        """How many forms were refused, whatever the reason."""
        return sum(self.refused.values())

    @property
    def open(self) -> int:
        """How many forms still have to be read."""
        return self.batch.forms - self.entered - self.rejected


class PaperRefusal(Refusal):
    """Why a batch is not registered or a form not entered."""

    NO_PAPER = "paper.no_paper"
    NOT_OPEN_YET = "paper.not_open_yet"
    TOO_LATE = "paper.too_late"
    FORMS_WRONG = "paper.forms_wrong"
    AFTER_CLOSE = "paper.after_close"
    OVER = "paper.over"
    BATCH_UNKNOWN = "paper.batch_unknown"
    FORM_UNKNOWN = "paper.form_unknown"
    PLAN_UNKNOWN = "paper.plan_unknown"
    PLAN_TWICE = "paper.plan_twice"
    ALREADY_DONE = "paper.already_done"
    YOURS_ALREADY = "paper.yours_already"
