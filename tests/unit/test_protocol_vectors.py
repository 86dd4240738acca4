"""The application gives what the vectors of docs/protocol.md say; they were made without it."""

import re

import pytest

from pb.base.hashing import credential_of, join_fields, tagged_hash, token_of, tree_root
from pb.base.refusals import Refused
from pb.roll.codes import read_code
from pb.voting.protocol import (
    GrowingTree,
    checkpoint_text,
    encode_leaf,
    hash_ballot,
    log_origin,
    lot_order,
    manifest_digest,
    note_leaf,
    outbox_tag,
    promise_bytes,
    read_moment,
    read_note,
    sign_head,
    sign_promise,
    signed_by,
    signed_note,
    spent_tag,
    verify_head,
    verify_promise,
)
from pb.voting.values import Leaf, LeafKind
from tests.verifier import ROOT, VECTORS, vectors

CODES, BALLOTS, LOG, LOT, TREE = (vectors(name) for name in ("codes", "ballots", "log", "lot", "tree"))


@pytest.mark.parametrize("case", vectors("fields"), ids=str)
def test_fields(case: dict[str, object]) -> None:
    assert join_fields(*case["fields"]).hex() == case["bytes"]  # type: ignore[misc]
    assert tagged_hash(*case["fields"]).hex() == case["sha256"]  # type: ignore[misc]


@pytest.mark.parametrize("case", CODES["codes"], ids=lambda case: case["code"])
def test_a_code_its_token_and_its_credential(case: dict[str, str]) -> None:
    assert read_code(case["typed"]) == case["code"]
    token = token_of(CODES["round"], case["code"])
    assert (token.hex(), credential_of(token).hex()) == (case["token"], case["credential"])


@pytest.mark.parametrize("code", CODES["wrong"])
def test_a_code_with_another_check_sign(code: str) -> None:
    with pytest.raises(Refused):
        read_code(code)


@pytest.mark.parametrize("case", BALLOTS["ballots"], ids=lambda case: ",".join(case["choices"]) or "blank")
def test_a_ballot(case: dict[str, str]) -> None:
    key, slot = bytes.fromhex(BALLOTS["round_key"]), bytes.fromhex(BALLOTS["slot"])
    found = hash_ballot(key, BALLOTS["round"], slot, bytes.fromhex(BALLOTS["key"]), tuple(case["choices"]))
    for name in ("pseudonym", "idem", "same", "nonce", "commitment"):
        assert getattr(found, name).hex() == case[name], name
    assert found.tracking == case["tracking"]
    assert outbox_tag(bytes.fromhex(BALLOTS["outbox_key"]), found.tracking).hex() == case["outbox"]
    assert spent_tag(key, slot).hex() == BALLOTS["spent"]


def test_the_lot() -> None:
    seed = bytes.fromhex(LOT["seed"])
    assert tagged_hash("seed", LOT["round"], seed).hex() == LOT["commitment"]
    assert list(lot_order(LOT["round"], seed, LOT["plans"])) == LOT["order"]


@pytest.mark.parametrize("size", range(9))
def test_roots(size: int) -> None:
    leaves = [bytes.fromhex(leaf) for leaf in TREE["leaves"][:size]]
    assert tree_root(leaves).hex() == GrowingTree().with_leaves(leaves).root.hex() == TREE["roots"][size]


@pytest.mark.parametrize("case", LOG["leaves"], ids=lambda case: case["kind"])
def test_a_leaf(case: dict[str, str]) -> None:
    body = bytes.fromhex(case["body"]) if case["kind"] == "ballot" else case["body"].encode()
    leaf = Leaf(LeafKind(case["kind"]), body)
    assert encode_leaf(leaf).hex() == case["bytes"]
    assert tree_root([encode_leaf(leaf)]).hex() == case["hash"]
    if case["kind"] not in {"ballot", "manifest"}:
        assert note_leaf(read_note(leaf)) == leaf


def test_a_head() -> None:
    case, key, public = LOG["head"], bytes.fromhex(LOG["log_key"]), bytes.fromhex(LOG["log_public"])
    digest = manifest_digest(LOG["manifest"].encode())
    origin, root, at = log_origin(LOG["round"], digest), bytes.fromhex(case["root"]), read_moment(case["at"])
    assert (digest.hex(), origin) == (LOG["digest"], LOG["origin"])
    assert root == tree_root(bytes.fromhex(leaf["bytes"]) for leaf in LOG["leaves"])
    assert checkpoint_text(origin, case["size"], root, at) == case["text"]
    head = sign_head(key, origin, case["size"], root, at)
    assert head.signature.hex() == case["signature"] and verify_head(public, origin, head)
    assert signed_note(public, origin, head) == case["note"]


def test_a_promise() -> None:
    case, key, public = LOG["promise"], bytes.fromhex(LOG["log_key"]), bytes.fromhex(LOG["log_public"])
    c, deadline = bytes.fromhex(case["commitment"]), read_moment(case["deadline"])
    assert promise_bytes(LOG["round"], c, deadline).hex() == case["bytes"]
    signature = sign_promise(key, LOG["round"], c, deadline)
    assert signature.hex() == case["signature"] and verify_promise(public, LOG["round"], c, deadline, signature)
    assert not verify_promise(public, LOG["round"], bytes(32), deadline, signature)


@pytest.mark.parametrize("case", vectors("ed25519"), ids=lambda case: case["public"][:8])
def test_signatures_of_the_rfc(case: dict[str, str]) -> None:
    public, message, signature = (bytes.fromhex(case[name]) for name in ("public", "message", "signature"))
    assert signed_by(public, message, signature) and not signed_by(public, message + b"x", signature)


def test_the_page_quotes_the_vectors() -> None:
    page = (ROOT / "docs" / "protocol.md").read_text(encoding="utf-8")
    known = "".join(path.read_text(encoding="utf-8") for path in VECTORS.glob("*.json"))
    quoted = re.findall(r"\b[0-9a-f]{32,}\b", page)
    assert len(quoted) > 10 and [value for value in quoted if value not in known] == []
