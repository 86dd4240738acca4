"""The credential file at the site: whole or not at all, only before the seal, and the numbers that come of it."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from pb.base.hashing import credential_of, token_of, tree_root
from pb.base.refusals import Refused
from pb.base.transaction import transaction
from pb.extensions import db
from pb.office.reads import history
from pb.office.values import MunicipalityRecord
from pb.roll.acts import take_credentials
from pb.roll.files import committed_line, read_credentials, write_credentials
from pb.roll.issue import issue
from pb.roll.models import CredentialRow
from pb.roll.parameters import parameters_of
from pb.roll.reads import credential_root, find_credential, roll_summary
from pb.roll.register import read_register
from pb.roll.values import Credential, CredentialKind, RollRefusal, StyleCount
from pb.rounds.acts import create_round, mark_sealed
from pb.rounds.values import Pot, PotKind, RoundRecord
from tests.doors import SIGN_IN
from tests.factories import a_frame, a_person, a_round, at
from tests.roll import a_file, a_line, a_register, people, some_parameters

AREAS = a_frame(
    pot_kind=PotKind.AREA,
    pots=(Pot("oost", "Oost", 10_000_00, ("2405",)), Pot("west", "West", 20_000_00, ("2406 AB",))),
)

OFFICE = MunicipalityRecord("Begroot", "Gemeente", "14 0172", "ma t/m vr", "Stadhuisplein 1", "x@example.org")


def take(round_: RoundRecord, content: bytes, by: int | None = None) -> int:
    return take_credentials(round_.id, io.BytesIO(content), by or a_person())


def refused(act: Callable[..., Any], *given: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        act(*given)
    return caught.value


def rows() -> int:
    return db.session.scalar(select(func.count()).select_from(CredentialRow)) or 0


def test_a_file_is_taken(app: Flask) -> None:
    round_, person = a_round(), a_person()
    assert take(round_, a_file(round_), person) == 62
    roll = roll_summary(round_.id)
    assert roll.styles == {"all": StyleCount(60, 2)} and roll.areas == {"Hoge Zijde": 60}
    (entry,) = history(f"roll:{round_.id}")
    assert (entry.act, entry.actor, entry.facts) == ("take_credentials", person, {"issued": 60, "spare": 2})


def test_a_code_of_a_letter_is_found_and_is_its_own_slot(app: Flask) -> None:
    round_ = a_round()
    parameters = some_parameters(round=round_.public_id)
    made = issue(read_register(a_register([a_line()]), parameters), parameters, 1)
    take(round_, made.credential_file())
    letter, spare = made.letters
    h = credential_of(token_of(round_.public_id, letter.code))
    found = find_credential(db.session(), round_.id, h)
    assert found and (found.slot, found.style, found.alive) == (h, "all", True)
    asleep = find_credential(db.session(), round_.id, credential_of(token_of(round_.public_id, spare.code)))
    assert asleep and (asleep.kind, asleep.alive, asleep.area) == (CredentialKind.SPARE, False, "")
    assert find_credential(db.session(), a_round(slug="elders").id, h) is None


def test_the_root_is_over_the_lines_of_the_file(app: Flask) -> None:
    round_ = a_round()
    content = a_file(round_)
    take(round_, content)
    lines = [committed_line(one) for one in read_credentials(io.BytesIO(content), round_.public_id, ["all"])]
    assert credential_root(round_.id) == tree_root(lines)
    assert credential_root(a_round(slug="elders").id) == tree_root([])


def test_a_new_file_replaces_the_earlier_one_and_no_other_rounds(app: Flask) -> None:
    round_, other = a_round(), a_round(slug="elders")
    take(round_, a_file(round_, 60))
    take(other, a_file(other, 55))
    take(round_, a_file(round_, 50, 0))
    assert roll_summary(round_.id).issued == 50 and roll_summary(other.id).issued == 55
    assert rows() == 50 + 57


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: content[:-30],
        lambda content: content.replace(b"issued", b"given", 1),
        lambda content: content.replace(b",all,", b",none,", 1),
        lambda content: content.decode().encode("utf-16"),
        lambda content: b"",
        lambda content: b"\xff" * 1000,
        lambda content: content.replace(b"\n", b";\n"),
    ],
)
def test_all_or_nothing(app: Flask, spoil: Callable[[bytes], bytes]) -> None:
    round_ = a_round()
    take(round_, a_file(round_, 51, 0))
    root = credential_root(round_.id)
    assert refused(take, round_, spoil(a_file(round_))).status == 422
    assert credential_root(round_.id) == root and rows() == 51


def test_a_file_of_another_round_is_not_taken(app: Flask) -> None:
    round_, other = a_round(), a_round(slug="elders")
    assert refused(take, round_, a_file(other)).reasons == (RollRefusal.OTHER_ROUND(about="file"),)
    assert rows() == 0


def test_a_sealed_roll_never_changes(app: Flask) -> None:
    round_ = a_round()
    take(round_, a_file(round_))
    root = credential_root(round_.id)
    with transaction() as session:
        mark_sealed(session, round_, at(5, 20))
    assert refused(take, round_, a_file(round_)).reasons == (RollRefusal.SEALED(),)
    assert credential_root(round_.id) == root


def test_a_roll_that_is_sealed_while_its_file_is_read_does_not_change(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    round_ = a_round()
    content, person = a_file(round_), a_person()

    def read_slowly(*given: Any) -> tuple[Credential, ...]:
        with transaction() as session:
            mark_sealed(session, round_, at(5, 20))
        return read_credentials(*given)

    monkeypatch.setattr("pb.roll.acts.read_credentials", read_slowly)
    answer = refused(take, round_, content, person)
    assert (answer.status, answer.reasons) == (409, (RollRefusal.SEALED(),)) and rows() == 0


def test_a_draft_has_no_roll(app: Flask) -> None:
    person = a_person()
    number = create_round("Ronde", "ronde", person)
    answer = refused(take_credentials, number, io.BytesIO(b""), person)
    assert answer.reasons == (RollRefusal.NOT_ADOPTED(),)
    assert refused(take_credentials, 4711, io.BytesIO(b""), person).status == 404


def test_each_area_has_its_ballot_style(app: Flask) -> None:
    round_ = a_round(AREAS)
    parameters = parameters_of(round_, OFFICE, {"nl": "https://x/stemmen", "en": "https://x/en/stemmen"})
    assert parameters.styles == {"oost": ("2405",), "west": ("2406 AB",)}
    lines = [*people(3, area="Oud"), *people(2, 100, area="Nieuw", postcode="2406 AB")]
    made = issue(read_register(a_register(lines), parameters), parameters, 1)
    take(round_, made.credential_file())
    assert roll_summary(round_.id).styles == {"oost": StyleCount(3, 1), "west": StyleCount(2, 1)}


def test_very_many_are_taken_in_parts(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pb.roll.acts.ROWS_AT_ONCE", 7)
    round_ = a_round()
    made = [Credential(bytes([number]) * 32, "all", CredentialKind.ISSUED, "Oost", "18-34") for number in range(50)]
    assert take(round_, write_credentials(round_.public_id, made)) == 50 == rows()
    assert roll_summary(round_.id).ages == {"18-34": 50}


def test_where_nobody_votes_with_a_code_no_roll_is_taken(app: Flask) -> None:
    round_ = a_round(a_frame(door=SIGN_IN))
    assert [reason.refusal for reason in refused(take, round_, a_file(round_)).reasons] == [RollRefusal.NO_CODES]
    assert rows() == 0
