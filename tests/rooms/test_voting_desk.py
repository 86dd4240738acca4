"""The desk: two people enter the same, what is noted names nobody, and one person votes for two others at most."""

from collections.abc import Callable
from functools import partial

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from werkzeug.test import TestResponse

from pb.base.access import Role
from pb.base.hashing import credential_of, token_of
from pb.base.refusals import Refused
from pb.extensions import db
from pb.office.reads import history
from pb.rounds.reads import open_requests
from pb.voting.acts import ask_to_revoke, cast_ballot
from pb.voting.desk.acts import note_returned, record_proxy
from pb.voting.desk.entries import read_proxy
from pb.voting.desk.models import ProxyRow
from pb.voting.desk.reads import codes_of, desk_count
from pb.voting.desk.values import Returned
from pb.voting.reads import notes_of
from pb.voting.values import Activation, Revocation
from tests.factories import CALENDAR, a_person, a_role, a_round
from tests.pages import page, words_of
from tests.rooms.test_voting_paper import Move
from tests.rooms.test_voting_secrecy import everything
from tests.together import together
from tests.voting import Voting, a_vote, confirm, lose_keys, refused, rows

SignIn = Callable[[int], FlaskClient]
DESK = "/beheer/rondes/alphen-centrum-2020/balie"
KEY = bytes(range(16))


class Desk:
    """A vote that is open, two clerks and somebody of the council."""

    def __init__(self) -> None:
        self.vote: Voting = a_vote()
        self.anna, self.ben, self.council = (a_person(name=name) for name in ("Anna", "Ben", "Cees"))
        for person, role in ((self.anna, Role.CLERK), (self.ben, Role.CLERK), (self.council, Role.COUNCIL)):
            a_role(person, self.vote.id, role)

    @property
    def id(self) -> int:
        """The round's number."""
        return self.vote.id

    def hash_of(self, code: str) -> str:
        """What the desk file has of a code."""
        return credential_of(token_of(self.vote.round.public_id, code)).hex()

    @property
    def old(self) -> str:
        """The first voter's credential."""
        return self.hash_of(self.vote.codes[0])

    @property
    def new(self) -> str:
        """A spare letter's credential."""
        return self.hash_of(self.vote.spare)


@pytest.fixture
def desk(app: Flask) -> Desk:
    return Desk()


def told(client: FlaskClient, answer: TestResponse) -> str:
    assert answer.status_code == 303, answer.text
    return words_of(page(client.get(answer.location)))


# Who


ASKERS, DECIDERS = {Role.CLERK, Role.ORGANISER}, {Role.CLERK, Role.ORGANISER, Role.COUNCIL}


@pytest.mark.parametrize("role", [*Role, None])
def test_who_serves_at_the_desk(desk: Desk, sign_in: SignIn, role: Role | None) -> None:
    person = a_person()
    a_role(person, a_round(slug="elders").id, Role.CLERK)
    if role:
        a_role(person, desk.id, role)
    waiting = ask_to_revoke(desk.id, desk.old, desk.anna)
    client = sign_in(person)
    assert client.get(DESK).status_code == (200 if role in DECIDERS | {Role.AUDITOR} else 403)
    for path in ("nieuwe-code", "late-kiezer", "intrekken", "machtiging", "post"):
        assert client.get(f"{DESK}/{path}").status_code == (200 if role in ASKERS else 403), path
        assert client.post(f"{DESK}/{path}").status_code == (422 if role in ASKERS else 403), path
    assert client.get(f"{DESK}/verzoeken/{waiting}").status_code == (200 if role in DECIDERS else 403)
    assert client.post(f"{DESK}/verzoeken/{waiting}").status_code == (422 if role in DECIDERS else 403)


# Two people enter the same


