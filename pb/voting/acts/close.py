"""The close: at its moment votes stop counting by the clock; this act then settles what was cast, and ends the log."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pb.base.refusals import refuse_if_any
from pb.base.transaction import transaction
from pb.office.acts import audit
from pb.roll.reads import find_credential
from pb.rounds.reads import moment_of
from pb.voting import locks
from pb.voting.keys import RoundKeys, keys_of
from pb.voting.log.book import Book, add_leaves, open_book
from pb.voting.log.outbox import take_waiting
from pb.voting.log.progress import EVERY, Progress, silent
from pb.voting.models import BallotBox, RevocationRow, SealedBallot, SpentRow
from pb.voting.paper.reads import is_reconciled
from pb.voting.paper.settling import settle_paper
from pb.voting.protocol import MARK_BYTES, kind_mark, note_leaf, revoked_mark, spent_tag
from pb.voting.reads import hand_drawn, sealed_of, the_box
from pb.voting.rules import closing_reasons, is_paper_over, waiting_draw_reasons
from pb.voting.values import Box, Closed, Manifest, SpentKind


def close_vote(round_id: int, by: int | None = None, progress: Progress = silent) -> bool:
    """Settle a vote whose closing has passed: what waits goes into the log, and when paper is over or all accounted
    for, and a draw by hand entered where there is one, the log ends with the size of the piles and the seed of the lot.

    Answers whether it ended now; a second time does nothing. `by` is nobody when the worker does it. Raises `Refused`
    while the vote is open, and when this process does not hold the keys or something was tampered with.
    """
    with transaction() as session:
        _, now = moment_of(session, round_id)
        locks.hold_round(session, round_id)
        box = the_box(round_id, session)
        sealed = sealed_of(box, session)
        refuse_if_any(closing_reasons(box, now, sealed.manifest.frame), status=409)
        ends = box.closed_at is None and _has_ended(session, box, sealed.manifest, now)
        if box.swept_at is not None and not ends:
            return False
        book = open_book(session, round_id, sealed)
        _settle(session, box, book, now, progress, ends=ends)
        row = session.get_one(BallotBox, round_id)
        facts = {"ballots": row.ballots, "seed": row.seed} if ends else {}
        audit(session, "close_vote", f"round:{round_id}", at=now, actor=by, scope=round_id, **facts)
    return ends


def _has_ended(session: Session, box: Box, manifest: Manifest, now: datetime) -> bool:
    """Whether no ballot comes from paper any more: its days are over, or every form that came in is accounted for.

    Where the frame asks for a draw by hand, the log waits for it too.
    """
    if waiting_draw_reasons(manifest, hand_drawn(box.round_id, session)):
        return False
    return is_paper_over(box, manifest, now) or is_reconciled(box.round_id, keys_of(manifest), session)


def _settle(session: Session, box: Box, book: Book, now: datetime, progress: Progress, *, ends: bool) -> None:
    """Write what waited in the log, and its end where it `ends`."""
    waited = take_waiting(session, book, progress)
    row = session.get_one(BallotBox, box.round_id)
    row.swept_at = box.swept_at or now
    if ends:
        settle_paper(session, box.round_id, book.keys)
        closed = _closed(session, book, len(waited), now, progress)
        row.closed_at, row.seed, row.ballots, row.spent = now, closed.seed.hex(), closed.ballots, closed.spent
        waited = [*waited, note_leaf(closed)]
    if waited:
        add_leaves(session, book, waited, box.closes, now, progress)


def _closed(session: Session, book: Book, waited: int, now: datetime, progress: Progress) -> Closed:
    """What there is before anybody opens a ballot."""
    spent = _count(session, SpentRow, book.round_id)
    return Closed(
        at=now,
        ballots=_count(session, SealedBallot, book.round_id),
        leaves=len(book.ballots()) + waited,
        spent=spent,
        logins=spent - _spent_by_codes(session, book, spent, progress),
        revoked=_spent_by_revoked(session, book.round_id, book.keys),
        seed=book.keys.seed,
    )


def _spent_by_codes(session: Session, book: Book, spent: int, progress: Progress) -> int:
    """How many of all who voted came with a code; the others came through a sign-in or a mail."""
    mine, found = SpentRow.round_id == book.round_id, 0
    for done, row in enumerate(session.scalars(select(SpentRow).where(mine).execution_options(yield_per=10_000))):
        if done % EVERY == 0:
            progress("count", done, spent)
        found += _is_by_code(row, book.keys)
    return found


def _is_by_code(row: SpentRow, keys: RoundKeys) -> bool:
    return row.sealed[:MARK_BYTES] == kind_mark(keys.round_key, row.tag, SpentKind.CODE)


def _spent_by_revoked(session: Session, round_id: int, keys: RoundKeys) -> int:
    """How many voted with a code that was revoked afterwards, and not again with the new one."""
    revoked = session.scalars(select(RevocationRow).where(RevocationRow.round_id == round_id)).all()
    return sum(_is_spent_by(session, row, keys) for row in revoked)


def _is_spent_by(session: Session, revoked: RevocationRow, keys: RoundKeys) -> bool:
    """Whether the slot's spent row is still the one that was there at the revocation."""
    credential = find_credential(session, revoked.round_id, revoked.h)
    if credential is None:
        return False
    row = session.get(SpentRow, (revoked.round_id, spent_tag(keys.round_key, credential.slot)))
    same = row is not None and revoked_mark(keys.round_key, revoked.h, row.sealed) == revoked.mark
    return row is not None and same and _is_by_code(row, keys)


def _count(session: Session, model: type[SealedBallot] | type[SpentRow], round_id: int) -> int:
    return session.scalar(select(func.count()).where(model.round_id == round_id)) or 0
