"""The public log: it begins with the manifest, grows in batches and by deeds, ends at the close, and notices tampering."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, event, select, update

from pb.base.hashing import credential_of, token_of
from pb.base.transaction import transaction
from pb.extensions import db
from pb.office.worker import work_once
from pb.rounds.acts import create_round
from pb.voting.acts import ask_to_withdraw, close_vote, log_waiting_ballots, open_rehearsal
from pb.voting.handlers import close_due_votes, log_due_ballots
from pb.voting.keys import key_folder, keys_of, make_rehearsal_keys
from pb.voting.log.book import add_note
from pb.voting.models import LogHead, LogLeaf, OutboxRow
from pb.voting.protocol import manifest_leaf, outbox_tag, seal_commitment, verify_promise
from pb.voting.reads import due_for_a_batch, log_heads, log_leaves, manifest_content, sealed_manifest, the_box, waiting
from pb.voting.values import Closed, Extension, Leaf, LeafKind, Withdrawal
from tests.factories import at
from tests.log import VOTE, ballots, holds, kinds, leaves, move, notes, sizes, vote_longer, votes
from tests.voting import Prepared, a_code, a_vote, before_the_vote, confirm, lose_keys, refused, sealed

MINUTE = timedelta(minutes=1)
WEDNESDAY = at(6, 10)


def open_now(codes: int = 25) -> Prepared:
    """A round that two people sealed, a Wednesday while people vote."""
    move(at(5, 20))
    vote = sealed(before_the_vote(codes=codes))
    move(WEDNESDAY)
    return vote


def test_the_log_begins_with_the_manifest(app: Flask, tmp_path: Path) -> None:
    vote = open_now(codes=1)
    content = manifest_content(vote.id)
    assert content and leaves(vote.id) == (manifest_leaf(content),)
    assert sizes(vote.id) == [1] and holds(vote.id, tmp_path)


def test_what_is_sealed_anew_begins_a_log_of_its_own(app: Flask, tmp_path: Path) -> None:
    move(at(5, 20))
    vote = sealed(before_the_vote())
    first = log_leaves(vote.id, 1)
    a_code(vote.round)
    sealed(vote)
    assert log_leaves(vote.id, 1) == first and len(log_heads(vote.id, 1)) == 1, "the old one stays as it was"
    assert the_box(vote.id).number == 2 and kinds(vote.id) == ["manifest"] and leaves(vote.id) != first
    assert holds(vote.id, tmp_path)


def test_many_ballots_go_in_together_and_sorted(app: Flask, tmp_path: Path) -> None:
    vote = open_now()
    told = votes(vote, vote.codes[:19])
    assert log_waiting_ballots(vote.id) == 0 and waiting(vote.id) == 19
    told += votes(vote, vote.codes[19:20])
    assert log_waiting_ballots(vote.id) == 20 and waiting(vote.id) == 0
    assert ballots(vote.id) == sorted(receipt.commitment for receipt in told)
    assert sizes(vote.id) == [1, 21] and holds(vote.id, tmp_path)


def test_batches_keep_their_distance(app: Flask) -> None:
    vote = open_now(codes=42)
    votes(vote, vote.codes[:20])
    assert log_waiting_ballots(vote.id) == 20
    votes(vote, vote.codes[20:])
    move(WEDNESDAY + 10 * MINUTE - timedelta(seconds=1))
    assert log_waiting_ballots(vote.id) == 0
    move(WEDNESDAY + 10 * MINUTE)
    assert log_waiting_ballots(vote.id) == 22 and sizes(vote.id) == [1, 21, 43]


def test_a_few_go_in_once_a_day(app: Flask) -> None:
    vote = open_now()
    votes(vote, vote.codes[:5])
    assert due_for_a_batch(WEDNESDAY) == []
    move(at(6, 11, 5))
    log_due_ballots()
    assert len(ballots(vote.id)) == 5
    votes(vote, vote.codes[5:11])
    log_due_ballots()
    assert len(ballots(vote.id)) == 5, "once a day"
    move(at(6, 12, 5))
    log_due_ballots()
    assert len(ballots(vote.id)) == 11


def test_nobody_gets_a_small_batch_sooner(app: Flask) -> None:
    vote = open_now()
    votes(vote, vote.codes[:4])
    for day in range(11, 28):
        move(at(6, day, 5))
        assert log_waiting_ballots(vote.id) == 0
    votes(vote, vote.codes[4:])
    move(VOTE.closes)
    assert log_waiting_ballots(vote.id) == 0, "the close does it, when nobody casts any more"
    assert close_vote(vote.id) and len(ballots(vote.id)) == 25


def test_a_replaced_ballot_stays_in_the_log(app: Flask) -> None:
    vote = open_now()
    first, second = votes(vote, vote.codes[:1]), votes(vote, vote.codes[:1], "kas", key=1)
    move(VOTE.closes)
    close_vote(vote.id)
    assert set(ballots(vote.id)) == {first[0].commitment, second[0].commitment}


def test_the_same_vote_again_waits_only_once(app: Flask) -> None:
    vote = open_now(codes=20)
    votes(vote, vote.codes)
    log_waiting_ballots(vote.id)
    again = votes(vote, vote.codes)
    assert all(receipt.repeated for receipt in again) and waiting(vote.id) == 0


def test_deeds_stand_in_the_log_at_once_and_take_no_ballots_along(app: Flask, tmp_path: Path) -> None:
    vote = open_now()
    votes(vote, vote.codes[:3])
    ask_to_withdraw(vote.id, "kas", "Het kan niet.", vote.organiser)
    confirm(vote.id, vote.second)
    later = vote_longer(vote, timedelta(days=1))
    assert kinds(vote.id) == ["manifest", "withdrawal", "extension"] and sizes(vote.id) == [1, 2, 3]
    assert notes(vote.id) == [
        Withdrawal(WEDNESDAY, "kas", "Het kan niet."),
        Extension(WEDNESDAY, later, later, "De post was te laat."),
    ]
    assert waiting(vote.id) == 3 and holds(vote.id, tmp_path)


def test_a_deed_that_is_refused_leaves_no_leaf(app: Flask) -> None:
    vote = open_now()
    ask_to_withdraw(vote.id, "kas", "Het kan niet.", vote.organiser)
    move(VOTE.closes)
    assert refused(confirm, vote.id, vote.second) == ["withdrawal.closed"]
    assert kinds(vote.id) == ["manifest"] and sizes(vote.id) == [1]


def test_the_close_ends_the_log(app: Flask, tmp_path: Path) -> None:
    vote = open_now(codes=3)
    votes(vote, vote.codes[:2])
    votes(vote, vote.codes[:1], "kas", key=1)
    move(VOTE.closes)
    close_due_votes()
    work_once()
    sealed_ = sealed_manifest(vote.id)
    assert sealed_ and kinds(vote.id) == ["manifest", "ballot", "ballot", "ballot", "closed"]
    seed = keys_of(sealed_.manifest).seed
    assert notes(vote.id) == [Closed(VOTE.closes, ballots=2, leaves=3, spent=2, revoked=0, seed=seed)]
    assert sizes(vote.id) == [1, 5] and holds(vote.id, tmp_path, ("V1", "V2", "V3", "V4", "V5", "V12"))


def test_nothing_comes_after_the_end(app: Flask) -> None:
    vote = open_now(codes=3)
    ask_to_withdraw(vote.id, "kas", "Het kan niet.", vote.organiser)
    move(VOTE.closes)
    assert close_vote(vote.id)
    before = leaves(vote.id), sizes(vote.id)
    assert close_vote(vote.id) is False and log_waiting_ballots(vote.id) == 0
    assert refused(confirm, vote.id, vote.second) == ["withdrawal.closed"]
    open_rehearsal(vote.id, vote.organiser)
    assert (leaves(vote.id), sizes(vote.id)) == before


def test_the_book_itself_takes_nothing_after_its_end(app: Flask) -> None:
    """Whatever a deed forgets to ask."""
    vote = open_now(codes=1)
    move(VOTE.closes)
    close_vote(vote.id)
    found, note = sealed_manifest(vote.id), Withdrawal(VOTE.closes, "kas", "Te laat.")
    assert found
    with transaction() as session:
        assert refused(add_note, session, the_box(vote.id), found, note, VOTE.closes) == ["log.has_ended"]
    assert kinds(vote.id) == ["manifest", "closed"]


def test_ballots_from_paper_follow_before_the_end(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the web cast goes in at the close; what is entered after it waits for the last leaf."""
    vote = open_now(codes=4)
    votes(vote, vote.codes[:2])
    monkeypatch.setattr("pb.voting.rules.moments.paper_until", lambda box, _: box.closes + timedelta(days=1))
    monkeypatch.setattr("pb.voting.acts.close.is_reconciled", lambda *_: False, raising=False)
    move(VOTE.closes)
    assert close_vote(vote.id) is False and kinds(vote.id) == ["manifest", "ballot", "ballot"]
    monkeypatch.setattr("pb.voting.acts.cast.open_reasons", lambda *_: [])
    votes(vote, vote.codes[2:])
    assert close_vote(vote.id) is False and len(ballots(vote.id)) == 2, "once at the close"
    move(VOTE.closes + timedelta(days=1))
    assert close_vote(vote.id) is True
    assert kinds(vote.id) == ["manifest"] + ["ballot"] * 4 + ["closed"]
    assert the_box(vote.id).ballots == 4 and holds(vote.id, tmp_path, ("V1", "V2", "V3", "V4", "V5"))


