"""What people do with a round's keys: say who keeps halves of them, and destroy them in the end, two together."""

from datetime import datetime

from sqlalchemy.orm import Session

from pb.base.refusals import Refused, refuse_if_any
from pb.base.transaction import transaction
from pb.office.acts import audit
from pb.rounds.acts import request_second_person
from pb.rounds.reads import moment_of
from pb.rounds.values import RequestRecord, RoundRecord, TwoPersonDeed
from pb.voting import locks
from pb.voting.custody.files import note_from_bytes
from pb.voting.custody.models import DestructionRow, EscrowRow
from pb.voting.custody.reads import destruction, escrow_notes
from pb.voting.custody.rules import destroying_reasons, recording_reasons
from pb.voting.custody.values import DestroyRefusal
from pb.voting.keyfiles import PUBLIC, destroy_keys_in, read_key
from pb.voting.keys import key_folder
from pb.voting.reads import waiting_reports


def record_escrow(round_id: int, content: bytes, by: int) -> None:
    """Write in the round's record who keeps halves of its keys: `content` is the note that `pb keys escrow` made.

    Raises `Refused` for another file, another round's note, and one that is recorded already.
    """
    note = note_from_bytes(content)
    with transaction() as session:
        round_, now = moment_of(session, round_id)
        known = [one.deposit for one in escrow_notes(round_id, session)]
        gone = destruction(round_id, session) is not None
        sealing = note.sealing if gone else read_key(key_folder(round_.public_id) / PUBLIC).hex()
        refuse_if_any(recording_reasons(note, sealing, known, gone), status=409)
        holders = {"first": list(note.first), "second": list(note.second)}
        about = {"deposit": note.deposit, "keys": list(note.keys), **holders}
        session.add(EscrowRow(round_id=round_id, sealing=note.sealing, recorded_at=now, **about))
        audit(session, "record_escrow", f"keys:{round_id}", at=now, actor=by, scope=round_id, **about)


def ask_to_destroy(round_id: int, rest_destroyed: bool, by: int) -> None:
    """Ask a second person to destroy the keys. `rest_destroyed` is their word for what lies elsewhere: the private half
    and what keepers have. Raises `Refused` with every reason.
    """
    with transaction() as session:
        round_, now = moment_of(session, round_id)
        _refuse(session, round_, now)
        if not rest_destroyed:
            raise Refused(DestroyRefusal.REST_FIRST(about="rest"))
        request_second_person(session, round_, TwoPersonDeed.DESTROY_KEYS, {}, by, now)
        audit(session, "ask_to_destroy", f"keys:{round_id}", at=now, actor=by, scope=round_id)


def destroy_keys(session: Session, round_: RoundRecord, request: RequestRecord, now: datetime) -> None:
    """Two people agree: the keys on this server are overwritten and removed. Part of the confirming transaction.

    The files go before the record is written: an interruption leaves a record that says too little, never too much,
    and the second person confirms once more. Raises `Refused` when the keys must stay.
    """
    locks.hold_round(session, round_.id)
    _refuse(session, round_, now)
    removed = destroy_keys_in(key_folder(round_.public_id), now)
    session.add(DestructionRow(round_id=round_.id, removed=removed, destroyed_at=now))
    by, subject = request.decided_by, f"keys:{round_.id}"
    audit(session, "destroy_keys", subject, at=now, actor=by, scope=round_.id, removed=removed)


def _refuse(session: Session, round_: RoundRecord, now: datetime) -> None:
    gone, waiting = destruction(round_.id, session) is not None, waiting_reports(round_.id, session)
    refuse_if_any(destroying_reasons(round_.published_at, waiting, gone, now), status=409)
