"""Decisions about paper: when batches come in and forms are entered, and what a reading of a form leads to."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from pb.base.refusals import Reason
from pb.counting.refusals import BallotRefusal
from pb.voting.paper.values import (
    BatchCount,
    BatchRecord,
    FormRecord,
    FormState,
    Held,
    Outcome,
    PaperRefusal,
    Step,
    Verdict,
)
from pb.voting.rules import last_moment, paper_until
from pb.voting.values import Box, Manifest, VoteRefusal

MOST_FORMS = 5_000
"""Forms in one batch: a stack that a person can still carry."""
TOGETHER = 10
"""Forms are marked as cast when so many wait, or at the end."""
REFUSED_BY = {
    Verdict.UNREADABLE: Outcome.UNREADABLE,
    Verdict.NO_CODE: Outcome.NO_CODE,
    Verdict.WRONG_CODE: Outcome.WRONG_CODE,
    Verdict.MISSING: Outcome.MISSING,
}
"""What becomes of a form on which two people read no vote."""
NOT_CAST: dict[object, Outcome] = {
    BallotRefusal.TOO_FEW: Outcome.TOO_FEW,
    VoteRefusal.CODE_NOT_VALID: Outcome.WRONG_CODE,
    VoteRefusal.OVER_THE_MONEY: Outcome.TOO_MUCH,
    VoteRefusal.TOO_MANY_PLANS: Outcome.TOO_MUCH,
    VoteRefusal.ONLY_ONE_PLAN: Outcome.TOO_MUCH,
    VoteRefusal.OTHER_BALLOT: Outcome.OTHER_BALLOT,
}
"""What becomes of a form when its ballot is refused for what stands on it."""


def registering_reasons(box: Box, manifest: Manifest, forms: int, now: datetime) -> list[Reason]:
    """Why no batch of so many forms is registered now: it must come in while people vote."""
    if not manifest.frame.paper_days:
        return [PaperRefusal.NO_PAPER()]
    if now < box.opens:
        return [PaperRefusal.NOT_OPEN_YET(moment=box.opens)]
    if now >= box.closes:
        return [PaperRefusal.TOO_LATE(moment=last_moment(box.closes, manifest.frame))]
    return [] if 1 <= forms <= MOST_FORMS else [PaperRefusal.FORMS_WRONG(about="forms", most=MOST_FORMS)]


def entering_reasons(box: Box, manifest: Manifest, now: datetime) -> list[Reason]:
    """Why no form is entered now: only after the close, so that a vote on paper comes last and counts."""
    if not manifest.frame.paper_days:
        return [PaperRefusal.NO_PAPER()]
    if now < box.closes:
        return [PaperRefusal.AFTER_CLOSE(moment=box.closes)]
    until = paper_until(box, manifest)
    if now >= until or box.closed_at is not None:
        return [PaperRefusal.OVER(moment=last_moment(until, manifest.frame))]
    return []


def form_reasons(batch: BatchRecord | None, form: int) -> list[Reason]:
    """Why there is no such form."""
    if batch is None:
        return [PaperRefusal.BATCH_UNKNOWN()]
    return [] if 1 <= form <= batch.forms else [PaperRefusal.FORM_UNKNOWN(about="form", most=batch.forms)]


def reading_reasons(held: Held, by: int, reading: bytes) -> list[Reason]:
    """Why this person's reading of a form is not taken: the form is done, or they had their say."""
    other_was_cast = held.claimed is not None and (held.claimed != reading or by in held.readings)
    if held.outcome is not None or other_was_cast:
        return [PaperRefusal.ALREADY_DONE(about="form")]
    return [PaperRefusal.YOURS_ALREADY(about="form")] if by in held.readings and len(held.readings) > 1 else []


def step_of(held: Held, by: int, reading: bytes, verdict: Verdict) -> Step:
    """What a reading leads to that is taken. Who reads a form for the second time before anybody else corrects it.

    Two equal readings by two people decide; a third reading that equals neither makes the form unreadable.
    """
    others = {found for who, found in held.readings.items() if who != by}
    if reading in others or held.claimed == reading:
        return Step.CAST if verdict is Verdict.VOTE else Step.REFUSED
    if not others:
        return Step.KEPT
    return Step.DIFFERS if len(others) == 1 else Step.REFUSED


def refused_as(held: Held, by: int, reading: bytes, verdict: Verdict) -> Outcome:
    """Why a form is refused whose readings lead to that."""
    agreed = any(found == reading for who, found in held.readings.items() if who != by)
    return REFUSED_BY[verdict] if agreed else Outcome.UNREADABLE


def form_record(number: int, held: Held, by: int | None = None) -> FormRecord:
    """A form for who looks at its batch."""
    done = held.outcome or (Outcome.CAST if held.claimed is not None else None)
    state = (FormState.NEW, FormState.ONCE, FormState.DIFFERS)[min(len(held.readings), 2)]
    return FormRecord(number, FormState.DONE if done else state, done, by in held.readings)


def next_form(forms: Iterable[FormRecord], after: int) -> int | None:
    """The next form that who looks can read: the first after this number, or else the first of all."""
    open_ones = [form.number for form in forms if form.state is not FormState.DONE and not form.mine]
    return next((number for number in open_ones if number > after), open_ones[0] if open_ones else None)


def spans(numbers: Iterable[int]) -> str:
    """Rising numbers as people write them down.

    >>> spans([1, 2, 3, 7, 9, 10])
    '1–3, 7, 9–10'
    """
    found: list[list[int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in found)


def count_batch(batch: BatchRecord, outcomes: Iterable[Outcome]) -> BatchCount:
    """A batch reconciled, from what became of each of its forms that is done."""
    counts = Counter(outcomes)
    entered = counts.pop(Outcome.CAST, 0)
    return BatchCount(batch, entered, dict(sorted(counts.items())))