# Promises


def test_a_receipt_promises_the_log_an_hour_after_the_close(app: Flask) -> None:
    vote = open_now()
    receipt = votes(vote, vote.codes[:1])[0]
    found = sealed_manifest(vote.id)
    assert found and receipt.promise.deadline == VOTE.closes + timedelta(hours=1)
    key, promise = bytes.fromhex(found.manifest.log_key), receipt.promise
    assert promise.key == key
    signed = (receipt.commitment, promise.deadline, promise.signature)
    assert verify_promise(key, vote.round.public_id, *signed)
    assert not verify_promise(key, "00" * 16, *signed)
    assert not verify_promise(key, vote.round.public_id, receipt.commitment, VOTE.closes, promise.signature)


def test_a_promise_holds_when_the_close_moves(app: Flask) -> None:
    """Two people who vote just before the close was moved are not kept waiting for the new one."""
    vote = open_now()
    votes(vote, vote.codes[5:])
    assert log_waiting_ballots(vote.id) == 20
    early = votes(vote, vote.codes[:2])
    later = vote_longer(vote, timedelta(days=2))
    late = votes(vote, vote.codes[2:3])
    assert late[0].promise.deadline == later + timedelta(hours=1)
    move(VOTE.closes + 29 * MINUTE)
    log_due_ballots()
    assert len(ballots(vote.id)) == 20
    move(VOTE.closes + 30 * MINUTE)
    log_due_ballots()
    assert {receipt.commitment for receipt in early} <= set(ballots(vote.id))
    votes(vote, vote.codes[3:4])
    move(VOTE.closes + timedelta(hours=20))
    log_due_ballots()
    assert len(ballots(vote.id)) == 23, "what was cast since has the later promise, and waits"


