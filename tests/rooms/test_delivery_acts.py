"""Winners become projects; what organisers report is kept, recorded and mailed to followers once."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask

from pb.base.refusals import Refused
from pb.base.transaction import transaction
from pb.delivery.acts import follow, post_update, reach_milestone, record_money, unfollow
from pb.delivery.reads import is_following, project_of, projects, updates_of
from pb.delivery.values import DeliveryRefusal, Milestone
from pb.office.reads import history, waiting_mail
from pb.results.events import result_published
from pb.rounds.values import RoundRecord
from tests.factories import a_person, a_plan, a_round, at

AFTER = at(9, 1)


@pytest.fixture
def the_round(app: Flask, standing_clock: Callable[[datetime], None]) -> RoundRecord:
    standing_clock(AFTER)
    return a_round()


@pytest.fixture
def winners(the_round: RoundRecord) -> tuple[int, int]:
    proposers = a_person("een@example.org"), a_person("twee@example.org")
    first = a_plan(the_round.id, proposers[0], title="Bank", asked=4_200_00, code="p2")
    second = a_plan(the_round.id, proposers[1], title="Boom", asked=900_00, code="p1")
    a_plan(the_round.id, a_person(), title="Verloren", code="p3")
    published(the_round, first, second)
    return first, second


def published(round_: RoundRecord, *winners: int) -> None:
    with transaction() as session:
        result_published.send(None, session=session, round=round_, winners=winners, now=at(7, 3))


def refusals(deed: Callable[[], None]) -> list[str]:
    with pytest.raises(Refused) as caught:
        deed()
    return [reason.refusal for reason in caught.value.reasons]


def test_a_published_result_makes_projects_once(the_round: RoundRecord, winners: tuple[int, int]) -> None:
    published(the_round, *winners)
    found = projects(the_round.id)
    assert [project.plan.title for project in found] == ["Bank", "Boom"], "in the order of the result"
    assert [(project.awarded, project.spent) for project in found] == [(4_200_00, 0), (900_00, 0)]
    assert {project.milestone for project in found} == {Milestone.CHOSEN}
    assert found[0].reached == {Milestone.CHOSEN: at(7, 3)}
    assert [entry.act for entry in history(f"plan:{winners[0]}")] == ["begin_project"]


def test_a_plan_that_lost_has_no_project(the_round: RoundRecord, winners: tuple[int, int]) -> None:
    lost = a_plan(the_round.id, a_person())
    assert project_of(lost) is None
    deeds: list[Callable[[], None]] = [
        lambda: reach_milestone(lost, 1, Milestone.DONE),
        lambda: post_update(lost, 1, "Nieuws", form_key="k"),
        lambda: record_money(lost, 1, 5),
        lambda: follow(lost, 1),
        lambda: unfollow(lost, 1),
    ]
    for deed in deeds:
        assert refusals(deed) == [DeliveryRefusal.NO_PROJECT]


def test_milestones_go_forward_and_back_with_a_reason(winners: tuple[int, int]) -> None:
    plan, organiser = winners[0], a_person()
    reach_milestone(plan, organiser, Milestone.BUILDING)
    assert refusals(lambda: reach_milestone(plan, organiser, Milestone.BUILDING)) == [DeliveryRefusal.ALREADY_THERE]
    back = lambda reason: reach_milestone(plan, organiser, Milestone.PREPARED, reason)  # noqa: E731
    assert refusals(lambda: back(" \u200b")) == [DeliveryRefusal.BACK_WITHOUT_REASON]
    back("De vergunning moest opnieuw.")
    project = project_of(plan)
    assert project is not None and project.milestone is Milestone.PREPARED
    assert project.reached == {Milestone.CHOSEN: at(7, 3), Milestone.PREPARED: AFTER}
    assert [entry.facts.get("milestone") for entry in history(f"plan:{plan}")] == [None, "building", "prepared"]
    assert [mail.subject for mail in waiting_mail()] == ["“Bank”: In aanbouw", "“Bank”: Voorbereid"]
    assert "De vergunning moest opnieuw." in waiting_mail()[1].body


def test_news_is_mailed_to_followers_once(winners: tuple[int, int]) -> None:
    plan, neighbour = winners[0], a_person("buur@example.org")
    follow(plan, neighbour)
    follow(plan, neighbour)
    post_update(plan, a_person(), "De bank staat er.\u202e", form_key="een")
    post_update(plan, a_person(), "De bank staat er.", form_key="een")
    assert [update.text for update in updates_of(plan)] == ["De bank staat er."]
    assert sorted(mail.recipient for mail in waiting_mail()) == ["buur@example.org", "een@example.org"]
    assert all("De bank staat er." in mail.body and "/plannen/p2" in mail.body for mail in waiting_mail())


def test_followers_stop_when_they_want(winners: tuple[int, int]) -> None:
    plan, neighbour = winners[0], a_person("buur@example.org")
    follow(plan, neighbour)
    assert is_following(plan, neighbour) and not is_following(winners[1], neighbour)
    unfollow(plan, neighbour)
    unfollow(plan, neighbour)
    assert not is_following(plan, neighbour)
    post_update(plan, a_person(), "Nieuws.", form_key="een")
    assert [mail.recipient for mail in waiting_mail()] == ["een@example.org"], "the proposer follows from the start"


def test_following_is_in_no_public_history(winners: tuple[int, int]) -> None:
    plan, neighbour = winners[0], a_person()
    follow(plan, neighbour)
    unfollow(plan, neighbour)
    assert [entry.act for entry in history(f"plan:{plan}")] == ["begin_project"]


def test_money_is_recorded_as_it_is(winners: tuple[int, int]) -> None:
    plan, organiser = winners[0], a_person()
    record_money(plan, organiser, 5_000_01)
    project = project_of(plan)
    assert project is not None and (project.spent, project.overspent) == (5_000_01, 800_01)
    assert refusals(lambda: record_money(plan, organiser, -1)) == [DeliveryRefusal.NEGATIVE]
    assert history(f"plan:{plan}")[-1].facts == {"spent": 5_000_01}


@pytest.mark.parametrize(
    ("text", "picture", "expected"),
    [("  ", None, DeliveryRefusal.TEXT_MISSING), ("Nieuws", "ab", DeliveryRefusal.PICTURE_WITHOUT_WORDS)],
)
def test_news_must_be_whole(winners: tuple[int, int], text: str, picture: str | None, expected: str) -> None:
    assert refusals(lambda: post_update(winners[0], 1, text, picture, form_key="een")) == [expected]
    assert updates_of(winners[0]) == () and not waiting_mail()