def ask(client: FlaskClient, desk: Desk, what: str) -> TestResponse:
    fields = {
        "nieuwe-code": {"old": desk.old, "new": desk.new, "checked": "yes"},
        "late-kiezer": {"new": desk.new, "area": "2406", "checked": "yes"},
        "intrekken": {"old": desk.old},
    }
    return client.post(f"{DESK}/{what}", data=fields[what])


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_lost_letter_is_given_anew_by_two_people(desk: Desk, sign_in: SignIn, prefix: str) -> None:
    code, spare = desk.vote.codes[0], desk.vote.spare
    cast_ballot(desk.id, code, ("bank",), KEY)
    page(sign_in(desk.anna).get(f"{prefix}{DESK}/nieuwe-code"))
    told(sign_in(desk.anna), ask(sign_in(desk.anna), desk, "nieuwe-code"))
    (waiting,) = open_requests(desk.id)
    second = sign_in(desk.ben)
    shown = page(second.get(f"{prefix}{DESK}/verzoeken/{waiting.id}"))
    assert desk.old not in shown and desk.new not in shown and "Anna" in shown
    answer = second.post(
        f"{prefix}{DESK}/verzoeken/{waiting.id}", data={"old": desk.old.upper(), "new": f" {desk.new} "}
    )
    told(second, answer)
    assert open_requests(desk.id) == ()
    assert [type(note) for note in notes_of(desk.id, 1)] == [Revocation]
    assert rows()[:2] == (1, 1), "the earlier ballot stands"
    assert refused(cast_ballot, desk.id, code, ("kas",), bytes(16)) == ["vote.code_not_valid"]
    cast_ballot(desk.id, spare, ("kas",), bytes(16))
    assert rows()[:2] == (1, 1), "the new code replaces it"


def test_somebody_who_came_late(desk: Desk, sign_in: SignIn) -> None:
    assert "collega" in told(sign_in(desk.anna), ask(sign_in(desk.anna), desk, "late-kiezer"))
    (waiting,) = open_requests(desk.id)
    second, address = sign_in(desk.council), f"{DESK}/verzoeken/{waiting.id}"
    assert "niet hetzelfde" in words_of(page(second.post(address, data={"new": desk.new, "area": "2405"}), 422))
    assert "De reservecode telt." in told(second, second.post(address, data={"new": desk.new, "area": "2406"}))
    (note,) = notes_of(desk.id, 1)
    assert isinstance(note, Activation) and (note.h.hex(), note.area) == (desk.new, "2406")
    codes = codes_of(desk.id)
    assert codes and (codes.issued, codes.spare, codes.activated, codes.revoked) == (3, 1, 1, 0)


def test_a_code_is_taken_out_of_use(desk: Desk, sign_in: SignIn) -> None:
    cast_ballot(desk.id, desk.vote.codes[0], ("bank",), KEY)
    told(sign_in(desk.anna), ask(sign_in(desk.anna), desk, "intrekken"))
    (waiting,) = open_requests(desk.id)
    second = sign_in(desk.ben)
    told(second, second.post(f"{DESK}/verzoeken/{waiting.id}", data={"old": desk.old}))
    (note,) = notes_of(desk.id, 1)
    assert isinstance(note, Revocation) and (note.old.hex(), note.new) == (desk.old, b"")
    assert refused(cast_ballot, desk.id, desk.vote.codes[0], ("kas",), bytes(16)) == ["vote.code_not_valid"]
    codes = codes_of(desk.id)
    assert codes and (codes.activated, codes.revoked) == (0, 1) and rows()[0] == 1


@pytest.mark.parametrize(
    "entered", [{}, {"old": "x"}, {"new": "", "old": ""}, {"old": "00" * 32, "new": "11" * 32}, "swapped", "only one"]
)
def test_nothing_happens_until_both_entered_the_same(
    desk: Desk, sign_in: SignIn, entered: dict[str, str] | str
) -> None:
    ask(sign_in(desk.anna), desk, "nieuwe-code")
    (waiting,) = open_requests(desk.id)
    if entered == "swapped":
        entered = {"old": desk.new, "new": desk.old}
    elif entered == "only one":
        entered = {"old": desk.old, "new": desk.old}
    answer = sign_in(desk.ben).post(f"{DESK}/verzoeken/{waiting.id}", data=entered)
    page(answer, 422)
    assert open_requests(desk.id) == (waiting,) and notes_of(desk.id, 1) == ()


