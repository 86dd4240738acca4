"""Codes given anew and codes for who came late: by two people, in the log, and one ballot a slot whatever happens."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from flask import Flask

from pb.base.access import Role
from pb.base.hashing import credential_of, token_of
from pb.base.refusals import Refused
from pb.rounds.acts import confirm_request, refuse_request
from pb.rounds.reads import open_requests
from pb.voting.acts import ask_to_activate, ask_to_reissue, cast_ballot, close_vote, open_rehearsal
from pb.voting.reads import opened, turnout
from pb.voting.values import Activation, Closed, Receipt, Revocation
from tests.factories import a_person, a_role, at
from tests.log import VOTE, answers, kinds, move, notes, votes
from tests.together import together
from tests.voting import Prepared, a_code, before_the_vote, confirm, refused, rows, sealed

WEDNESDAY = at(6, 10)
OF_THE_CODES = ("V1", "V2", "V3", "V4", "V5", "V6", "V8", "V12")


class Desk:
    """A round while people vote, with two spare codes and two people at the desk."""

    def __init__(self) -> None:
        move(at(5, 20))
        self.vote = before_the_vote(codes=3)
        self.spare = [a_code(self.vote.round, "all", "", kind="spare", age="", alive=False) for _ in range(2)]
        sealed(self.vote)
        self.first, self.second = a_person(name="Bas"), a_person(name="Bea")
        for clerk in (self.first, self.second):
            a_role(clerk, self.vote.id, Role.CLERK)
        move(WEDNESDAY)

    def hash_of(self, code: str) -> str:
        """What the desk file has of a code."""
        return credential_of(token_of(self.vote.round.public_id, code)).hex()

    def reissue(self, old: str, new: str) -> None:
        """Two people give a new code for an old one."""
        ask_to_reissue(self.vote.id, self.hash_of(old), self.hash_of(new), self.first, checked=True)
        confirm(self.vote.id, self.second)

    def activate(self, code: str, area: str = "2405") -> None:
        """Two people let a spare code count for somebody of this area."""
        ask_to_activate(self.vote.id, self.hash_of(code), area, self.first, checked=True)
        confirm(self.vote.id, self.second)


@pytest.fixture
def desk(app: Flask) -> Desk:
    """The desk on a Wednesday while people vote."""
    return Desk()


def votes_with(vote: Prepared, code: str, plan: str = "bank", key: int = 0) -> Receipt:
    return votes(vote, [code], plan, key)[0]


def no_vote(vote: Prepared, code: str) -> bool:
    """Whether the code is refused in the words of every code that does not count."""
    return refused(cast_ballot, vote.id, code, ("bank",), bytes([99] * 16)) == ["vote.code_not_valid"]


def counted(vote: Prepared) -> list[tuple[str, ...]]:
    """The ballots that count, after the close."""
    move(VOTE.closes)
    close_vote(vote.id)
    open_rehearsal(vote.id, vote.organiser)
    found = opened(vote.id)
    assert found
    return [ballot.choices for ballot in found.ballots]


def checked(vote: Prepared, folder: Path) -> None:
    """A stranger finds all in order."""
    said = answers(vote.id, folder)
    assert not [said[check] for check in OF_THE_CODES if not said[check].startswith("ok")]
    assert not [one for one in said.values() if one.startswith("failed")]


def ending(vote: Prepared) -> Closed:
    """The last leaf."""
    last = notes(vote.id)[-1]
    assert isinstance(last, Closed)
    return last


def test_vote_lose_the_letter_vote_with_the_new_one(desk: Desk, tmp_path: Path) -> None:
    vote, old, new = desk.vote, desk.vote.codes[0], desk.spare[0]
    votes_with(vote, old)
    desk.reissue(old, new)
    assert rows()[:2] == (1, 1), "the earlier ballot stands"
    assert no_vote(vote, old)
    votes_with(vote, new, "kas", key=1)
    assert rows()[:2] == (1, 1), "one ballot, the last"
    assert counted(vote) == [("kas",)] and ending(vote).revoked == 0
    checked(vote, tmp_path)


def test_who_does_not_vote_again_has_voted(desk: Desk, tmp_path: Path) -> None:
    vote, old, new = desk.vote, desk.vote.codes[0], desk.spare[0]
    votes_with(vote, old)
    desk.reissue(old, new)
    assert counted(vote) == [("bank",)]
    assert (ending(vote).revoked, ending(vote).spent) == (1, 1)
    checked(vote, tmp_path)


def test_a_code_lost_before_voting(desk: Desk, tmp_path: Path) -> None:
    vote = desk.vote
    desk.reissue(vote.codes[0], desk.spare[0])
    votes_with(vote, desk.spare[0])
    votes_with(vote, vote.codes[1], "kas")
    assert sorted(counted(vote)) == [("bank",), ("kas",)] and ending(vote).revoked == 0
    shares = turnout(vote.id)
    assert shares and shares.areas == {"2405": (1, 2), "2406": (1, 1)}, "the new code has the slot's area"
    checked(vote, tmp_path)


def test_lost_twice(desk: Desk, tmp_path: Path) -> None:
    vote, (first, second) = desk.vote, desk.spare
    votes_with(vote, vote.codes[0])
    desk.reissue(vote.codes[0], first)
    votes_with(vote, first, "kas", key=1)
    desk.reissue(first, second)
    assert no_vote(vote, first) and rows()[:2] == (1, 1)
    assert counted(vote) == [("kas",)] and ending(vote).revoked == 1
    checked(vote, tmp_path)


def test_the_receipt_of_a_revoked_code_is_given_again(desk: Desk) -> None:
    vote, old = desk.vote, desk.vote.codes[0]
    first = votes_with(vote, old)
    desk.reissue(old, desk.spare[0])
    assert votes_with(vote, old) == Receipt(
        first.tracking, first.nonce, first.commitment, first.choices, first.promise, repeated=True
    )


def test_who_came_late_has_a_vote_and_the_roll_one_more(desk: Desk, tmp_path: Path) -> None:
    vote, code = desk.vote, desk.spare[0]
    assert no_vote(vote, code)
    desk.activate(code)
    votes_with(vote, code)
    assert counted(vote) == [("bank",)]
    shares = turnout(vote.id)
    assert shares and shares.areas == {"2405": (1, 3), "2406": (0, 1)} and shares.eligible == 4
    checked(vote, tmp_path)


def test_both_stand_in_the_log_without_a_name(desk: Desk) -> None:
    vote = desk.vote
    old, new, late = (desk.hash_of(code) for code in (vote.codes[0], *desk.spare))
    desk.reissue(vote.codes[0], desk.spare[0])
    desk.activate(desk.spare[1])
    assert notes(vote.id) == [
        Revocation(WEDNESDAY, bytes.fromhex(old), bytes.fromhex(new)),
        Activation(WEDNESDAY, bytes.fromhex(late), "2405"),
    ]


def test_one_person_is_not_enough(desk: Desk) -> None:
    vote = desk.vote
    ask_to_reissue(vote.id, desk.hash_of(vote.codes[0]), desk.hash_of(desk.spare[0]), desk.first, checked=True)
    assert refused(confirm, vote.id, desk.first) == ["round.own_request"]
    assert no_vote(vote, desk.spare[0]) and kinds(vote.id) == ["manifest"]
    refuse_request(open_requests(vote.id)[-1].id, desk.second)
    votes_with(vote, vote.codes[0])


@pytest.mark.parametrize("role", [None, *Role])
def test_who_asks_at_the_desk(desk: Desk, role: Role | None) -> None:
    person = a_person()
    if role:
        a_role(person, desk.vote.id, role)
    ask = partial(ask_to_activate, desk.vote.id, desk.hash_of(desk.spare[0]), "2405", person, True)
    if role in {Role.CLERK, Role.ORGANISER}:
        assert ask() == open_requests(desk.vote.id)[-1].id
    else:
        assert refused(ask) == ["round.not_your_role"]


Wrong = Callable[[Desk], tuple[str, str]]
REISSUES: dict[str, tuple[Wrong, list[str]]] = {
    "no hash": (lambda desk: ("brief 12", "zz" * 32), ["desk.not_a_hash"]),
    "an old one that is unknown": (lambda desk: ("00" * 32, desk.hash_of(desk.spare[0])), ["desk.old_unknown"]),
    "a spare one as the old": (lambda desk: (desk.hash_of(desk.spare[1]), desk.hash_of(desk.spare[0])), ["desk.old_not_alive"]),
    "somebody's code as the new": (
        lambda desk: (desk.hash_of(desk.vote.codes[0]), desk.hash_of(desk.vote.codes[1])),
        ["desk.not_spare"],
    ),
    "the same code twice": (
        lambda desk: (desk.hash_of(desk.vote.codes[0]), desk.hash_of(desk.vote.codes[0])),
        ["desk.not_spare"],
    ),
    "two unknown ones": (lambda desk: ("00" * 32, "11" * 32), ["desk.old_unknown", "desk.not_spare"]),
}  # fmt: skip


@pytest.mark.parametrize("what", REISSUES)
def test_what_is_not_given_anew(desk: Desk, what: str) -> None:
    wrong, reasons = REISSUES[what]
    assert refused(ask_to_reissue, desk.vote.id, *wrong(desk), desk.first, True) == reasons
    assert open_requests(desk.vote.id) == () and kinds(desk.vote.id) == ["manifest"]


def test_a_code_is_used_once(desk: Desk) -> None:
    """A spare code that was given out, or had its turn, is never free again."""
    vote, (first, second) = desk.vote, desk.spare
    desk.reissue(vote.codes[0], first)
    desk.reissue(first, second)
    for used in (first, second, vote.codes[0]):
        ask = partial(ask_to_reissue, vote.id, desk.hash_of(vote.codes[1]), desk.hash_of(used), desk.first, True)
        assert refused(ask) == ["desk.not_spare"]
        assert refused(ask_to_activate, vote.id, desk.hash_of(used), "2405", desk.first, True) == ["desk.not_spare"]


def test_an_area_that_is_not_sealed(desk: Desk) -> None:
    assert refused(ask_to_activate, desk.vote.id, desk.hash_of(desk.spare[0]), "9999", desk.first, True) == [
        "desk.area_unknown"
    ]


def test_what_was_asked_is_judged_again(desk: Desk) -> None:
    """Two questions about one spare code: the second answer finds it gone, and changes nothing."""
    vote, spare = desk.vote, desk.spare[0]
    for code in vote.codes[:2]:
        ask_to_reissue(vote.id, desk.hash_of(code), desk.hash_of(spare), desk.first, checked=True)
    confirm(vote.id, desk.second)
    assert refused(confirm, vote.id, desk.second) == ["desk.not_spare"]
    assert kinds(vote.id) == ["manifest", "revocation"]


def test_nothing_changes_after_the_close(desk: Desk) -> None:
    vote = desk.vote
    ask_to_reissue(vote.id, desk.hash_of(vote.codes[0]), desk.hash_of(desk.spare[0]), desk.first, checked=True)
    move(VOTE.closes)
    assert refused(confirm, vote.id, desk.second) == ["desk.closed"]
    assert refused(ask_to_activate, vote.id, desk.hash_of(desk.spare[1]), "2405", desk.first, True) == ["desk.closed"]
    assert kinds(vote.id) == ["manifest"]


def test_the_two_codes_of_a_slot_at_the_same_moment(app: Flask, desk: Desk) -> None:
    """The old code votes while two people replace it by the new one, which votes at once: one ballot is left."""
    vote, old, new = desk.vote, desk.vote.codes[0], desk.spare[0]
    ask_to_reissue(vote.id, desk.hash_of(old), desk.hash_of(new), desk.first, checked=True)
    request = open_requests(vote.id)[-1]
    deeds: list[Callable[[], object]] = [partial(confirm_request, request.id, desk.second, dict(request.payload))]
    deeds += [partial(cast_ballot, vote.id, code, ("bank",), bytes([n] * 16)) for n in range(4) for code in (old, new)]
    made = together(app, deeds)
    assert made[0] is None, made
    refusals = {one.reasons[0].refusal.value for one in made if isinstance(one, Refused)}
    receipts = [one for one in made if isinstance(one, Receipt)]
    assert len(receipts) + sum(isinstance(one, Refused) for one in made) == 8 and refusals <= {"vote.code_not_valid"}
    assert rows()[:2] == ((1, 1) if receipts else (0, 0))
