"""What people type at the desk, and who may vote for somebody else: as grids."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pb.base.refusals import Refused
from pb.roll.values import CredentialKind, CredentialRecord
from pb.voting.desk.entries import (
    MOST_LETTERS,
    letter_hash,
    proxy_hash,
    read_hash,
    read_letters,
    read_proxy,
)
from pb.voting.desk.rules import proxy_reasons
from pb.voting.desk.values import NoteRefusal as Why
from pb.voting.desk.values import Proxy
from pb.voting.rules import code_count, identity_reasons, revocation_reasons
from pb.voting.values import Activation, Addition, DeskRefusal, Revocation
from tests.factories import a_frame, at
from tests.unit.test_voting_rules import CLOSES, OPENS, SECOND, a_box, a_manifest

KEY = bytes(range(32))
HASH = "0123456789abcdef" * 4


@pytest.mark.parametrize("typed", [HASH, HASH.upper(), f" {HASH[:32]}\n{HASH[32:]} ", " ".join(HASH)])
def test_a_hash_as_people_copy_it(typed: str) -> None:
    assert read_hash(typed, "old").hex() == HASH


@pytest.mark.parametrize(
    "typed", ["", HASH[:-1], HASH + "0", "g" * 64, "٣" * 64, f"{HASH},{HASH}", "0x" + HASH[2:], "\0"]
)
def test_what_is_no_hash(typed: str) -> None:
    with pytest.raises(Refused) as caught:
        read_hash(typed, "old")
    assert caught.value.reasons == (DeskRefusal.NOT_A_HASH(about="old"),)


@pytest.mark.parametrize("name", ["De Vries", "de vries", " DE  VRIES ", "de-Vries", "dé Vriés", "De\u200b Vries"])
@pytest.mark.parametrize("born", ["30-3-1961", "1961-03-30", "30/03/1961", "30.3.1961", "30 3 1961"])
def test_one_person_is_known_again(name: str, born: str) -> None:
    assert read_proxy(name, born, " 17 ") == Proxy("devries", "1961-03-30", "17")


@pytest.mark.parametrize(
    ("name", "born", "letter", "why"),
    [
        ("", "30-3-1961", "17", [Why.NAME_MISSING]),
        ("123 --", "30-3-1961", "17", [Why.NAME_MISSING]),
        ("Vries", "", "17", [Why.NOT_A_BIRTH_DATE]),
        ("Vries", "30-2-1961", "17", [Why.NOT_A_BIRTH_DATE]),
        ("Vries", "3/30/1961", "17", [Why.NOT_A_BIRTH_DATE]),
        ("Vries", "30-3-61", "17", [Why.NOT_A_BIRTH_DATE]),
        ("Vries", "30-3-1861", "17", [Why.NOT_A_BIRTH_DATE]),
        ("Vries", "٣٠-٣-١٩٦١", "17", [Why.NOT_A_BIRTH_DATE]),
        ("Vries", "30-3-1961", " \u200b ", [Why.LETTER_MISSING]),
        ("", "", "", [Why.NAME_MISSING, Why.NOT_A_BIRTH_DATE, Why.LETTER_MISSING]),
    ],
)
def test_what_does_not_identify_anybody(name: str, born: str, letter: str, why: list[Why]) -> None:
    with pytest.raises(Refused) as caught:
        read_proxy(name, born, letter)
    assert [one.refusal for one in caught.value.reasons] == why


NOW = at(6, 10)
PROXIES = [
    (NOW, True, 0, False, []),
    (NOW, True, 1, False, []),
    (NOW, True, 2, False, [Why.TWO_ALREADY]),
    (NOW, True, 0, True, [Why.LETTER_ALREADY]),
    (NOW, True, 2, True, [Why.LETTER_ALREADY, Why.TWO_ALREADY]),
    (NOW, False, 0, False, [Why.NOT_SEEN]),
    (OPENS - SECOND, True, 0, False, []),
    (CLOSES - SECOND, True, 0, False, []),
    (CLOSES, True, 0, False, [Why.CLOSED]),
]


@pytest.mark.parametrize(("now", "seen", "letters", "noted", "why"), PROXIES)
def test_who_may_vote_for_somebody_else(now: object, seen: bool, letters: int, noted: bool, why: list[Why]) -> None:
    found = proxy_reasons(a_box(), now, seen, letters, noted)  # type: ignore[arg-type]
    assert [one.refusal for one in found] == why


def test_names_and_letters_have_hashes_of_their_own() -> None:
    people = [
        Proxy("vries", "1961-03-30", "17"),
        Proxy("vries", "1961-03-31", "17"),
        Proxy("bakker", "1961-03-30", "17"),
    ]
    made = [proxy_hash(KEY, one) for one in people]
    made += [letter_hash(KEY, purpose, letter) for purpose in ("proxy", "returned") for letter in ("17", "18")]
    assert len(set(made)) == len(made) and proxy_hash(bytes(32), people[0]) not in made
    assert proxy_hash(KEY, people[0]) == proxy_hash(KEY, replace(people[0], letter="18")), "counted by person"


@given(st.lists(st.from_regex(r"[A-Z0-9-]{1,8}", fullmatch=True), min_size=1, max_size=30), st.sampled_from("\n ,;\t"))
def test_letter_numbers_are_read_each_once(letters: list[str], between: str) -> None:
    typed = between.join(f" {letter.lower()} " for letter in letters)
    assert read_letters(typed) == tuple(dict.fromkeys(letters))


@pytest.mark.parametrize(("typed", "why"), [("", Why.NO_LETTERS), (" ,;\n", Why.NO_LETTERS), (None, Why.TOO_MANY)])
def test_no_letters_and_too_many(typed: str | None, why: Why) -> None:
    with pytest.raises(Refused) as caught:
        read_letters(" ".join(map(str, range(MOST_LETTERS + 1))) if typed is None else typed)
    assert caught.value.reasons[0].refusal is why


@pytest.mark.parametrize(
    ("now", "alive", "why"),
    [
        (NOW, True, []),
        (NOW, False, [DeskRefusal.OLD_NOT_ALIVE]),
        (NOW, None, [DeskRefusal.OLD_UNKNOWN]),
        (CLOSES, True, [DeskRefusal.CLOSED]),
    ],
)
def test_what_is_taken_out_of_use(now: object, alive: bool | None, why: list[DeskRefusal]) -> None:
    old = None if alive is None else CredentialRecord(b"h", b"h", "all", "2405", CredentialKind.ISSUED, alive)
    assert [one.refusal for one in revocation_reasons(a_box(), old, now)] == why  # type: ignore[arg-type]


def test_nobody_is_helped_unseen() -> None:
    assert identity_reasons(True) == [] and identity_reasons(False) == [DeskRefusal.NOT_CHECKED(about="checked")]


def test_a_code_that_nothing_replaces_makes_no_other_alive() -> None:
    notes = [
        Revocation(NOW, b"a", b"b"),
        Revocation(NOW, b"c"),
        Activation(NOW, b"d", "2405"),
        Addition(NOW, "2405", 3, "x"),
    ]
    found = code_count(a_manifest(a_frame()), notes)
    assert (found.activated, found.revoked) == (2, 2)