def test_a_yes_elsewhere_is_not_enough(desk: Desk, sign_in: SignIn) -> None:
    """The page that lists what waits shows nothing of it, and its button does not do it."""
    organiser = a_person()
    a_role(organiser, desk.id, Role.ORGANISER)
    ask(sign_in(desk.anna), desk, "nieuwe-code")
    (waiting,) = open_requests(desk.id)
    listing = "/beheer/rondes/alphen-centrum-2020/bevestigen"
    shown = page(sign_in(organiser).get(listing))
    assert desk.old not in shown and f'{DESK}"' in shown and 'value="yes"' not in shown
    assert sign_in(organiser).post(f"{listing}/{waiting.id}", data={"answer": "yes"}).status_code == 422
    assert open_requests(desk.id) == (waiting,)


def test_nobody_is_their_own_second_person(desk: Desk, sign_in: SignIn) -> None:
    first = sign_in(desk.anna)
    ask(first, desk, "intrekken")
    (waiting,) = open_requests(desk.id)
    address = f"{DESK}/verzoeken/{waiting.id}"
    assert 'name="old"' not in page(first.get(address))
    assert first.post(address, data={"old": desk.old}).status_code == 403
    assert "gaat niet door" in told(first, first.post(address, data={"answer": "no"}))
    assert open_requests(desk.id) == () and notes_of(desk.id, 1) == ()


def test_the_identity_is_looked_at_and_nothing_of_it_is_kept(desk: Desk, sign_in: SignIn) -> None:
    client = sign_in(desk.anna)
    for what, fields in (
        ("nieuwe-code", {"old": desk.old, "new": desk.new}),
        ("late-kiezer", {"new": desk.new, "area": "2405"}),
    ):
        assert "Kijk eerst" in words_of(page(client.post(f"{DESK}/{what}", data=fields), 422))
    ask(client, desk, "nieuwe-code")
    entry = history(f"roll:{desk.id}")[-1]
    assert entry.facts == {"old": desk.old, "new": desk.new, "identity": "checked"}


@pytest.mark.parametrize("number", ["0", "999999", "99999999999999999999"])
def test_a_request_that_is_not_there(desk: Desk, sign_in: SignIn, number: str) -> None:
    assert sign_in(desk.anna).get(f"{DESK}/verzoeken/{number}").status_code == 404


@pytest.mark.parametrize("typed", ["", "x", "00" * 32, "<script>", "brief 17", "\0"])
def test_a_hash_that_is_none_is_mended_on_the_page(desk: Desk, sign_in: SignIn, typed: str) -> None:
    shown = page(sign_in(desk.anna).post(f"{DESK}/intrekken", data={"old": typed}), 422)
    assert 'aria-invalid="true"' in shown and "<script>" not in shown.partition("<main")[2]


# Proxies


def proxy(desk: Desk, name: str, letter: str, born: str = "30-3-1961", seen: bool = True) -> int:
    return record_proxy(desk.id, read_proxy(name, born, letter), seen, desk.anna)


def test_one_person_votes_for_two_others_at_most(desk: Desk) -> None:
    assert [proxy(desk, "De Vries", "17"), proxy(desk, "de vries", "18")] == [1, 2]
    assert refused(proxy, desk, "DE VRIES", "19") == ["proxy.two_already"]
    assert [proxy(desk, "De Vries", "19", "31-3-1961"), proxy(desk, "Bakker", "20")] == [1, 1]
    assert refused(proxy, desk, "Jansen", "20") == ["proxy.letter_already"]
    assert desk_count(desk.id).proxies == 4


def test_the_table_itself_knows_no_third(desk: Desk) -> None:
    proxy(desk, "De Vries", "17")
    (person,) = db.session.scalars(select(ProxyRow.person))
    db.session.rollback()
    for place, letter in ((3, b"other"), (0, b"other"), (1, b"other")):
        with pytest.raises(IntegrityError):
            db.session.execute(insert(ProxyRow).values(round_id=desk.id, person=person, place=place, letter=letter))
        db.session.rollback()


