"""The public files to the byte, from values that fit on a line; whole rounds are in test_verifier_rounds.py."""

import base64
import hashlib
import json
from datetime import UTC, datetime

from pb.voting.protocol import ballot_leaf, canonical_json, manifest_leaf, note_leaf, sign_head, signed_by
from pb.voting.publication import (
    OpenedFile,
    Shown,
    ballots_file,
    credentials_file,
    log_file,
    opened_file,
    replaced_file,
    spent_file,
)
from pb.voting.values import Activation, Head, OpenedBallot, SpentToken
from tests.bundles import LOG_KEY, LOG_PUBLIC, ROUND
from tests.verifier import verify

AT = datetime(2020, 6, 28, 22, tzinfo=UTC)
C, D, R = b"\xcc" * 32, b"\xdd" * 32, b"r" * 32
BALLOTS = (
    OpenedBallot("all", "web", ("bank", "kas"), R, D),
    OpenedBallot("all", "paper", (), R, C),
    OpenedBallot("all", "web", ("bank=3",), R, b"\xee" * 32),
)
LEAVES = (manifest_leaf(b"{}"), ballot_leaf(C), ballot_leaf(b"\xaa" * 32), note_leaf(Activation(AT, D, "2405")))


def test_the_log() -> None:
    heads = [Head(1, AT, C, bytes(64)), Head(4, AT, D, bytes(64))]
    root, other, signature = (base64.b64encode(raw).decode() for raw in (C, D, bytes(64)))
    assert log_file(ROUND, LEAVES, heads).decode() == (
        f"begroot-log/1 {ROUND}\n"
        "manifest {}\n"
        f"head 1 2020-06-28T22:00:00Z {root} {signature}\n"
        f"ballot {C.hex()}\n"
        f"ballot {'aa' * 32}\n"
        f'activation {{"area":"2405","at":"2020-06-28T22:00:00Z","h":"{D.hex()}"}}\n'
        f"head 4 2020-06-28T22:00:00Z {other} {signature}\n"
    )


def test_lists_are_sorted_and_counted() -> None:
    lines = [b"ff,all,spare", b"00,all,issued"]
    assert credentials_file(ROUND, lines) == f"begroot-credentials/1 {ROUND} 2\n00,all,issued\nff,all,spare\n".encode()
    spent = [
        SpentToken("login", b"", "all", "2405"),
        SpentToken("code", C, "all", ""),
        SpentToken("login", b"", "all", ""),
    ]
    assert spent_file(ROUND, spent).decode().splitlines() == [
        f"begroot-spent/1 {ROUND} 3",
        f"code,{C.hex()},all",
        "login,,all",
        "login,,all",
    ]
    assert replaced_file(ROUND, LEAVES, BALLOTS).decode() == f"begroot-replaced/1 {ROUND} 1\n{'aa' * 32}\n"
    assert replaced_file(ROUND, (), ()) == f"begroot-replaced/1 {ROUND} 0\n".encode()


def test_ballots_stand_by_their_hash_and_are_quoted_where_they_must() -> None:
    assert ballots_file(BALLOTS).decode().splitlines() == [
        "style,channel,C,r,choices",
        f"all,paper,{C.hex()},{R.hex()},",
        f'all,web,{D.hex()},{R.hex()},"bank,kas"',
        f"all,web,{'ee' * 32},{R.hex()},bank=3",
    ]


def test_opened_json_is_one_line_signed_without_its_signature() -> None:
    spent = (
        SpentToken("code", C, "all", "2405"),
        SpentToken("code", D, "all", "2406"),
        SpentToken("code", R, "all", "2405"),
    )
    shown = Shown(BALLOTS, {}, {"noord": 2})
    content = opened_file(OpenedFile(ROUND, D, AT, shown, spent, {"log.txt": b"x"}), LOG_KEY)
    plain = json.loads(content)
    assert content == canonical_json(plain) and b"\n" not in content
    assert plain["totals"] == {"all": {"paper": 1, "web": 2}} and plain["areas"] == {"2405": 2, "2406": 1}
    assert plain["files"] == {"log.txt": hashlib.sha256(b"x").hexdigest()} and plain["withheld"] == {"noord": 2}
    assert (plain["manifest"], plain["at"], plain["openings"]) == (D.hex(), "2020-06-28T22:00:00Z", "public")
    signature = base64.b64decode(plain.pop("signature"))
    message = verify.fields("opened", ROUND, verify.canonical(plain))
    assert signed_by(LOG_PUBLIC, message, signature) and not signed_by(LOG_PUBLIC, message + b" ", signature)


def test_a_head_of_the_log_is_read_by_the_verifier() -> None:
    head = sign_head(LOG_KEY, "begroot/x", 4, D, AT)
    log = verify.read_log(log_file(ROUND, LEAVES, [head]).decode()[:-1].split("\n"))
    assert log.heads == [verify.Head(4, "2020-06-28T22:00:00Z", D, head.signature, 4)] and log.ballots == [
        C.hex(),
        "aa" * 32,
    ]