def test_a_close_that_moved_before_the_opening_makes_no_small_batch(app: Flask) -> None:
    move(at(5, 20))
    vote = sealed(before_the_vote())
    vote_longer(vote, timedelta(days=2))
    move(WEDNESDAY)
    votes(vote, vote.codes[:1])
    move(VOTE.closes + timedelta(hours=2))
    log_due_ballots()
    assert ballots(vote.id) == []


# Tampering, keys, failures


def _change(vote: Prepared, number: int) -> None:
    leaf = (LogLeaf.round_id == vote.id) & (LogLeaf.position == number)
    db.session.execute(update(LogLeaf).where(leaf).values(body=bytes(32)))


def _drop_last(vote: Prepared, number: int) -> None:
    db.session.execute(delete(LogLeaf).where(LogLeaf.round_id == vote.id, LogLeaf.position == 20))


def _swap(vote: Prepared, number: int) -> None:
    rows = [db.session.get_one(LogLeaf, (vote.id, 1, position)) for position in (number, number + 1)]
    (first, second), places = (row.body for row in rows), [row.position for row in rows]
    db.session.execute(delete(LogLeaf).where(LogLeaf.position.in_(places)))
    db.session.expunge_all()
    for place, body in zip(places, (second, first), strict=True):
        db.session.add(LogLeaf(round_id=vote.id, number=1, position=place, kind="ballot", body=body))


