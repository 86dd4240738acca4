"""Queries about paper: batches, what is known of a form, and whether everything that came in is accounted for."""

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from pb.extensions import db
from pb.voting.keys import RoundKeys, keys_of
from pb.voting.paper.models import PaperBatch, PaperClaim, PaperEntry, PaperForm
from pb.voting.paper.rules import count_batch, form_record
from pb.voting.paper.values import BatchCount, BatchRecord, FormRecord, Held, Outcome
from pb.voting.protocol.paper import claim_tag, open_claim
from pb.voting.values import Box, Manifest

FormName = tuple[int, int]
"""A batch's number and a form's."""
LARGEST = 2**31
"""What an address may hold is not always what a table can."""


def paper_keys(box: Box, manifest: Manifest) -> RoundKeys | None:
    """The keys by which cast forms are known before they are marked; none are needed once the log has ended."""
    return keys_of(manifest) if manifest.frame.paper_days and box.closed_at is None else None


def all_batches(round_id: int, session: Session | None = None) -> tuple[BatchRecord, ...]:
    """The batches that came in, in their order."""
    rows = select(PaperBatch).where(PaperBatch.round_id == round_id).order_by(PaperBatch.number)
    return tuple(_batch(row) for row in (session or db.session).scalars(rows))


def batch_of(round_id: int, number: int, session: Session | None = None) -> BatchRecord | None:
    """One batch, or `None`."""
    if not 0 < number < LARGEST:
        return None
    row = (session or db.session).get(PaperBatch, (round_id, number))
    return _batch(row) if row else None


def held_form(session: Session, round_id: int, name: FormName, keys: RoundKeys) -> Held:
    """What is known of one form."""
    batch, form = name
    of_form = (PaperEntry.round_id == round_id, PaperEntry.batch == batch, PaperEntry.form == form)
    rows = session.execute(select(PaperEntry.who, PaperEntry.reading).where(*of_form))
    sealed = claimed(session, round_id, claim_tag(keys.round_key, batch, form))
    done = session.get(PaperForm, (round_id, batch, form))
    return Held(
        readings={row.who: row.reading for row in rows},
        claimed=open_claim(keys.outbox_key, sealed)[0] if sealed else None,
        outcome=Outcome(done.outcome) if done else None,
    )


def claimed(session: Session, round_id: int, tag: bytes) -> bytes | None:
    """What a cast kept of the form with this tag, or `None`."""
    return session.scalar(select(PaperClaim.sealed).where(PaperClaim.round_id == round_id, PaperClaim.tag == tag))


def forms_of(round_id: int, batch: BatchRecord, keys: RoundKeys | None, by: int) -> tuple[FormRecord, ...]:
    """Every form of a batch, for who looks at it."""
    held = _held_forms(db.session(), round_id, keys)
    return tuple(form_record(form, held.get((batch.number, form), Held({})), by) for form in range(1, batch.forms + 1))


def batch_counts(round_id: int, keys: RoundKeys | None, session: Session | None = None) -> tuple[BatchCount, ...]:
    """Every batch reconciled: how many forms came in, were entered, refused by reason, and are still open.

    Once the log has ended every cast form is marked, and no `keys` are needed.
    """
    done: dict[int, list[Outcome]] = defaultdict(list)
    for (batch, form), held in _held_forms(session or db.session(), round_id, keys).items():
        outcome = form_record(form, held).outcome
        if outcome:
            done[batch].append(outcome)
    return tuple(count_batch(batch, done[batch.number]) for batch in all_batches(round_id, session))


def is_reconciled(round_id: int, keys: RoundKeys, session: Session | None = None) -> bool:
    """Whether no form of a registered batch is open; true where none came in."""
    return not any(count.open for count in batch_counts(round_id, keys, session))


def cast_unmarked(round_id: int, keys: RoundKeys, session: Session | None = None) -> tuple[FormName, ...]:
    """The forms that were cast and are not marked yet, in their order."""
    held = _held_forms(session or db.session(), round_id, keys)
    return tuple(sorted(name for name, one in held.items() if one.claimed is not None and one.outcome is None))


def _held_forms(session: Session, round_id: int, keys: RoundKeys | None) -> Mapping[FormName, Held]:
    """What is known of each form that somebody read, in three statements whatever their number."""
    of_round = select(PaperClaim.tag, PaperClaim.sealed).where(PaperClaim.round_id == round_id)
    claims = {row.tag: row.sealed for row in session.execute(of_round)}
    outcomes = {
        (row.batch, row.form): Outcome(row.outcome)
        for row in session.scalars(select(PaperForm).where(PaperForm.round_id == round_id))
    }
    readings: dict[FormName, dict[int, bytes]] = defaultdict(dict)
    for row in session.scalars(select(PaperEntry).where(PaperEntry.round_id == round_id)):
        readings[row.batch, row.form][row.who] = row.reading
    return {
        name: Held(readings[name], _claimed(claims, name, keys), outcomes.get(name))
        for name in readings.keys() | outcomes.keys()
    }


def _claimed(claims: Mapping[bytes, bytes], name: FormName, keys: RoundKeys | None) -> bytes | None:
    sealed = claims.get(claim_tag(keys.round_key, *name)) if keys else None
    return open_claim(keys.outbox_key, sealed)[0] if keys and sealed else None


def _batch(row: PaperBatch) -> BatchRecord:
    return BatchRecord(row.number, row.forms, row.registered_at)
