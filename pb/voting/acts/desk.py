"""What two people do with voting codes at the desk, in public: a new code for a lost one, a code for who came late.

The desk file gives the hash for a letter's number; names and letters' numbers never come here.
"""

import re
import secrets
from datetime import datetime

from sqlalchemy.orm import Session

from pb.base.refusals import Refused, refuse_if_any
from pb.base.text import clean_line
from pb.base.transaction import transaction
from pb.office.acts import audit
from pb.roll.acts import bring_to_life, put_in_place
from pb.roll.reads import find_credential
from pb.rounds.acts import request_second_person
from pb.rounds.reads import moment_of
from pb.rounds.values import RequestRecord, RoundRecord, TwoPersonDeed
from pb.voting import locks
from pb.voting.keys import keys_of
from pb.voting.log.book import add_note
from pb.voting.models import RevocationRow, SpentRow
from pb.voting.protocol import revoked_mark, spent_tag
from pb.voting.reads import sealed_of, the_box
from pb.voting.rules import activation_reasons, reissue_reasons
from pb.voting.values import Activation, DeskRefusal, Revocation, SealedManifest


def ask_to_reissue(round_id: int, old: str, new: str, by: int) -> int:
    """Ask a second person to let the spare code `new` take the place of `old`; gives the request.

    Both are hashes in hex, as the desk file has them. Raises `Refused` with every reason.
    """
    pair = {"old": _read_hash(old, "old"), "new": _read_hash(new, "new")}
    with transaction() as session:
        round_, now = moment_of(session, round_id)
        _refuse_reissue(session, round_id, pair, now)
        payload = {name: h.hex() for name, h in pair.items()}
        request_id = request_second_person(session, round_, TwoPersonDeed.REISSUE_CODE, payload, by, now)
        audit(session, "ask_to_reissue", f"roll:{round_id}", at=now, actor=by, scope=round_id, **payload)
    return request_id


def reissue_code(session: Session, round_: RoundRecord, request: RequestRecord, now: datetime) -> None:
    """The old code counts no more, the new one does: two people agree. Part of the confirming transaction.

    An earlier ballot of the slot stands until the new code votes. Raises `Refused` when it cannot be any more.
    """
    locks.hold_round(session, round_.id)
    pair = {name: bytes.fromhex(str(request.payload[name])) for name in ("old", "new")}
    sealed = _refuse_reissue(session, round_.id, pair, now)
    _keep_mark(session, round_.id, pair["old"], sealed)
    put_in_place(session, round_.id, pair["old"], pair["new"])
    add_note(session, the_box(round_.id, session), sealed, Revocation(now, pair["old"], pair["new"]), now)
    audit(session, "reissue_code", f"roll:{round_.id}", at=now, actor=request.decided_by, scope=round_.id)


def ask_to_activate(round_id: int, h: str, area: str, by: int) -> int:
    """Ask a second person to let a spare code count for somebody of this area whom the roll does not have.

    Gives the request. Raises `Refused` with every reason.
    """
    spare, where = _read_hash(h, "new"), clean_line(area)
    with transaction() as session:
        round_, now = moment_of(session, round_id)
        _refuse_activation(session, round_id, spare, where, now)
        payload = {"new": spare.hex(), "area": where}
        request_id = request_second_person(session, round_, TwoPersonDeed.ACTIVATE_CODE, payload, by, now)
        audit(session, "ask_to_activate", f"roll:{round_id}", at=now, actor=by, scope=round_id, **payload)
    return request_id


def activate_code(session: Session, round_: RoundRecord, request: RequestRecord, now: datetime) -> None:
    """The spare code counts, and its area has one voter more: two people agree. Part of the confirming transaction.

    Raises `Refused` when it cannot be any more.
    """
    locks.hold_round(session, round_.id)
    spare, area = bytes.fromhex(str(request.payload["new"])), str(request.payload["area"])
    sealed = _refuse_activation(session, round_.id, spare, area, now)
    bring_to_life(session, round_.id, spare, area)
    add_note(session, the_box(round_.id, session), sealed, Activation(now, spare, area), now)
    audit(session, "activate_code", f"roll:{round_.id}", at=now, actor=request.decided_by, scope=round_.id)


def _refuse_reissue(session: Session, round_id: int, pair: dict[str, bytes], now: datetime) -> SealedManifest:
    box = the_box(round_id, session)
    old, new = (find_credential(session, round_id, pair[name]) for name in ("old", "new"))
    refuse_if_any(reissue_reasons(box, old, new, now))
    return sealed_of(box, session)


def _refuse_activation(session: Session, round_id: int, spare: bytes, area: str, now: datetime) -> SealedManifest:
    box = the_box(round_id, session)
    sealed = sealed_of(box, session)
    refuse_if_any(activation_reasons(sealed.manifest, box, find_credential(session, round_id, spare), area, now))
    return sealed


def _keep_mark(session: Session, round_id: int, old: bytes, sealed: SealedManifest) -> None:
    """Keep, under the round's secret, whether this code voted: who has the tables alone learns nothing from it."""
    key, credential = keys_of(sealed.manifest).round_key, find_credential(session, round_id, old)
    spent = credential and session.get(SpentRow, (round_id, spent_tag(key, credential.slot)))
    mark = revoked_mark(key, old, spent.sealed if spent else secrets.token_bytes(32))
    session.add(RevocationRow(round_id=round_id, h=old, mark=mark))


def _read_hash(typed: str, about: str) -> bytes:
    """A credential as somebody copied it from the desk file."""
    signs = "".join(typed.split()).lower()
    if not re.fullmatch(r"[0-9a-f]{64}", signs):
        raise Refused(DeskRefusal.NOT_A_HASH(about=about))
    return bytes.fromhex(signs)
