"""The protocol's ballots, seals, manifest and piles, without a database."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.public import PrivateKey

from pb.base.hashing import join_fields, tagged_hash, tagged_hmac
from pb.base.refusals import Refused
from pb.roll.values import StyleCount
from pb.voting.opening import (
    Piles,
    open_file,
    open_piles,
    opened_from_bytes,
    opened_to_bytes,
    piles_from_bytes,
    piles_to_bytes,
    shuffled,
)
from pb.voting.protocol import (
    SealError,
    choices_text,
    hash_ballot,
    lot_order,
    manifest_digest,
    manifest_from_bytes,
    manifest_to_bytes,
    normal_choices,
    open_ballot,
    open_spent,
    read_choices,
    seal_ballot,
    seal_sizes,
    seal_spent,
    spent_tag,
)
from pb.voting.values import OpenedBallot, SpentToken
from tests.factories import a_frame
from tests.unit.test_voting_rules import AREAS, DIVIDED, a_manifest

ROUND, KEY, SLOT = "ab" * 16, b"k" * 32, b"s" * 32
PAIR = PrivateKey(b"p" * 32)
PUBLIC, PRIVATE = bytes(PAIR.public_key), bytes(PAIR)
MANIFEST = replace(a_manifest(a_frame()), areas={"2405": 2, "2406 en verder": 1}, credentials={"all": StyleCount(3, 1)})
SIZES = seal_sizes(MANIFEST)


def a_ballot(*choices: str, nonce: bytes = b"n" * 32) -> OpenedBallot:
    chosen = normal_choices(choices)
    return OpenedBallot("all", "web", chosen, nonce, tagged_hash("ballot", ROUND, nonce, choices_text(chosen)))


def test_the_hashes_of_a_ballot_are_those_of_the_specification() -> None:
    found = hash_ballot(KEY, ROUND, SLOT, b"i" * 16, ("bank", "kas"))
    p = tagged_hmac(KEY, "pseudonym", SLOT)
    r = tagged_hmac(KEY, "nonce", p, b"i" * 16)
    assert found.pseudonym == p and found.nonce == r
    assert found.idem == tagged_hmac(KEY, "idem", p, b"i" * 16)
    assert found.same == tagged_hmac(KEY, "same", p, b"i" * 16, "bank,kas")
    assert found.commitment == tagged_hash("ballot", ROUND, r, "bank,kas")


@pytest.mark.parametrize(
    "other", [(KEY, ROUND, b"t" * 32, b"i" * 16), (b"l" * 32, ROUND, SLOT, b"i" * 16), (KEY, ROUND, SLOT, b"j" * 16)]
)
def test_another_voter_key_or_page_gives_another_ballot(other: tuple[bytes, str, bytes, bytes]) -> None:
    first, second = hash_ballot(KEY, ROUND, SLOT, b"i" * 16, ("bank",)), hash_ballot(*other, ("bank",))
    assert first.idem != second.idem and first.commitment != second.commitment


def test_the_spent_row_has_another_name_than_the_ballot() -> None:
    assert spent_tag(KEY, SLOT) != hash_ballot(KEY, ROUND, SLOT, b"i" * 16, ()).pseudonym


@given(st.sets(st.from_regex(r"[a-z0-9][a-z0-9-]{0,8}", fullmatch=True), max_size=6))
def test_choices_come_back_from_their_text(codes: set[str]) -> None:
    chosen = normal_choices(codes)
    assert read_choices(choices_text(chosen)) == chosen == tuple(sorted(codes))


@pytest.mark.parametrize("choices", [(), ("bank",), ("bank", "bomen", "kas", "tuin")])
def test_a_ballot_opens_with_the_private_half_and_has_one_length(choices: tuple[str, ...]) -> None:
    sealed = seal_ballot(PUBLIC, SIZES.ballot, a_ballot(*choices))
    assert len(sealed) == len(seal_ballot(PUBLIC, SIZES.ballot, a_ballot()))
    assert open_ballot(PRIVATE, ROUND, sealed) == a_ballot(*choices)


@pytest.mark.parametrize("area", ["2405", "2406 en verder", ""])
def test_a_spent_row_opens_and_has_one_length(area: str) -> None:
    spent = SpentToken("code", b"t" * 32, "all", area)
    sealed = seal_spent(PUBLIC, SIZES.spent, spent)
    assert len(sealed) == len(seal_spent(PUBLIC, SIZES.spent, replace(spent, token=b"")))
    assert open_spent(PRIVATE, sealed) == spent


def test_what_is_larger_than_the_manifest_allows_is_not_sealed() -> None:
    with pytest.raises(ValueError, match="larger"):
        seal_ballot(PUBLIC, SIZES.ballot, a_ballot("bank", "bomen", "kas", "tuin", "nog-een"))


def test_the_largest_ballot_of_any_style_sets_the_size() -> None:
    divided = replace(a_manifest(AREAS, DIVIDED), areas={"2405": 1})
    assert seal_sizes(divided).ballot == len(join_fields("water", "paper", "kas,tuin", bytes(32)))


@pytest.mark.parametrize("sealed", [b"", b"x" * 200])
def test_a_broken_seal_is_said(sealed: bytes) -> None:
    with pytest.raises(SealError):
        open_ballot(PRIVATE, ROUND, sealed)


def test_a_seal_for_another_key_is_said() -> None:
    with pytest.raises(SealError):
        open_ballot(bytes(PrivateKey(b"q" * 32)), ROUND, seal_ballot(PUBLIC, SIZES.ballot, a_ballot("bank")))


def test_the_lot_is_the_order_of_hashes() -> None:
    plans = ("bank", "bomen", "kas", "tuin")
    order = lot_order(ROUND, b"z" * 32, plans)
    assert order == tuple(sorted(plans, key=lambda plan: tagged_hash("lot", ROUND, b"z" * 32, plan)))
    assert order == lot_order(ROUND, b"z" * 32, reversed(plans))


def test_a_manifest_has_one_form_and_comes_back() -> None:
    content = manifest_to_bytes(MANIFEST)
    assert manifest_from_bytes(content) == MANIFEST and manifest_to_bytes(manifest_from_bytes(content)) == content
    plain = json.dumps(json.loads(content), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert content == plain.encode()


def test_a_manifest_is_named_by_everything_in_it() -> None:
    later = replace(MANIFEST, closes=datetime(2020, 7, 1, tzinfo=UTC))
    aged = replace(MANIFEST, frame=a_frame(reference_date=date(2020, 5, 2)))
    cheaper = replace(MANIFEST, plans=(replace(MANIFEST.plans[0], cost=1), *MANIFEST.plans[1:]))
    digests = {manifest_digest(manifest_to_bytes(one)) for one in (MANIFEST, later, aged, cheaper)}
    assert len(digests) == 4


PILES = Piles(
    ROUND,
    "cd" * 32,
    tuple(seal_ballot(PUBLIC, SIZES.ballot, a_ballot(plan, nonce=plan.encode() * 8)) for plan in ("kas", "bank")),
    (seal_spent(PUBLIC, SIZES.spent, SpentToken("code", b"t" * 32, "all", "2405")),),
)


def test_piles_go_out_and_come_back_sorted() -> None:
    assert piles_from_bytes(piles_to_bytes(PILES)) == PILES
    found = opened_from_bytes(open_file(piles_to_bytes(PILES), PRIVATE))
    assert [ballot.choices for ballot in found.ballots] == [("bank",), ("kas",)]
    assert found == open_piles(PILES, PRIVATE) and opened_from_bytes(opened_to_bytes(found)) == found


def test_a_pile_is_shuffled_without_losing_any() -> None:
    pile = [bytes([at]) for at in range(60)]
    assert sorted(shuffled(pile)) == pile and list(shuffled(pile)) != pile


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b'{"kind": "begroot-opened-piles/1"}', b"\xff\xfe", b'{"kind": 3}', b"[" * 100_000],
)
def test_a_file_that_is_something_else_is_refused(content: bytes) -> None:
    for read in (piles_from_bytes, opened_from_bytes):
        with pytest.raises(Refused) as caught:
            read(content)
        assert [reason.refusal.value for reason in caught.value.reasons] == ["piles.broken"]


def test_the_wrong_key_is_named() -> None:
    with pytest.raises(Refused) as caught:
        open_file(piles_to_bytes(PILES), bytes(PrivateKey(b"q" * 32)))
    assert [reason.refusal.value for reason in caught.value.reasons] == ["piles.wrong_key"]
