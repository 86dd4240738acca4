"""Halves of keys: one says nothing, two of one deposit are the whole, and every other pair is refused in words."""

import json
import secrets
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from nacl.public import PrivateKey

from pb.base.refusals import Refused
from pb.cli import main
from pb.voting.custody import (
    Deposit,
    fingerprint,
    join,
    note_from_bytes,
    note_to_bytes,
    piece_from_bytes,
    piece_to_bytes,
    split,
)
from pb.voting.custody.halves import _share
from pb.voting.custody.rules import KEPT_FOR, destroying_reasons, recording_reasons
from pb.voting.custody.values import DestroyRefusal, EscrowNote, EscrowRefusal, Piece
from pb.voting.keyfiles import DESTROYED, destroy_keys_in, secrets_in
from pb.voting.keys import make_rehearsal_keys, put_back
from tests.voting import refused

PRIVATES = [bytes(PrivateKey.generate()) for _ in range(4)]
PUBLICS = [bytes(PrivateKey(private).public_key) for private in PRIVATES]
KEYS = {"round.key": bytes(range(32)), "sealing.private": bytes(32)}
SEALING = b"\x07" * 32


def a_deposit() -> Deposit:
    return split(KEYS, SEALING, PUBLICS)


@pytest.mark.parametrize(("one", "other"), [(0, 2), (0, 3), (1, 2), (1, 3), (3, 0)])
def test_a_keeper_or_deputy_of_each_half_make_the_whole(one: int, other: int) -> None:
    pieces = a_deposit().pieces
    assert join([pieces[one], pieces[other]], [PRIVATES[other], PRIVATES[one]]) == KEYS


@pytest.mark.parametrize(
    ("places", "privates", "reason"),
    [
        ((0, 1), (0, 1), "escrow.not_two_halves"),
        ((2, 2), (2,), "escrow.not_two_halves"),
        ((0,), (0,), "escrow.not_two_halves"),
        ((0, 2), (0,), "escrow.key_missing"),
        ((0, 2), (0, 3), "escrow.key_missing"),
    ],
)
def test_less_is_nothing(places: tuple[int, ...], privates: tuple[int, ...], reason: str) -> None:
    pieces = a_deposit().pieces
    assert refused(join, [pieces[at] for at in places], [PRIVATES[at] for at in privates]) == [reason]


def test_halves_of_two_deposits_are_refused() -> None:
    first, second = a_deposit().pieces[0], a_deposit().pieces[2]
    assert refused(join, [first, second], PRIVATES) == ["escrow.other_deposit"]
    forged = replace(second, deposit=first.deposit)
    assert refused(join, [first, forged], PRIVATES) == ["escrow.broken"], "the deposit stands under the seal too"


def test_a_half_that_was_changed_is_found() -> None:
    first, _, second, _ = a_deposit().pieces
    name = "round.key"
    for content in (second.sealed[name][:-1], bytes([second.sealed[name][0] ^ 1]) + second.sealed[name][1:]):
        broken = replace(second, sealed={**second.sealed, name: content})
        assert refused(join, [first, broken], PRIVATES) == ["escrow.broken"]
    swapped = replace(second, sealed=dict(zip(second.sealed, reversed([*second.sealed.values()]), strict=True)))
    assert refused(join, [first, swapped], PRIVATES) == ["escrow.broken"]


def test_nobody_has_two_places() -> None:
    assert refused(split, KEYS, SEALING, [*PUBLICS[:3], PUBLICS[0]]) == ["escrow.same_keeper"]
    assert refused(split, KEYS, SEALING, PUBLICS[:3]) == ["escrow.same_keeper"]
    assert refused(split, {}, SEALING, PUBLICS) == ["escrow.nothing_to_keep"]


def test_a_half_is_random() -> None:
    """Of a key that is all zeros each half has as many ones as chance gives: a half tells nothing of the whole."""
    bits = Counter[bool]()
    for _ in range(50):
        for at in (0, 2):
            share = _share_of(a_deposit().pieces[at], PRIVATES[at], "sealing.private")
            bits.update(bool(byte >> place & 1) for byte in share for place in range(8))
    assert abs(bits[True] - bits[False]) < 1_200, "7.5 standard deviations of 25,600 fair coins"