def test_three_letters_at_the_same_moment(app: Flask, desk: Desk) -> None:
    found = together(app, [partial(proxy, desk, "De Vries", letter) for letter in ("17", "18", "19", "20")])
    assert sorted(one for one in found if isinstance(one, int)) == [1, 2]
    assert sum(isinstance(one, Refused) for one in found) == 2 and desk_count(desk.id).proxies == 2


def test_nothing_that_names_somebody_is_kept(desk: Desk) -> None:
    proxy(desk, "Wollewijn", "A-17531")
    note_returned(desk.id, ("B-98642",), desk.anna)
    kept = everything().lower()
    for secret in (b"wollewijn", b"1961-03-30", b"a-17531", b"b-98642"):
        assert secret not in kept
    assert [entry.facts for entry in history(f"desk:{desk.id}")] == [{}, {"letters": 1}]


def test_a_proxy_by_the_page(desk: Desk, sign_in: SignIn) -> None:
    client, good = sign_in(desk.anna), {"name": "De Vries", "born": "30-3-1961", "letter": "17", "seen": "yes"}
    page(client.get(f"{DESK}/machtiging"))
    assert "brief 1 van 2" in told(client, client.post(f"{DESK}/machtiging", data=good))
    for change, words in (
        ({"letter": "18", "seen": ""}, "Bekijk eerst"),
        ({"letter": "18", "born": "gisteren"}, "31-12-1980"),
        ({"letter": "18", "name": "!"}, "achternaam"),
        ({}, "al een machtiging"),
    ):
        shown = page(client.post(f"{DESK}/machtiging", data=good | change), 422)
        assert words in words_of(shown)
    assert desk_count(desk.id).proxies == 1


# Letters that came back


def test_letters_that_came_back_are_counted_once(desk: Desk, sign_in: SignIn) -> None:
    client = sign_in(desk.anna)
    assert "Nieuw genoteerd: 2. Al bekend: 0." in told(
        client, client.post(f"{DESK}/post", data={"letters": "17, 18\n17"})
    )
    assert "Nieuw genoteerd: 1. Al bekend: 2." in told(
        client, client.post(f"{DESK}/post", data={"letters": "17 18 19"})
    )
    assert desk_count(desk.id).returned == 3
    assert "Vul minstens" in words_of(page(client.post(f"{DESK}/post", data={"letters": " "}), 422))


def test_the_same_letters_at_the_same_moment(app: Flask, desk: Desk) -> None:
    found = together(app, [partial(note_returned, desk.id, ("17", "18"), desk.anna)] * 3)
    assert sorted(found, key=str) == [Returned(0, 2), Returned(0, 2), Returned(2, 0)], found


# When


def test_before_the_sealing_the_desk_waits(app: Flask, sign_in: SignIn) -> None:
    round_, clerk = a_round(), a_person()
    a_role(clerk, round_.id, Role.CLERK)
    assert "nog niet verzegeld" in words_of(page(sign_in(clerk).get(DESK)))
    assert refused(note_returned, round_.id, ("17",), clerk) == ["vote.not_sealed"]
    assert sign_in(clerk).post(f"{DESK}/intrekken", data={"old": "00" * 32}).status_code == 409


def test_after_the_close_the_desk_is_shut(desk: Desk, standing_clock: Move) -> None:
    ask_to_revoke(desk.id, desk.old, desk.anna)
    standing_clock(CALENDAR.phases[-1].closes)
    assert refused(confirm, desk.id, desk.ben) == ["desk.closed"]
    assert refused(ask_to_revoke, desk.id, desk.new, desk.anna) == ["desk.closed"]
    assert refused(proxy, desk, "De Vries", "17") == ["proxy.closed"]
    assert note_returned(desk.id, ("17",), desk.anna) == Returned(1, 0), "post comes back later too"


def test_without_the_keys_nothing_is_noted(desk: Desk) -> None:
    lose_keys(desk.vote.round)
    assert refused(proxy, desk, "De Vries", "17") == ["keys.missing"]
    assert refused(note_returned, desk.id, ("17",), desk.anna) == ["keys.missing"]
