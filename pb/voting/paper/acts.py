"""What people do with paper: register a batch, enter a form, and mark together what was cast."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pb.base.clock import database_now
from pb.base.refusals import Refused, refuse_if_any
from pb.base.transaction import transaction
from pb.office.acts import audit
from pb.rounds.reads import moment_of, round_by_id
from pb.voting import locks
from pb.voting.acts.cast import cast_ballot
from pb.voting.keys import RoundKeys, keys_of
from pb.voting.paper.claims import FormClaim
from pb.voting.paper.models import PaperBatch
from pb.voting.paper.reads import FormName, batch_of, cast_unmarked, held_form
from pb.voting.paper.rules import (
    NOT_CAST,
    TOGETHER,
    entering_reasons,
    form_reasons,
    reading_reasons,
    refused_as,
    registering_reasons,
    step_of,
)
from pb.voting.paper.settling import keep_reading, settle_paper
from pb.voting.paper.values import Entered, Held, Reading, Step
from pb.voting.protocol.paper import claim_tag, form_key, reading_hash, seal_claim
from pb.voting.reads import sealed_manifest, sealed_of, the_box
from pb.voting.values import Channel, VoteRefusal


def register_batch(round_id: int, forms: int, by: int) -> int:
    """Register a batch of so many paper forms and give its number. Raises `Refused`; after the close none comes in."""
    with transaction() as session:
        _, now = moment_of(session, round_id)
        box = the_box(round_id, session)
        refuse_if_any(registering_reasons(box, sealed_of(box, session).manifest, forms, now))
        number = (session.scalar(select(func.max(PaperBatch.number)).where(PaperBatch.round_id == round_id)) or 0) + 1
        session.add(PaperBatch(round_id=round_id, number=number, forms=forms, registered_at=now, registered_by=by))
        audit(
            session, "register_batch", f"paper:{round_id}", at=now, actor=by, scope=round_id, batch=number, forms=forms
        )
    return number


def enter_form(round_id: int, batch: int, form: int, reading: Reading, by: int) -> Entered:
    """One person enters what they read on a form, without seeing what another one read.

    Two equal readings by two people cast it, or refuse it for the reason that both saw; two different ones wait for a
    third. Raises `Refused`: outside the days for paper, for a form that is not there or is done, or your second reading.
    """
    sealed = sealed_manifest(round_id)
    if sealed is None:
        raise Refused(VoteRefusal.NOT_SEALED(), status=409)
    keys, name = keys_of(sealed.manifest), (batch, form)
    hashed = reading_hash(keys.round_key, batch, form, reading)
    entered = _read(round_id, name, keys, reading, hashed, by)
    if entered.step is not Step.CAST:
        return entered
    try:
        cast_ballot(
            round_id,
            reading.code,
            reading.choices,
            form_key(keys.round_key, batch, form),
            Channel.PAPER,
            _claim(keys, name, hashed, by),
        )
    except Refused as refused:
        return _refuse_form(round_id, name, keys, hashed, refused, by)
    return entered


def _claim(keys: RoundKeys, name: FormName, hashed: bytes, by: int) -> FormClaim:
    tag, sealed = claim_tag(keys.round_key, *name), seal_claim(keys.outbox_key, hashed, by)
    return FormClaim(*name, tag, hashed, sealed, keys.outbox_key)


def _read(round_id: int, name: FormName, keys: RoundKeys, reading: Reading, hashed: bytes, by: int) -> Entered:
    """Judge a reading and keep it. What is to be cast is not kept here: its time would tie form and ballot."""
    with transaction() as session:
        now, held = _held(session, round_id, name, keys)
        refuse_if_any(reading_reasons(held, by, hashed), status=409)
        step = step_of(held, by, hashed, reading.verdict)
        if step is Step.CAST:
            return Entered(step)
        outcome = refused_as(held, by, hashed, reading.verdict) if step is Step.REFUSED else None
        keep_reading(session, round_id, name, hashed, by, outcome)
        audit(session, "enter_form", f"paper:{round_id}", at=now, actor=by, batch=name[0])
    return Entered(step, outcome)


def _refuse_form(round_id: int, name: FormName, keys: RoundKeys, hashed: bytes, refused: Refused, by: int) -> Entered:
    """The ballot on a form was refused for what stands on it: two people read it so. Other reasons go on as they are."""
    outcome = next((NOT_CAST[reason.refusal] for reason in refused.reasons if reason.refusal in NOT_CAST), None)
    if outcome is None:
        raise refused
    with transaction() as session:
        now, held = _held(session, round_id, name, keys)
        refuse_if_any(reading_reasons(held, by, hashed), status=409)
        keep_reading(session, round_id, name, hashed, by, outcome)
        audit(session, "refuse_form", f"paper:{round_id}", at=now, actor=by, batch=name[0])
    return Entered(Step.REFUSED, outcome)


def _held(session: Session, round_id: int, name: FormName, keys: RoundKeys) -> tuple[datetime, Held]:
    """The moment and the form under its lock. Raises `Refused` when no form is entered now, or there is none."""
    locks.hold_slot(session, claim_tag(keys.round_key, *name))
    box, round_ = the_box(round_id, session), round_by_id(round_id, session)
    assert round_ is not None  # noqa: S101 - it is sealed, so it is there
    now = round_.now(database_now(session))
    refuse_if_any(entering_reasons(box, sealed_of(box, session).manifest, now), status=409)
    batch, form = name
    found = batch_of(round_id, batch, session)
    refuse_if_any(form_reasons(found, form), status=422 if found else 404)
    return now, held_form(session, round_id, name, keys)


def mark_cast_forms(round_id: int) -> int:
    """Mark the forms that were cast, when enough of them wait; answers how many. The worker does this, no person."""
    with transaction() as session:
        _, now = moment_of(session, round_id)
        sealed = sealed_manifest(round_id, session)
        keys = keys_of(sealed.manifest) if sealed else None
        if keys is None or len(cast_unmarked(round_id, keys, session)) < TOGETHER:
            return 0
        marked = settle_paper(session, round_id, keys)
        audit(session, "mark_cast_forms", f"paper:{round_id}", at=now, forms=marked)
    return marked