def _share_of(piece: Piece, private: bytes, name: str) -> bytes:
    return _share(private, piece, name, piece.sealed[name])[0]


def test_files_are_read_back() -> None:
    deposit = a_deposit()
    for piece in deposit.pieces:
        assert piece_from_bytes(piece_to_bytes(piece)) == piece
    assert note_from_bytes(note_to_bytes(deposit.note)) == deposit.note
    assert deposit.note.first == (fingerprint(PUBLICS[0]), fingerprint(PUBLICS[1]))


WRONG = {
    "nothing": b"",
    "no object": b"[]",
    "deep": b"[" * 100_000,
    "another kind": b'{"kind": "iets"}',
    "too little": b'{"kind": "begroot-escrow-note/1"}',
}
CHANGES: dict[str, object] = {
    "deposit": "x", "sealing": "AB" * 32, "keys": ["../../etc"], "first": ["A" * 20], "second": "AB", "kind": None,
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG)
def test_other_files_are_refused(what: str) -> None:
    for read in (note_from_bytes, piece_from_bytes):
        assert refused(read, WRONG[what]) == ["escrow.not_this_file"]


@pytest.mark.parametrize("key", CHANGES)
def test_a_note_with_something_else_in_it_is_refused(key: str) -> None:
    plain = json.loads(note_to_bytes(a_deposit().note))
    assert refused(note_from_bytes, json.dumps(plain | {key: CHANGES[key]}).encode()) == ["escrow.not_this_file"]
    doubled = plain | {"second": plain["first"]}
    assert refused(note_from_bytes, json.dumps(doubled).encode()) == ["escrow.not_this_file"]


NOTE = EscrowNote("ab" * 16, SEALING.hex(), ("round.key",), ("A" * 20, "B" * 20), ("C" * 20, "D" * 20))
PUBLISHED = datetime(2020, 7, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("sealing", "known", "destroyed", "reason"),
    [
        (SEALING.hex(), [], False, None),
        ("00" * 32, [], False, EscrowRefusal.OTHER_ROUND),
        (SEALING.hex(), [NOTE.deposit], False, EscrowRefusal.ALREADY_THERE),
        (SEALING.hex(), [], True, DestroyRefusal.ALREADY),
    ],
)
def test_an_escrow_is_recorded_once_with_its_own_round(
    sealing: str, known: list[str], destroyed: bool, reason: object
) -> None:
    found = [one.refusal for one in recording_reasons(NOTE, sealing, known, destroyed)]
    assert found == ([reason] if reason else [])


@pytest.mark.parametrize(
    ("published", "reports", "destroyed", "after", "reasons"),
    [
        (None, 0, False, timedelta(0), ["destroy.not_published"]),
        (PUBLISHED, 0, False, KEPT_FOR - timedelta(microseconds=1), ["destroy.too_early"]),
        (PUBLISHED, 0, False, KEPT_FOR, []),
        (PUBLISHED, 2, False, KEPT_FOR, ["report.unanswered"]),
        (PUBLISHED, 1, False, timedelta(0), ["destroy.too_early", "report.unanswered"]),
        (PUBLISHED, 0, True, KEPT_FOR, ["destroy.already"]),
    ],
)
def test_keys_stay_until_nobody_needs_them(
    published: datetime | None, reports: int, destroyed: bool, after: timedelta, reasons: list[str]
) -> None:
    found = destroying_reasons(published, reports, destroyed, PUBLISHED + after)
    assert [one.refusal.value for one in found] == reasons


def test_destroying_overwrites_removes_and_marks(tmp_path: Path) -> None:
    make_rehearsal_keys(tmp_path)
    kept, links = secrets_in(tmp_path), {}
    for name in kept:  # a second name for the same bytes on the disk: they must not stand there any more
        links[name] = tmp_path.parent / f"{tmp_path.name}-{name}"
        links[name].hardlink_to(tmp_path / name)
    assert destroy_keys_in(tmp_path, PUBLISHED) == sorted(kept)
    assert sorted(path.name for path in tmp_path.iterdir()) == [DESTROYED, "sealing.public"]
    for name, key in kept.items():
        left = links[name].read_bytes()
        assert key.hex().encode() not in left and key not in left and len(left) == 65
    assert refused(secrets_in, tmp_path) == ["keys.destroyed"]
    (tmp_path / "sealing.public").unlink()
    assert refused(make_rehearsal_keys, tmp_path) == ["keys.destroyed"], "never made anew"