def _add(vote: Prepared, number: int) -> None:
    db.session.add(LogLeaf(round_id=vote.id, number=1, position=21, kind="ballot", body=bytes(32)))


def _other_root(vote: Prepared, number: int) -> None:
    db.session.execute(update(LogHead).where(LogHead.size == 21).values(root=bytes(32)))


def _other_signature(vote: Prepared, number: int) -> None:
    db.session.execute(update(LogHead).where(LogHead.size == 21).values(signature=bytes(64)))


def _no_head(vote: Prepared, number: int) -> None:
    db.session.execute(delete(LogHead).where(LogHead.size == 21))


TAMPERED: dict[str, Callable[[Prepared, int], None]] = {
    "a leaf is changed": _change,
    "the last leaf is gone": _drop_last,
    "two leaves changed places": _swap,
    "a leaf was added": _add,
    "the root is another": _other_root,
    "the signature is another": _other_signature,
    "the head is gone": _no_head,
}


@pytest.mark.parametrize("what", TAMPERED)
def test_tampering_is_noticed_at_the_next_head(app: Flask, what: str) -> None:
    vote = open_now()
    votes(vote, vote.codes[:20])
    log_waiting_ballots(vote.id)
    with transaction():
        TAMPERED[what](vote, 5)
    ask_to_withdraw(vote.id, "kas", "Het kan niet.", vote.organiser)
    assert refused(confirm, vote.id, vote.second) == ["log.broken"]
    assert not the_box(vote.id).withdrawn, "the deed is not done either"
    move(VOTE.closes)
    assert refused(close_vote, vote.id) == ["log.broken"]
    assert the_box(vote.id).closed_at is None


def _foreign(vote: Prepared) -> tuple[bytes, bytes]:
    return bytes(32), bytes(72)


def _from_elsewhere(vote: Prepared) -> tuple[bytes, bytes]:
    return bytes(32), seal_commitment(bytes(32), bytes(32))


def _under_another_name(vote: Prepared) -> tuple[bytes, bytes]:
    row = db.session.scalars(select(OutboxRow)).first()
    assert row
    return bytes(32), row.sealed


def _logged_already(vote: Prepared) -> tuple[bytes, bytes]:
    found = sealed_manifest(vote.id)
    assert found
    keys, done = keys_of(found.manifest), votes(vote, vote.codes[:1])[0]
    assert done.repeated
    return outbox_tag(keys.outbox_key, done.tracking), seal_commitment(keys.outbox_key, done.commitment)


OUTBOX: dict[str, Callable[[Prepared], tuple[bytes, bytes]]] = {
    "bytes that are no seal": _foreign,
    "a seal of another key": _from_elsewhere,
    "a row copied under another name": _under_another_name,
    "a ballot that stands in the log": _logged_already,
}


@pytest.mark.parametrize("what", OUTBOX)
def test_only_what_was_cast_here_goes_into_the_log(app: Flask, what: str) -> None:
    vote = open_now(codes=45)
    votes(vote, vote.codes[:20])
    assert log_waiting_ballots(vote.id) == 20
    votes(vote, vote.codes[20:41])
    tag, content = OUTBOX[what](vote)
    with transaction() as session:
        session.add(OutboxRow(round_id=vote.id, tag=tag, sealed=content))
    move(WEDNESDAY + 10 * MINUTE)
    assert refused(log_waiting_ballots, vote.id) == ["log.outbox_broken"]
    assert len(ballots(vote.id)) == 20 and waiting(vote.id) == 22


def test_a_process_without_the_keys_adds_nothing(app: Flask) -> None:
    vote = open_now()
    votes(vote, vote.codes[:20])
    lose_keys(vote.round)
    assert refused(log_waiting_ballots, vote.id) == ["keys.missing"]
    make_rehearsal_keys(key_folder(vote.round.public_id))
    assert refused(log_waiting_ballots, vote.id) == ["keys.not_these"]
    assert waiting(vote.id) == 20 and sizes(vote.id) == [1]


