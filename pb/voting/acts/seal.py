"""Sealing the manifest: two people fix plans, rules, roll and keys before the first vote."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pb.base.refusals import Refused, refuse_if_any
from pb.base.transaction import transaction
from pb.office.acts import audit
from pb.rounds.acts import mark_sealed, request_second_person
from pb.rounds.reads import moment_of
from pb.rounds.values import RequestRecord, RoundRecord, TwoPersonDeed
from pb.voting import locks
from pb.voting.drafting import drafted_manifest, missing_for_seal
from pb.voting.keys import key_folder, make_rehearsal_keys
from pb.voting.models import ManifestRow
from pb.voting.protocol import manifest_digest, manifest_to_bytes
from pb.voting.reads import sealed_manifest
from pb.voting.values import KeyRefusal, SealRefusal
from pb.voting.writing import keep_manifest


def prepare_keys(round_id: int, by: int) -> None:
    """Make all keys of a practice round on this machine, the private half too. Raises `Refused` for a real round."""
    with transaction() as session:
        round_, now = moment_of(session, round_id)
        if not round_.rehearsal:
            raise Refused(KeyRefusal.REHEARSAL_ONLY(), status=403)
        make_rehearsal_keys(key_folder(round_.public_id))
        audit(session, "prepare_keys", f"round:{round_id}", at=now, actor=by, scope=round_id)


def ask_to_seal(round_id: int, by: int) -> None:
    """Ask a second person to seal what stands now. Raises `Refused` with everything that is missing."""
    with transaction() as session:
        round_, now = moment_of(session, round_id)
        content = _content(session, round_, now)
        payload = {"digest": manifest_digest(content).hex()}
        request_second_person(session, round_, TwoPersonDeed.SEAL_MANIFEST, payload, by, now)
        audit(session, "ask_to_seal", f"round:{round_id}", at=now, actor=by, scope=round_id, **payload)


def seal_manifest(session: Session, round_: RoundRecord, request: RequestRecord, _asked: datetime) -> None:
    """Seal the manifest that was asked for, in the transaction in which the second person confirms it.

    Raises `Refused` when something changed since it was asked, so that nobody confirms what they did not see. A
    manifest that was sealed before and not yet opened is replaced, and kept.
    """
    locks.hold_round(session, round_.id)
    digest, by = str(request.payload["digest"]), request.decided_by
    round_, now = moment_of(session, round_.id)  # again: the vote may have opened while this waited
    content = _content(session, round_, now)
    if manifest_digest(content).hex() != digest:
        raise Refused(SealRefusal.CHANGED_SINCE(), status=409)
    number = (session.scalar(select(func.max(ManifestRow.number)).filter_by(round_id=round_.id)) or 0) + 1
    keep_manifest(session, round_, content, number, now)
    mark_sealed(session, round_, now)
    audit(
        session, "seal_manifest", f"round:{round_.id}", at=now, actor=by, scope=round_.id, number=number, digest=digest
    )


def _content(session: Session, round_: RoundRecord, now: datetime) -> bytes:
    """The bytes of the manifest as it stands now. Raises `Refused` with everything that is missing."""
    refuse_if_any(missing_for_seal(round_, now, session), status=409)
    content, sealed = manifest_to_bytes(drafted_manifest(round_, session)), sealed_manifest(round_.id, session)
    if sealed is not None and sealed.digest == manifest_digest(content):
        raise Refused(SealRefusal.NOTHING_CHANGED(), status=409)
    return content