def test_an_interrupted_destruction_is_finished_later(tmp_path: Path) -> None:
    make_rehearsal_keys(tmp_path)
    names = destroy_keys_in(tmp_path, PUBLISHED)
    (tmp_path / "round.key").write_text(secrets.token_hex(32))  # as if it had stopped half-way
    assert destroy_keys_in(tmp_path, PUBLISHED + KEPT_FOR) == names
    assert not (tmp_path / "round.key").exists()
    assert (tmp_path / DESTROYED).read_text().startswith("2020-07-04")


# The commands, on machines without a site


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder with a server's keys, the key machine's pair and four keepers, where no site can be reached."""
    monkeypatch.setenv("PB_ENVIRONMENT", "production")
    monkeypatch.chdir(tmp_path)
    make_rehearsal_keys(tmp_path / "keys")
    for name in "abcd":
        assert pb("keeper", "make", name).exit_code == 0
    return tmp_path


def pb(*arguments: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(main, arguments, input=typed)


def escrow() -> Result:
    holders = [f"{name}/keeper.public" for name in "abcd"]
    return pb("keys", "escrow", "keys", "--first", *holders[:2], "--second", *holders[2:], "--to", "out")


def test_from_keys_to_halves_and_back(desk: Path) -> None:
    before = secrets_in(desk / "keys")
    answer = escrow()
    assert answer.exit_code == 0, answer.output
    first, second = (sorted(desk.glob(f"out/piece-{half}-*.json")) for half in (1, 2))
    assert len(first) == len(second) == 2 and all(path.stat().st_mode & 0o777 == 0o600 for path in first)
    for path in desk.glob("out/*"):
        assert not any(key.hex() in path.read_text() for key in before.values())
    holder = {fingerprint(bytes.fromhex(Path(f"{name}/keeper.public").read_text())): name for name in "abcd"}
    who = [holder[path.stem[-20:]] for path in (first[0], second[1])]
    keys = [part for name in who for part in ("--key", f"{name}/keeper.private")]
    answer = pb("keys", "recover", str(first[0]), str(second[1]), *keys, "--to", "back")
    assert answer.exit_code == 0, answer.output
    assert secrets_in(desk / "back") == before
    assert (desk / "back/sealing.public").read_text() == (desk / "keys/sealing.public").read_text()
    assert pb("keys", "recover", str(first[0]), str(second[1]), *keys, "--to", "back").exit_code == 1


def test_one_keeper_recovers_nothing(desk: Path) -> None:
    escrow()
    first, second = (str(min(desk.glob(f"out/piece-{half}-*.json"))) for half in (1, 2))
    answer = pb("keys", "recover", first, second, "--key", "a/keeper.private", "--to", "back")
    assert answer.exit_code == 1 and "private key of keeper" in answer.output and not Path("back").exists()
    answer = pb("keys", "recover", first, first, "--key", "a/keeper.private", "--to", "back")
    assert answer.exit_code == 1 and "one second half" in answer.output


def test_halves_are_never_written_over(desk: Path) -> None:
    assert escrow().exit_code == 0
    assert Path("out/escrow.json").exists()
    kept = Path("out/escrow.json").read_bytes()
    assert escrow().exit_code == 1 and Path("out/escrow.json").read_bytes() == kept


def test_a_keeper_destroys_pieces_and_pair(desk: Path) -> None:
    escrow()
    for path in Path("out").glob("piece-*.json"):
        path.rename(Path("a") / path.name)
    assert pb("keys", "destroy", "a", typed="n\n").exit_code == 1 and Path("a/keeper.private").exists()
    answer = pb("keys", "destroy", "a", "--yes")
    assert answer.exit_code == 0 and "keeper.private" in answer.output
    assert sorted(path.name for path in Path("a").iterdir()) == [DESTROYED, "keeper.public"]
    assert pb("keys", "destroy", "a", "--yes").exit_code == 0, "it may be repeated"


def test_what_is_recovered_is_the_pair_of_its_round(desk: Path) -> None:
    with pytest.raises(Refused):
        put_back(desk / "back", {"sealing.private": bytes(32)}, SEALING)
    assert not (desk / "back").exists()
