"""The winners' pages: for everyone, for followers, for organisers."""

import io
import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from pb.base.access import Role
from pb.base.transaction import transaction
from pb.delivery.acts import begin_projects, post_update, reach_milestone, record_money
from pb.delivery.reads import is_following, project_of, updates_of
from pb.delivery.values import Milestone
from pb.delivery.views.public import project_panel
from pb.office.acts import store_picture
from pb.office.reads import stored_file
from pb.plans.reads import plan_by_id
from pb.rounds.values import RoundRecord
from tests.factories import a_person, a_plan, a_role, a_round, at


@pytest.fixture
def the_round(app: Flask) -> RoundRecord:
    return a_round()


@pytest.fixture
def winner(the_round: RoundRecord) -> int:
    plan = a_plan(the_round.id, a_person(), title="Bank <onder> de boom", code="p1")
    with transaction() as session:
        begin_projects(session, the_round, (plan,), at(7, 3))
    return plan


@pytest.fixture
def organiser(the_round: RoundRecord) -> int:
    person = a_person()
    a_role(person, the_round.id, Role.ORGANISER)
    return person


def manage(round_: RoundRecord, rest: str = "") -> str:
    return f"/beheer/rondes/{round_.slug}/uitvoering{rest}"


def a_picture() -> io.BytesIO:
    sent = io.BytesIO()
    Image.new("RGB", (64, 48), "green").save(sent, "JPEG")
    sent.seek(0)
    return sent


def test_before_the_result_there_are_no_winners(the_round: RoundRecord, client: FlaskClient) -> None:
    answer = client.get(f"/rondes/{the_round.slug}/uitvoering")
    assert answer.status_code == 200 and "nog niet bekend" in answer.text


@pytest.mark.parametrize(("prefix", "words"), [("", ("Voorbereid", "€\u00a05.000")), ("/en", ("Prepared", "€5,000"))])
def test_everybody_sees_winners_stops_and_euros(
    the_round: RoundRecord, winner: int, client: FlaskClient, prefix: str, words: tuple[str, str]
) -> None:
    reach_milestone(winner, a_person(), Milestone.PREPARED)
    record_money(winner, a_person(), 5_000_00)
    text = client.get(f"{prefix}/rondes/{the_round.slug}/uitvoering").text
    assert text.count("<h1>") == 1
    assert all(word in text for word in words)
    assert "Bank &lt;onder&gt; de boom" in text
    assert re.search(r"800.* meer uitgegeven|800 more was spent", text)


@pytest.mark.parametrize("role", [None, *Role])
def test_only_organisers_of_this_round_report(
    the_round: RoundRecord, winner: int, sign_in: Callable[[int], FlaskClient], role: Role | None
) -> None:
    person = a_person()
    if role:
        a_role(person, the_round.id, role)
    a_role(person, a_round(slug="elders").id, Role.ORGANISER)
    client, expected = sign_in(person), 200 if role is Role.ORGANISER else 403
    for page in ("", "/p1"):
        assert client.get(manage(the_round, page)).status_code == expected
    if role is not Role.ORGANISER:
        for deed in ("mijlpaal", "geld", "nieuws"):
            assert client.post(manage(the_round, f"/p1/{deed}")).status_code == 403


def test_an_organiser_of_another_round_reaches_no_winner_here(
    the_round: RoundRecord, winner: int, sign_in: Callable[[int], FlaskClient]
) -> None:
    person, other = a_person(), a_round(slug="elders")
    a_role(person, other.id, Role.ORGANISER)
    answer = sign_in(person).post(manage(other, "/p1/geld"), data={"spent": "1"})
    assert answer.status_code == 404


def test_an_organiser_reports_a_step_and_money(
    the_round: RoundRecord, winner: int, organiser: int, sign_in: Callable[[int], FlaskClient]
) -> None:
    client = sign_in(organiser)
    done = client.post(manage(the_round, "/p1/mijlpaal"), data={"to": "building"}, follow_redirects=True)
    assert "In aanbouw" in done.text and "Bewaard." in done.text
    back = client.post(manage(the_round, "/p1/mijlpaal"), data={"to": "prepared", "reason": ""})
    assert back.status_code == 422 and "Schrijf waarom" in back.text
    assert client.post(manage(the_round, "/p1/mijlpaal"), data={"to": "nergens"}).status_code == 422
    client.post(manage(the_round, "/p1/geld"), data={"spent": "1.250,50"})
    project = project_of(winner)
    assert project is not None and (project.milestone, project.spent) == (Milestone.BUILDING, 1_250_50)
    wrong = client.post(manage(the_round, "/p1/geld"), data={"spent": "veel"})
    assert wrong.status_code == 422 and 'value="veel"' in wrong.text


