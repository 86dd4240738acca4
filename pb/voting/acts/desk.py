"""What two people do with voting codes at the desk, in public: a new code for a lost one, a code for who came late.

The desk file gives the hash for a letter's number; names and letters' numbers never come here.
"""

import secrets
from datetime import datetime

from sqlalchemy.orm import Session

from pb.base.refusals import refuse_if_any
from pb.base.text import clean_line
from pb.base.transaction import transaction
from pb.office.acts import audit
from pb.roll.acts import bring_to_life, put_in_place, put_out
from pb.roll.reads import find_credential
from pb.rounds.acts import request_second_person
from pb.rounds.reads import moment_of
from pb.rounds.values import RequestRecord, RoundRecord, TwoPersonDeed
from pb.voting import locks
from pb.voting.desk.entries import read_hash
from pb.voting.keys import keys_of
from pb.voting.log.book import add_note
from pb.voting.models import RevocationRow, SpentRow
from pb.voting.protocol import revoked_mark, spent_tag
from pb.voting.reads import sealed_of, the_box
from pb.voting.rules import activation_reasons, identity_reasons, reissue_reasons, revocation_reasons
from pb.voting.values import Activation, Revocation, SealedManifest


def ask_to_reissue(round_id: int, old: str, new: str, by: int, checked: bool) -> int:
    """Ask a second person to let the spare code `new` take the place of `old`; gives the request.

    Both are hashes in hex, as the desk file has them. `checked`: the voter's identity was looked at; that is all that is
    kept of it. Raises `Refused` with every reason.
    """
    pair = {"old": read_hash(old, "old"), "new": read_hash(new, "new")}
    with transaction() as session:
        round_, now = moment_of(session, round_id)
        refuse_if_any(identity_reasons(checked))
        _refuse_reissue(session, round_id, pair, now)
        payload = {name: h.hex() for name, h in pair.items()}
        request_id = request_second_person(session, round_, TwoPersonDeed.REISSUE_CODE, payload, by, now)
        facts = payload | {"identity": "checked"}
        audit(session, "ask_to_reissue", f"roll:{round_id}", at=now, actor=by, scope=round_id, **facts)
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


def ask_to_activate(round_id: int, h: str, area: str, by: int, checked: bool) -> int:
    """Ask a second person to let a spare code count for somebody of this area whom the roll does not have.

    Gives the request; `checked` as for a new code. Raises `Refused` with every reason.
    """
    spare, where = read_hash(h, "new"), clean_line(area)
    with transaction() as session:
        round_, now = moment_of(session, round_id)
        refuse_if_any(identity_reasons(checked))
        _refuse_activation(session, round_id, spare, where, now)
        payload = {"new": spare.hex(), "area": where}
        request_id = request_second_person(session, round_, TwoPersonDeed.ACTIVATE_CODE, payload, by, now)
        facts = payload | {"identity": "checked"}
        audit(session, "ask_to_activate", f"roll:{round_id}", at=now, actor=by, scope=round_id, **facts)
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


def ask_to_revoke(round_id: int, old: str, by: int) -> int:
    """Ask a second person to take a code out of use, such as that of a letter that came back; gives the request.

    Raises `Refused` with every reason.
    """
    credential = read_hash(old, "old")
    with transaction() as session:
        round_, now = moment_of(session, round_id)
        _refuse_revocation(session, round_id, credential, now)
        payload = {"old": credential.hex()}
        request_id = request_second_person(session, round_, TwoPersonDeed.REVOKE_CODE, payload, by, now)
        audit(session, "ask_to_revoke", f"roll:{round_id}", at=now, actor=by, scope=round_id, **payload)
    return request_id


def revoke_code(session: Session, round_: RoundRecord, request: RequestRecord, now: datetime) -> None:
    """The code counts no more, and none takes its place: two people agree. Part of the confirming transaction.

    An earlier ballot stands. Raises `Refused` when it cannot be any more.
    """
    locks.hold_round(session, round_.id)
    old = bytes.fromhex(str(request.payload["old"]))
    sealed = _refuse_revocation(session, round_.id, old, now)
    _keep_mark(session, round_.id, old, sealed)
    put_out(session, round_.id, old)
    add_note(session, the_box(round_.id, session), sealed, Revocation(now, old), now)
    audit(session, "revoke_code", f"roll:{round_.id}", at=now, actor=request.decided_by, scope=round_.id)


def _refuse_revocation(session: Session, round_id: int, old: bytes, now: datetime) -> SealedManifest:
    box = the_box(round_id, session)
    refuse_if_any(revocation_reasons(box, find_credential(session, round_id, old), now))
    return sealed_of(box, session)


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
