"""A round is made, frozen and wound forward; people get roles; the municipality answers questions in its own words."""

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from pb.base.access import Role
from pb.base.refusals import Refused
from pb.base.transaction import transaction
from pb.extensions import db
from pb.office.reads import history
from pb.people.reads import person_by_email
from pb.rounds.acts import (
    advance_clock,
    create_round,
    freeze,
    grant_role,
    mark_published,
    mark_sealed,
    revoke_role,
    save_question,
)
from pb.rounds.models import Round
from pb.rounds.reads import all_rounds, now_of, people_with, questions, roles_of, round_by_id, rounds_of
from pb.rounds.values import OWN_QUESTION_CODES, Question, RoundRecord, RoundRefusal
from tests.conftest import NOW
from tests.factories import a_frame, a_person, a_round, at


def the(round_id: int) -> RoundRecord:
    found = round_by_id(round_id)
    assert found is not None
    return found


def refused(act: Any, *given: Any, **named: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        act(*given, **named)
    return caught.value


def acts_of(round_id: int) -> list[str]:
    return [entry.act for entry in history(f"round:{round_id}")]


def test_who_makes_a_round_organises_it(app: Flask) -> None:
    person = a_person()
    round_ = the(create_round("Zegersloot Begroot", "zegersloot", person))
    assert roles_of(person, round_.id) == {Role.ORGANISER} and rounds_of(person) == {round_.id: {Role.ORGANISER}}
    assert (round_.name, round_.adopted, round_.rehearsal, len(round_.public_id)) == (
        "Zegersloot Begroot",
        False,
        False,
        32,
    )


@pytest.mark.parametrize("slug", ["", "Hoofdletters", "a b", "../x", "x" * 61])
def test_an_address_that_cannot_be(app: Flask, slug: str) -> None:
    assert refused(create_round, "Ronde", slug, None).reasons == (RoundRefusal.SLUG_WRONG(about="slug"),)
    assert all_rounds() == ()


def test_an_address_is_given_once_also_at_the_same_time(app: Flask) -> None:
    barrier, answers = threading.Barrier(2), []

    def make(name: str) -> None:
        with app.app_context():
            barrier.wait()
            try:
                create_round(name, "zelfde", None)
                answers.append("made")
            except Refused as answer:
                answers.append(answer.reasons[0].refusal)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=make, args=(name,)) for name in ("Een", "Twee")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["made", RoundRefusal.SLUG_TAKEN] and len(all_rounds()) == 1


def test_a_round_freezes_once(app: Flask) -> None:
    round_ = a_round()
    for moment in (at(2, 3), at(2, 4)):
        with transaction() as session:
            freeze(session, round_.id, moment)
    assert the(round_.id).frozen_at == at(2, 3) and acts_of(round_.id) == ["freeze"]


def test_sealing_anew_moves_its_moment_and_publishing_does_not(app: Flask) -> None:
    round_ = a_round()
    for moment in (at(5, 20), at(5, 21)):
        with transaction() as session:
            mark_sealed(session, round_, moment)
            mark_published(session, round_, moment)
    assert (the(round_.id).sealed_at, the(round_.id).published_at) == (at(5, 21), at(5, 20))


def test_a_practice_clock_goes_forward_only(app: Flask) -> None:
    round_ = the(create_round("Oefenen", "oefenen", None, rehearsal=True, starts=at(1, 1), frame=a_frame()))
    assert now_of(round_) == at(1, 1)
    odd = datetime(2020, 3, 1, 12, 0, 0, 500_000, tzinfo=UTC)
    advance_clock(round_.id, odd)
    assert odd <= now_of(the(round_.id)) < odd + timedelta(seconds=1)
    assert refused(advance_clock, round_.id, at(2, 1)).reasons == (RoundRefusal.CLOCK_BACK(),)
    assert now_of(the(round_.id)) >= odd


def test_a_real_round_lives_on_the_real_clock(app: Flask) -> None:
    round_ = the(create_round("Echt", "echt", None, starts=at(1, 1)))
    assert now_of(round_) == NOW
    assert refused(advance_clock, round_.id, at(12, 1)).status == 403
    with pytest.raises(IntegrityError), transaction() as session:
        session.execute(update(Round).values(clock_offset=60))


def test_a_role_is_given_once(app: Flask) -> None:
    round_, organiser = a_round(), a_person()
    numbers = {
        grant_role(round_.id, email, Role.JUROR, organiser) for email in ("Kim@Example.org", " kim@example.org ")
    }
    (kim,) = people_with(round_.id, Role.JUROR)
    assert numbers == {kim.id} and person_by_email("kim@example.org") == kim
    assert acts_of(round_.id) == ["grant_role"]
    grant_role(round_.id, "kim@example.org", Role.ASSESSOR, organiser)
    assert roles_of(kim.id, round_.id) == {Role.JUROR, Role.ASSESSOR}


@pytest.mark.parametrize("email", ["", "kim", "kim@", "a b@example.org", "kim@example.org\nBcc: x@example.org"])
def test_a_role_needs_an_address(app: Flask, email: str) -> None:
    round_ = a_round()
    assert refused(grant_role, round_.id, email, Role.JUROR, None).status == 422
    assert people_with(round_.id, Role.JUROR) == ()


def test_a_round_is_never_without_an_organiser(app: Flask) -> None:
    first, second = a_person(), a_person("tweede@example.org")
    round_id = create_round("Ronde", "ronde", first)
    assert refused(revoke_role, round_id, first, Role.ORGANISER, first).reasons == (RoundRefusal.LAST_ORGANISER(),)
    grant_role(round_id, "tweede@example.org", Role.ORGANISER, first)
    revoke_role(round_id, first, Role.ORGANISER, second)
    assert [person.id for person in people_with(round_id, Role.ORGANISER)] == [second]


def test_the_municipality_answers_in_its_own_words(app: Flask) -> None:
    round_, person = a_round(), a_person()
    save_question(round_.id, "paper", "nl", " Op \u202epapier? ", "Ja.\r\nKom langs.", person)
    save_question(round_.id, "paper", "nl", "Op papier?", "Ja.\n\nBel ons.", person)
    save_question(round_.id, OWN_QUESTION_CODES[0], "en", "Parking?", "Behind the church.", person)
    assert questions(round_.id, "nl") == {"paper": Question("Op papier?", "Ja.\n\nBel ons.")}
    assert set(questions(round_.id, "en")) == {OWN_QUESTION_CODES[0]}
    save_question(round_.id, "paper", "nl", "", " ", person)
    assert questions(round_.id, "nl") == {}
    assert acts_of(round_.id) == ["save_question"] * 4


@pytest.mark.parametrize(
    ("code", "question", "answer", "status"),
    [("parkeren", "Waar?", "Daar.", 404), ("paper", "Op papier?", "", 422), ("paper", "", "Ja.", 422)],
)
def test_a_question_that_is_not_kept(app: Flask, code: str, question: str, answer: str, status: int) -> None:
    round_ = a_round()
    assert refused(save_question, round_.id, code, "nl", question, answer, None).status == status
    assert questions(round_.id, "nl") == {}