def test_news_with_a_picture_sent_twice_is_there_once(
    the_round: RoundRecord, winner: int, organiser: int, sign_in: Callable[[int], FlaskClient]
) -> None:
    client, page = sign_in(organiser), manage(the_round, "/p1")
    found = re.search(r'name="form_key" type="hidden" value="(\w{32})"', client.get(page).text)
    assert found
    for _ in range(2):
        sent = {"text": "De bank staat er.", "picture_alt": "Een bank.", "form_key": found[1]}
        client.post(f"{page}/nieuws", data={**sent, "picture": (a_picture(), "bank.jpg")})
    (update,) = updates_of(winner)
    assert update.picture and stored_file(update.picture) and update.picture_alt == "Een bank."


def test_the_page_of_all_winners_shows_the_newest_picture(
    the_round: RoundRecord, winner: int, organiser: int, client: FlaskClient
) -> None:
    other = a_plan(the_round.id, a_person(), title="Tuin", code="p2")
    with transaction() as session:
        begin_projects(session, the_round, (other,), at(7, 3))
    names = [store_picture(a_picture()) for _ in range(2)]
    for name, words in zip(names, ("een hek", "een bank"), strict=True):
        post_update(winner, organiser, f"Je ziet {words}.", name, f"Tekening van {words}")
    post_update(winner, organiser, "Zonder plaatje.")
    page = client.get(f"/rondes/{the_round.slug}/uitvoering").text
    assert page.count("<figure>") == 1 and names[1] in page and names[0] not in page
    assert 'alt="Tekening van een bank"' in page and "Je ziet een bank." in page


def test_a_picture_without_words_is_refused_and_not_kept(
    the_round: RoundRecord, winner: int, organiser: int, sign_in: Callable[[int], FlaskClient]
) -> None:
    sent = {"text": "De bank staat er.", "form_key": "een", "picture": (a_picture(), "bank.jpg")}
    answer = sign_in(organiser).post(manage(the_round, "/p1/nieuws"), data=sent)
    assert answer.status_code == 422 and "Beschrijf wat er op de foto staat" in answer.text
    assert "De bank staat er." in answer.text and updates_of(winner) == ()
    sent = {"text": "Kijk", "picture_alt": "x", "form_key": "een", "picture": (io.BytesIO(b"<svg>"), "bank.svg")}
    assert sign_in(organiser).post(manage(the_round, "/p1/nieuws"), data=sent).status_code == 422


def test_a_neighbour_follows_and_stops(
    the_round: RoundRecord, winner: int, sign_in: Callable[[int], FlaskClient]
) -> None:
    neighbour = a_person()
    address = f"/rondes/{the_round.slug}/plannen/p1"
    client = sign_in(neighbour)
    assert client.post(f"{address}/volgen").location == address
    assert is_following(winner, neighbour)
    assert client.post(f"{address}/niet-volgen").location == address
    assert not is_following(winner, neighbour)
    a_plan(the_round.id, a_person(), code="verloren")
    assert client.post(f"/rondes/{the_round.slug}/plannen/verloren/volgen").status_code == 404


def test_following_asks_to_sign_in(the_round: RoundRecord, winner: int, client: FlaskClient) -> None:
    answer = client.post(f"/rondes/{the_round.slug}/plannen/p1/volgen")
    assert answer.status_code == 302 and "/inloggen" in answer.location


def test_the_panel_of_a_plan_that_won(app: Flask, the_round: RoundRecord, winner: int) -> None:
    post_update(winner, a_person(), "De bank <b>staat</b> er.", form_key="een")
    plan, lost = plan_by_id(winner), plan_by_id(a_plan(the_round.id, a_person()))
    assert plan is not None and lost is not None
    with app.test_request_context(f"/rondes/{the_round.slug}/plannen/p1"):
        text = project_panel(plan, the_round)
        assert "De bank &lt;b&gt;staat&lt;/b&gt; er." in text and "Log in om dit plan te volgen" in text
        assert project_panel(lost, the_round) == ""
