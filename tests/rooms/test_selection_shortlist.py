"""The shortlist: published once, by people with a motivation or by the rule; what everybody sees of it."""

from collections.abc import Callable
from datetime import datetime
from threading import Barrier, Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, update

from pb.base.access import Role
from pb.base.refusals import Refused
from pb.base.transaction import transaction
from pb.extensions import db
from pb.office.reads import history
from pb.plans.models import Plan
from pb.plans.reads import plan_by_id
from pb.rounds.values import SelectionBy
from pb.selection.acts import leave_shortlist, publish_shortlist, submit_scores
from pb.selection.events import shortlist_published
from pb.selection.reads import funnel, selection_of, shortlist, standings
from pb.selection.rules.shortlist import lot_order
from pb.selection.values import Candidate, ChosenBy, Funnel, SelectionRefusal, Standing
from tests.factories import a_person, a_plan, a_role, a_round, at
from tests.selection import SELECTING, Jury, a_jury, judged, scored


@pytest.fixture(autouse=True)
def selecting(app: Flask, standing_clock: Callable[[datetime], None]) -> None:
    standing_clock(SELECTING)


def refusals(jury: Jury, chosen: tuple[int, ...] = (), motivations: dict[int, str] | None = None) -> list[str]:
    with pytest.raises(Refused) as caught:
        publish_shortlist(jury.round_.id, jury.organiser, chosen, motivations)
    return [reason.refusal for reason in caught.value.reasons]


def done(jury: Jury) -> Jury:
    for juror in jury.jurors:
        scored(jury, juror, *[4] * len(jury.plans))
        submit_scores(jury.round_.id, juror)
    return jury


def because(*plans: int) -> dict[int, str]:
    return dict.fromkeys(plans, "Goed voor de buurt.")


def test_a_jury_chooses_with_a_motivation() -> None:
    jury = done(a_jury())
    first, _, third = jury.plans
    heard: list[tuple[int, ...]] = []

    def hear(_sender: object, plans: tuple[int, ...], **_facts: object) -> None:
        heard.append(plans)

    with shortlist_published.connected_to(hear):
        publish_shortlist(jury.round_.id, jury.organiser, (third, first), because(first, third))
    assert [plan.code for plan in shortlist(jury.round_.id)] == ["p1", "p3"]
    assert {frozenset(plans) for plans in heard} == {frozenset({first, third})}
    found = selection_of(jury.round_.id)
    assert found is not None
    assert (found.chosen_by, found.motivations, found.lot_seed) == (ChosenBy.JURY, because(first, third), None)
    assert list(standings(jury.round_, SELECTING).values()) == [
        Standing.ON_SHORTLIST,
        Standing.NOT_SELECTED,
        Standing.ON_SHORTLIST,
    ]
    assert funnel(jury.round_, SELECTING) == Funnel(3, 3, 3, 2)
    assert [entry.act for entry in history(f"round:{jury.round_.id}")] == ["publish_shortlist"]


def test_what_a_jury_cannot_publish() -> None:
    jury = a_jury()
    first, second, third = jury.plans
    assert refusals(jury, (first, second), because(first, second)) == [SelectionRefusal.JURY_NOT_DONE]
    done(jury)
    assert refusals(jury) == [SelectionRefusal.WRONG_NUMBER]
    assert refusals(jury, jury.plans, because(*jury.plans)) == [SelectionRefusal.WRONG_NUMBER]
    assert refusals(jury, (first, second), because(first)) == [SelectionRefusal.MOTIVATION_MISSING]
    assert refusals(jury, (first, second), {first: "Goed.", second: " \u200b "}) == [
        SelectionRefusal.MOTIVATION_MISSING
    ]
    elsewhere = a_plan(a_round(slug="elders").id, a_person(), likes=2)
    assert refusals(jury, (first, elsewhere), because(first, elsewhere)) == [SelectionRefusal.NOT_A_CANDIDATE]
    waiting = a_plan(jury.round_.id, a_person(), likes=2)
    assert refusals(jury, (first, second), because(first, second)) == [SelectionRefusal.PLANS_UNJUDGED]
    judged(jury.round_.id, waiting, jury.organiser, feasible=False, reason="Te duur.")
    publish_shortlist(jury.round_.id, jury.organiser, (first, third), because(first, third))
    assert refusals(jury, (first, second), because(first, second)) == [SelectionRefusal.ALREADY_PUBLISHED]
    assert [plan.id for plan in shortlist(jury.round_.id)] == [first, third]


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (at(4, 30), SelectionRefusal.TOO_EARLY),
        (at(5, 20), None),
        (at(5, 27), SelectionRefusal.VOTE_HAS_BEGUN),
    ],
)
def test_the_hours_of_publishing(
    standing_clock: Callable[[datetime], None], moment: datetime, expected: str | None
) -> None:
    jury = a_jury(places=3)
    standing_clock(moment)
    if expected:
        assert refusals(jury) == [expected]
    else:
        publish_shortlist(jury.round_.id, jury.organiser)
        assert len(shortlist(jury.round_.id)) == 3