def test_the_worker_passes_over_a_round_without_keys(app: Flask) -> None:
    vote = open_now()
    other = a_vote(codes=20, slug="andere-ronde")
    votes(vote, vote.codes[:20])
    votes(other, other.codes)
    lose_keys(vote.round)
    log_due_ballots()
    assert waiting(vote.id) == 20 and waiting(other.id) == 0


def test_a_batch_that_fails_anywhere_leaves_the_old_state(app: Flask) -> None:
    """A fault at every statement in turn, until none is left to fail; then the batch is made whole."""
    vote = open_now()
    votes(vote, vote.codes[:20])
    before = leaves(vote.id), sizes(vote.id)
    failing = 0
    while _fails_at(failing, vote.id):
        assert (leaves(vote.id), sizes(vote.id), waiting(vote.id)) == (*before, 20)
        failing += 1
    assert failing >= 6 and len(ballots(vote.id)) == 20 and sizes(vote.id) == [1, 21] and waiting(vote.id) == 0


def _fails_at(number: int, round_id: int) -> bool:
    """Whether a batch whose statement of this number fails is refused as a whole."""
    sent = [0]

    def count(*_: object) -> None:
        sent[0] += 1
        if sent[0] == number + 1:
            raise RuntimeError("the database is gone")

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        log_waiting_ballots(round_id)
    except RuntimeError:
        return True
    finally:
        event.remove(db.engine, "before_cursor_execute", count)
    return False


def test_a_clock_that_was_set_back_keeps_the_heads_in_order(app: Flask, tmp_path: Path) -> None:
    vote = open_now()
    votes(vote, vote.codes[:20])
    log_waiting_ballots(vote.id)
    move(WEDNESDAY - timedelta(hours=1))
    ask_to_withdraw(vote.id, "kas", "Het kan niet.", vote.organiser)
    confirm(vote.id, vote.second)
    assert sizes(vote.id) == [1, 21, 22] and holds(vote.id, tmp_path)


def test_a_leaf_of_a_ballot_has_no_kind_of_a_deed(app: Flask) -> None:
    """A hash that somebody makes up to look like a deed stays a ballot: the kind is a field of its own."""
    vote = open_now()
    votes(vote, vote.codes[:20])
    log_waiting_ballots(vote.id)
    assert set(kinds(vote.id)) == {"manifest", "ballot"} and notes(vote.id) == []
    assert Leaf(LeafKind.BALLOT, bytes(32)) != Leaf(LeafKind.CLOSED, bytes(32))


def test_a_round_that_is_not_sealed_has_no_log(app: Flask) -> None:
    round_id = create_round("Nieuw", "nieuw", None)
    assert log_waiting_ballots(round_id) == 0


def test_nothing_in_the_log_names_a_code(app: Flask) -> None:
    vote = open_now(codes=20)
    votes(vote, vote.codes)
    log_waiting_ballots(vote.id)
    text = b"".join(leaf.body for leaf in leaves(vote.id)[1:])
    for code in vote.codes:
        token = token_of(vote.round.public_id, code)
        assert token not in text and credential_of(token) not in text


def test_all_leaves_of_a_batch_look_alike(app: Flask) -> None:
    """Rows of a batch come from one transaction in the order of their hashes: nothing is left of who came first."""
    vote = open_now()
    votes(vote, vote.codes[:20])
    log_waiting_ballots(vote.id)
    stored = db.session.execute(select(LogLeaf.position, LogLeaf.body).order_by(LogLeaf.position)).all()[1:]
    assert [body for _, body in stored] == sorted(body for _, body in stored)
    if db.engine.dialect.name == "postgresql":
        from sqlalchemy import text

        assert len(set(db.session.scalars(text("select xmin::text from log_leaf where kind = 'ballot'")))) == 1


def test_the_moment_of_a_head_is_the_rounds(app: Flask) -> None:
    """A practice round whose clock was wound forward signs with its own moment."""
    vote = open_now()
    from pb.rounds.acts import advance_clock

    advance_clock(vote.id, WEDNESDAY + timedelta(days=3))
    votes(vote, vote.codes[:20])
    log_waiting_ballots(vote.id)
    signed: datetime = log_heads(vote.id, 1)[0].head.at
    assert signed == WEDNESDAY + timedelta(days=3)
