"""The two piles: two people let them out, the key's machine opens them, and what comes back is checked and taken in."""

from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from pb.base.hashing import credential_of
from pb.base.refusals import Refused, refuse_if_any
from pb.base.transaction import transaction
from pb.office.acts import audit
from pb.roll.reads import slots_of
from pb.rounds.acts import request_second_person
from pb.rounds.reads import moment_of
from pb.rounds.values import RequestRecord, RoundRecord, TwoPersonDeed
from pb.voting import locks
from pb.voting.keys import key_folder, keys_of, read_private
from pb.voting.log.book import open_book
from pb.voting.models import BallotBox, OpenedBallotRow, SealedBallot, SpentRow, SpentTokenRow
from pb.voting.opening import OpenedPiles, open_piles, opened_from_bytes
from pb.voting.protocol import choices_text, spent_tag
from pb.voting.reads import box_of, missing_draw, sealed_manifest, sealed_piles
from pb.voting.rules import pile_reasons
from pb.voting.values import Box, KeyRefusal, PileRefusal, SealedManifest, VoteRefusal


def ask_to_export(round_id: int, by: int) -> None:
    """Ask a second person to let the piles out. Raises `Refused` before the close and after the opening."""
    with transaction() as session:
        round_, now = moment_of(session, round_id)
        _closed(session, round_id)
        request_second_person(session, round_, TwoPersonDeed.EXPORT_PILES, {}, by, now)
        audit(session, "ask_to_export", f"round:{round_id}", at=now, actor=by, scope=round_id)


def export_piles(session: Session, round_: RoundRecord, request: RequestRecord, now: datetime) -> None:
    """The piles may go out: the second person confirmed it. Part of the confirming transaction; raises `Refused`."""
    _let_out(session, round_, request.decided_by, now)


def _let_out(session: Session, round_: RoundRecord, by: int | None, now: datetime) -> None:
    box, _ = _closed(session, round_.id)
    row = session.get_one(BallotBox, round_.id)
    row.exported_at = now
    audit(
        session,
        "export_piles",
        f"round:{round_.id}",
        at=now,
        actor=by,
        scope=round_.id,
        ballots=box.ballots,
        spent=box.spent,
    )


def import_piles(round_id: int, content: bytes, by: int) -> int:
    """Take in the opened piles and delete the sealed ones; answers the number of ballots.

    Raises `Refused`, naming everything that is wrong, when a ballot or token is not one that was exported.
    """
    piles = opened_from_bytes(content)
    with transaction() as session:
        _, now = moment_of(session, round_id)
        locks.hold_round(session, round_id)
        box, sealed = _closed(session, round_id)
        if box.exported_at is None:
            raise Refused(PileRefusal.NOT_EXPORTED(), status=409)
        _take_in(session, sealed, box, piles, by, now)
    return len(piles.ballots)


def open_rehearsal(round_id: int, by: int | None) -> int:
    """Export, open and take in the piles of a practice round whose private half lies here; answers the number of ballots.

    Raises `Refused` for a real round: there the private half never comes near this machine.
    """
    with transaction() as session:
        round_, now = moment_of(session, round_id)
        locks.hold_round(session, round_id)
        if not round_.rehearsal:
            raise Refused(KeyRefusal.REHEARSAL_ONLY(), status=403)
        box, sealed = _closed(session, round_id)
        _let_out(session, round_, by, now)
        private = read_private(key_folder(round_.public_id))
        piles = open_piles(sealed_piles(round_id, sealed, session), private)
        _take_in(session, sealed, box, piles, by, now)
    return len(piles.ballots)


def _closed(session: Session, round_id: int) -> tuple[Box, SealedManifest]:
    """The box and manifest of a round that is closed and not yet opened."""
    box, sealed = box_of(round_id, session), sealed_manifest(round_id, session)
    if box is None or sealed is None:
        raise Refused(VoteRefusal.NOT_SEALED(), status=409)
    if box.closed_at is None:
        refuse_if_any(missing_draw(round_id, session) or [PileRefusal.NOT_CLOSED()], status=409)
    if box.opened_at is not None:
        raise Refused(PileRefusal.ALREADY_OPENED(), status=409)
    return box, sealed


def _take_in(
    session: Session, sealed: SealedManifest, box: Box, piles: OpenedPiles, by: int | None, now: datetime
) -> None:
    refuse_if_any(pile_reasons(sealed, box, piles))
    _refuse_foreign_content(session, box, sealed, piles)
    _store(session, box.round_id, piles)
    for model in (SealedBallot, SpentRow):
        session.execute(delete(model).where(model.round_id == box.round_id))
    session.get_one(BallotBox, box.round_id).opened_at = now
    audit(
        session,
        "import_piles",
        f"round:{box.round_id}",
        at=now,
        actor=by,
        scope=box.round_id,
        ballots=len(piles.ballots),
    )


def _refuse_foreign_content(session: Session, box: Box, sealed: SealedManifest, piles: OpenedPiles) -> None:
    """Every ballot must stand in the log, once, and the tokens must be exactly those that were spent here.

    Who came through another door left no token: of them the number must be right.
    """
    ballots = [ballot.commitment for ballot in piles.ballots]
    logged = open_book(session, box.round_id, sealed).ballots()
    if len(set(ballots)) < len(ballots) or not logged.issuperset(ballots):
        raise Refused(PileRefusal.BALLOT_NOT_CAST())
    key, spent = keys_of(sealed.manifest).round_key, select(SpentRow.tag).where(SpentRow.round_id == box.round_id)
    tokens = [token.token for token in piles.spent if token.token]
    slots = slots_of(session, box.round_id, [credential_of(token) for token in tokens])
    by_code, used = {spent_tag(key, slot) for slot in slots}, set(session.scalars(spent))
    if not (by_code <= used and len(by_code) == len(tokens) and len(used) == len(piles.spent)):
        raise Refused(PileRefusal.TOKEN_UNKNOWN())


def _store(session: Session, round_id: int, piles: OpenedPiles) -> None:
    """Keep the opened piles in the order of their content."""
    ballots = [
        {
            "round_id": round_id,
            "position": position,
            "style": ballot.style,
            "channel": ballot.channel,
            "choices": choices_text(ballot.choices),
            "nonce": ballot.nonce,
            "commitment": ballot.commitment,
        }
        for position, ballot in enumerate(piles.ballots)
    ]
    spent = [
        {
            "round_id": round_id,
            "position": position,
            "kind": token.kind,
            "token": token.token,
            "style": token.style,
            "area": token.area,
        }
        for position, token in enumerate(piles.spent)
    ]
    for model, rows in ((OpenedBallotRow, ballots), (SpentTokenRow, spent)):
        if rows:
            session.execute(insert(model), rows)