def test_a_committee_needs_no_scores() -> None:
    jury = a_jury(by=SelectionBy.COMMITTEE)
    publish_shortlist(jury.round_.id, jury.organiser, jury.plans[1:], because(*jury.plans[1:]))
    found = selection_of(jury.round_.id)
    assert found is not None and found.chosen_by is ChosenBy.COMMITTEE


def test_where_all_plans_fit_the_rule_takes_them_all() -> None:
    jury = a_jury(places=20)
    assert refusals(jury, jury.plans[:1]) == [SelectionRefusal.RULE_DECIDES]
    publish_shortlist(jury.round_.id, jury.organiser, jury.plans)
    found = selection_of(jury.round_.id)
    assert found is not None and (found.chosen_by, set(found.motivations)) == (ChosenBy.ALL, set(jury.plans))


def test_the_most_likes_without_a_tie() -> None:
    jury = a_jury(by=SelectionBy.MOST_LIKES)
    publish_shortlist(jury.round_.id, jury.organiser)
    found = selection_of(jury.round_.id)
    assert found is not None and (found.tie, found.lot_seed) == (None, None)
    assert [plan.code for plan in shortlist(jury.round_.id)] == ["p2", "p3"]


def test_a_tie_in_likes_and_cost_is_drawn_and_can_be_repeated() -> None:
    jury = a_jury(by=SelectionBy.MOST_LIKES, likes=(3, 2, 2, 2))
    publish_shortlist(jury.round_.id, jury.organiser)
    found = selection_of(jury.round_.id)
    assert found is not None and found.tie is not None and found.lot_seed is not None
    assert (set(found.tie.tied), found.tie.places) == (set(jury.plans[1:]), 1)
    looked_at = [Candidate(plan, f"p{number}", 2, 1) for number, plan in enumerate(jury.plans, start=1)]
    drawn = lot_order(looked_at, jury.round_.public_id, bytes.fromhex(found.lot_seed))
    winner = next(plan for plan in drawn if plan in found.tie.tied)
    assert set(found.motivations) == {jury.plans[0], winner}
    assert history(f"round:{jury.round_.id}")[0].facts["seed"] == found.lot_seed


def test_a_tie_in_likes_goes_to_the_lower_cost_without_a_lot(client: FlaskClient) -> None:
    jury = a_jury(by=SelectionBy.MOST_LIKES, likes=(3, 2, 2))
    with transaction() as session:
        session.execute(update(Plan).where(Plan.id == jury.plans[2]).values(asked=100_00))
    publish_shortlist(jury.round_.id, jury.organiser)
    found = selection_of(jury.round_.id)
    assert found is not None and found.tie is not None and found.lot_seed is None
    assert set(found.motivations) == {jury.plans[0], jury.plans[2]}
    text = client.get(f"/rondes/{jury.round_.slug}/stemlijst").text
    assert "Een gelijke stand" in text and "goedkoopste plan" in text


def test_nothing_feasible_is_no_shortlist() -> None:
    jury = a_jury(likes=(1, 1))
    assert refusals(jury) == [SelectionRefusal.NOTHING_FEASIBLE]
    assert shortlist(jury.round_.id) == ()


