"""Likes and arguments, on both databases: once, in time, by others, and never by name."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import func, select

from pb.base.access import Role
from pb.extensions import db
from pb.office.models import AuditEntry
from pb.office.reads import history, version_of, waiting_mail
from pb.plans.acts import give_argument, hide_argument, like_plan, unlike_plan, withdraw_plan
from pb.plans.models import Like
from pb.plans.reads import arguments_in, arguments_of, likes_plan
from pb.plans.values import PlanRefusal, Side
from pb.rounds.values import RoundRefusal
from tests.factories import a_person, a_plan, a_role, a_round, at
from tests.rooms.test_plans_proposing import at_once, known, refused


@pytest.fixture(autouse=True)
def supporting(app: Flask, standing_clock: Callable[[datetime], None]) -> None:
    standing_clock(at(3, 20))


def test_a_like_counts_once_and_is_taken_back() -> None:
    round_, person = a_round(), a_person()
    plan = a_plan(round_.id, a_person())
    for _ in range(2):
        like_plan(person, plan)
    assert known(plan).likes == 1 and likes_plan(person, plan)
    for _ in range(2):
        unlike_plan(person, plan)
    assert known(plan).likes == 0 and not likes_plan(person, plan)
    like_plan(person, plan)
    assert known(plan).likes == 1


def test_the_same_like_twenty_times_at_once_is_one(app: Flask) -> None:
    round_, person = a_round(), a_person()
    plan = a_plan(round_.id, a_person())
    before = version_of(round_.id)
    assert not at_once(app, [lambda: like_plan(person, plan)] * 20)
    assert known(plan).likes == 1
    assert version_of(round_.id) == before + 1


def test_likes_of_many_at_once_are_all_there(app: Flask) -> None:
    round_, people = a_round(), [a_person() for _ in range(12)]
    plan = a_plan(round_.id, a_person())
    assert not at_once(app, [lambda person=person: like_plan(person, plan) for person in people])
    assert known(plan).likes == 12


def test_no_trail_says_who_likes_or_argues() -> None:
    round_, person = a_round(), a_person()
    plan = a_plan(round_.id, a_person())
    like_plan(person, plan)
    unlike_plan(person, plan)
    like_plan(person, plan)
    give_argument(person, plan, Side.FOR, "Mooi", "Jo")
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.scope == round_.id)).all()
    assert len(entries) == 4 and {entry.actor for entry in entries} == {None}
    assert str(person) not in "".join(str(entry.facts) for entry in entries)
    assert history(f"plan:{plan}") == ()


@pytest.mark.parametrize("moment", [at(1, 31), at(4, 5), at(6, 1)])
def test_outside_the_phases_nothing_is_liked_or_argued(
    moment: datetime, standing_clock: Callable[[datetime], None]
) -> None:
    round_, person = a_round(), a_person()
    plan = a_plan(round_.id, a_person())
    like_plan(person, plan)
    standing_clock(moment)
    wanted = {RoundRefusal.PHASE_AHEAD if moment < at(2, 1) else RoundRefusal.PHASE_OVER}
    for deed in (
        lambda: like_plan(a_person(), plan),
        lambda: unlike_plan(person, plan),
        lambda: give_argument(person, plan, Side.FOR, "Mooi", "Jo"),
    ):
        assert refused(deed) == (wanted, 422)
    assert db.session.scalar(select(func.count()).select_from(Like)) == 1


def test_likes_are_open_while_people_still_propose(standing_clock: Callable[[datetime], None]) -> None:
    plan = a_plan(a_round().id, a_person())
    standing_clock(at(2, 10))
    like_plan(a_person(), plan)
    assert known(plan).likes == 1


def test_what_cannot_be_liked() -> None:
    round_, person = a_round(), a_person()
    own, draft = a_plan(round_.id, person), a_plan(round_.id, a_person(), state="draft", submitted_at=None)
    proposer = a_person()
    gone = a_plan(round_.id, proposer)
    withdraw_plan(proposer, gone)
    assert refused(lambda: like_plan(person, own)) == ({PlanRefusal.OWN_PLAN}, 422)
    assert refused(lambda: like_plan(person, draft)) == ({PlanRefusal.UNKNOWN}, 404)
    assert refused(lambda: like_plan(person, gone)) == ({PlanRefusal.WITHDRAWN}, 409)
    assert refused(lambda: like_plan(person, 10**9)) == ({PlanRefusal.UNKNOWN}, 404)


def test_an_argument_is_kept_clean_and_once() -> None:
    round_, person = a_round(), a_person()
    plan = a_plan(round_.id, a_person())
    for _ in range(2):
        give_argument(person, plan, Side.AGAINST, " Te\x00 duur\r\n\u202e", " Ruud\n")
    give_argument(person, plan, Side.FOR, "Te duur", "Ruud")
    found = arguments_of(plan)
    assert [(one.side, one.text, one.public_name) for one in found] == [
        (Side.AGAINST, "Te duur", "Ruud"),
        (Side.FOR, "Te duur", "Ruud"),
    ]


def test_the_proposer_is_marked_and_nobody_floods() -> None:
    round_, proposer, person = a_round(), a_person(), a_person()
    plan = a_plan(round_.id, proposer)
    give_argument(proposer, plan, Side.FOR, "Van mij", "Sam")
    for number in range(10):
        give_argument(person, plan, Side.FOR, f"Reden {number}", "Jo")
    flood = lambda: give_argument(person, plan, Side.FOR, "Nog een", "Jo")  # noqa: E731 - one line
    assert refused(flood) == ({PlanRefusal.TOO_MANY_ARGUMENTS}, 422)
    assert [one.by_proposer for one in arguments_of(plan)] == [True] + [False] * 10


def test_something_personal_in_an_argument_is_pointed_out() -> None:
    round_, person = a_round(), a_person()
    plan = a_plan(round_.id, a_person())
    say = lambda **sure: give_argument(person, plan, Side.FOR, "Bel 06-12345678", "Jo", **sure)  # noqa: E731 - one line
    assert refused(say) == ({PlanRefusal.PERSONAL_DATA}, 422)
    say(sure=True)
    assert len(arguments_of(plan)) == 1


def test_hiding_tells_the_writer_and_leaves_a_public_trace() -> None:
    round_, organiser, writer = a_round(), a_person(), a_person("jo@example.org")
    a_role(organiser, round_.id, Role.ORGANISER)
    plan = a_plan(round_.id, a_person())
    give_argument(writer, plan, Side.FOR, "Onaardig", "Jo")
    number = arguments_of(plan)[0].id
    assert refused(lambda: hide_argument(number, organiser, " \n")) == ({PlanRefusal.REASON_MISSING}, 422)
    hide_argument(number, organiser, "Beledigend")
    assert arguments_of(plan) == () and arguments_in(round_.id)[0].hidden_reason == "Beledigend"
    assert [(entry.act, entry.facts) for entry in history(f"plan:{plan}")] == [
        ("hide_argument", {"reason": "Beledigend"})
    ]
    (mail,) = waiting_mail()
    assert mail.recipient == "jo@example.org" and "Onaardig" in mail.body and "Beledigend" in mail.body
    assert refused(lambda: hide_argument(number, organiser, "Nog eens")) == ({PlanRefusal.HIDDEN_ALREADY}, 422)
    assert refused(lambda: hide_argument(10**9, organiser, "x")) == ({PlanRefusal.ARGUMENT_UNKNOWN}, 404)


def test_an_argument_that_was_hidden_does_not_come_back_by_repeating_it() -> None:
    round_, writer = a_round(), a_person()
    plan = a_plan(round_.id, a_person())
    give_argument(writer, plan, Side.FOR, "Onaardig", "Jo")
    hide_argument(arguments_of(plan)[0].id, a_person(), "Beledigend")
    give_argument(writer, plan, Side.FOR, "Onaardig", "Jo")
    assert arguments_of(plan) == ()
