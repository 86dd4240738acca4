"""What the desk notes: a proxy, and letters that came back. Codes are given and revoked in `pb.voting.acts.desk`."""

from datetime import datetime

from sqlalchemy.orm import Session

from pb.base.refusals import refuse_if_any
from pb.base.transaction import transaction
from pb.office.acts import audit
from pb.rounds.reads import moment_of
from pb.voting.desk.entries import letter_hash, proxy_hash
from pb.voting.desk.models import ProxyRow, ReturnedLetter
from pb.voting.desk.reads import has_proxy, letters_of_proxy
from pb.voting.desk.rules import proxy_reasons
from pb.voting.desk.values import Proxy, Returned
from pb.voting.keys import RoundKeys, keys_of
from pb.voting.reads import sealed_of, the_box
from pb.voting.values import Box


def record_proxy(round_id: int, proxy: Proxy, seen: bool, by: int) -> int:
    """Note that a person votes with somebody's letter, and answer for how many people they do.

    `seen`: the clerk saw the letter, the signed note and who the person is; nothing of it is kept but two keyed hashes.
    Raises `Refused` after the close, for a third letter, and for a letter with which another one votes.
    """
    with transaction() as session:
        box, keys, now = _desk(session, round_id)
        person, letter = proxy_hash(keys.round_key, proxy), letter_hash(keys.round_key, "proxy", proxy.letter)
        held = letters_of_proxy(session, round_id, person)
        refuse_if_any(proxy_reasons(box, now, seen, held, has_proxy(session, round_id, letter)))
        session.add(ProxyRow(round_id=round_id, person=person, place=held + 1, letter=letter))
        audit(session, "record_proxy", f"desk:{round_id}", at=now, actor=by)
    return held + 1


def note_returned(round_id: int, letters: tuple[str, ...], by: int) -> Returned:
    """Note that letters came back, by their numbers; each counts once. Raises `Refused` before the sealing."""
    with transaction() as session:
        _, keys, now = _desk(session, round_id)
        hashes = {letter_hash(keys.round_key, "returned", letter) for letter in letters}
        fresh = [one for one in hashes if session.get(ReturnedLetter, (round_id, one)) is None]
        session.add_all(ReturnedLetter(round_id=round_id, letter=one) for one in fresh)
        audit(session, "note_returned", f"desk:{round_id}", at=now, actor=by, letters=len(fresh))
    return Returned(len(fresh), len(hashes) - len(fresh))


def _desk(session: Session, round_id: int) -> tuple[Box, RoundKeys, datetime]:
    """The box, the keys and the moment, once nobody else notes anything in the round."""
    _, now = moment_of(session, round_id)
    box = the_box(round_id, session)
    return box, keys_of(sealed_of(box, session).manifest), now