def test_a_withdrawn_plan_leaves_its_place_empty(client: FlaskClient) -> None:
    jury = a_jury(places=3)
    publish_shortlist(jury.round_.id, jury.organiser)
    plan = plan_by_id(jury.plans[0])
    assert plan is not None
    for _ in range(2):
        with transaction() as session:
            session.execute(update(Plan).where(Plan.id == plan.id).values(state="withdrawn"))
            leave_shortlist(session, plan, SELECTING)
    assert [one.code for one in shortlist(jury.round_.id)] == ["p2", "p3"]
    found = selection_of(jury.round_.id)
    assert found is not None and found.withdrawn == {plan.id}
    assert [entry.act for entry in history(f"plan:{plan.id}")] == ["enter_shortlist", "leave_shortlist"]
    text = client.get(f"/rondes/{jury.round_.slug}/stemlijst").text
    assert "“Plan 1” is door de indiener ingetrokken" in text


def test_two_presses_at_once_publish_once(app: Flask) -> None:
    jury, together = a_jury(by=SelectionBy.MOST_LIKES, likes=(2, 2, 2)), Barrier(2)
    refused: list[Refused] = []

    def publish() -> None:
        with app.app_context():
            together.wait(5)
            try:
                publish_shortlist(jury.round_.id, jury.organiser)
            except Refused as error:
                refused.append(error)
            db.session.remove()

    threads = [Thread(target=publish) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    db.session.rollback()
    assert [error.reasons[0].refusal for error in refused] == [SelectionRefusal.ALREADY_PUBLISHED]
    assert len(history(f"round:{jury.round_.id}")) == 1 and len(shortlist(jury.round_.id)) == 2


@pytest.mark.parametrize("role", [None, *Role])
def test_only_organisers_of_this_round_choose(sign_in: Callable[[int], FlaskClient], role: Role | None) -> None:
    jury, person = a_jury(), a_person()
    if role:
        a_role(person, jury.round_.id, role)
    a_role(person, a_round(slug="elders").id, Role.ORGANISER)
    client, page = sign_in(person), f"/beheer/rondes/{jury.round_.slug}/stemlijst"
    assert client.get(page).status_code == (200 if role is Role.ORGANISER else 403)
    if role is not Role.ORGANISER:
        assert client.post(page).status_code == 403


def test_an_organiser_publishes_in_a_browser(sign_in: Callable[[int], FlaskClient]) -> None:
    jury = done(a_jury())
    client, page = sign_in(jury.organiser), f"/beheer/rondes/{jury.round_.slug}/stemlijst"
    assert "Kies 2 plannen" in client.get(page).text
    first, second, _ = jury.plans
    filled = {"chosen": [str(first), str(second)], f"motivation-{first}": "Schaduw voor iedereen."}
    refused = client.post(page, data=filled)
    assert refused.status_code == 422 and "waarom het gekozen is" in refused.text
    assert "Schaduw voor iedereen." in refused.text and refused.text.count(" checked>") == 2, "nothing typed is lost"
    published = client.post(page, data=filled | {f"motivation-{second}": "Water."}, follow_redirects=True)
    assert published.status_code == 200
    assert "Schaduw voor iedereen." in published.text and "Een jury koos ze" in published.text
    assert client.post(page, data=filled).status_code == 409
    assert "is gepubliceerd op" in client.get(page).text


def test_everybody_reads_why_plans_fell_out(client: FlaskClient) -> None:
    jury = done(a_jury())
    a_plan(jury.round_.id, a_person(), title="Geen likes", likes=1)
    no = a_plan(jury.round_.id, a_person(), title="Zwembad", likes=2)
    judged(jury.round_.id, no, jury.organiser, feasible=False, reason="Er is geen plek voor <water>.")
    page = f"/rondes/{jury.round_.slug}/stemlijst"
    assert "We weten nog niet" in client.get(page).text
    publish_shortlist(jury.round_.id, jury.organiser, jury.plans[:2], because(*jury.plans[:2]))
    text = client.get(page).text
    for anchor in ("te-weinig-likes", "niet-haalbaar", "niet-gekozen"):
        assert f'id="{anchor}"' in text
    assert "Er is geen plek voor &lt;water&gt;." in text and "1 like" in text
    assert client.get(f"/en{page}").text.count("<h1>") == 1
    assert "Plans you can vote for" in client.get(f"/en{page}").text


def test_standings_cost_few_statements_however_many_plans(app: Flask) -> None:
    jury = a_jury(likes=(2,) * 9)
    asked: list[str] = []

    def count(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        assert len(standings(jury.round_, SELECTING)) == 9
    finally:
        event.remove(db.engine, "before_cursor_execute", count)
    assert len(asked) <= 3
