"""Who may open which page of a round's management, and the two people on their page."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest
from flask.testing import FlaskClient

from pb.base.access import Role
from pb.base.transaction import transaction
from pb.rounds.acts import ask_adoption, ask_amendment, change_frame, confirm_request, create_round
from pb.rounds.acts import request_second_person as ask
from pb.rounds.reads import moment_of, open_requests, people_with, questions, round_by_id, round_by_slug
from pb.rounds.rules import DESK
from pb.rounds.values import Decision, Question, TwoPersonDeed
from tests.factories import CALENDAR, a_frame, a_person, a_role, a_round, at
from tests.pages import page, words_of

SignIn = Callable[[int], FlaskClient]
DECISION = Decision("De gemeenteraad", date(2020, 1, 20), "2020-17", "https://raad.example.org/2020-17")
LATER = replace(
    CALENDAR, phases=(*CALENDAR.phases[:-1], replace(CALENDAR.phases[-1], closes=at(7, 1))), result=at(7, 6)
)
MANAGE = "/beheer/rondes/alphen-centrum-2020"
PAGES = {
    "": set(Role),
    "/kader": {Role.ORGANISER},
    "/kader/voorbeeld": {Role.ORGANISER},
    "/kader/geld": {Role.ORGANISER},
    "/rollen": {Role.ORGANISER},
    "/bevestigen": {Role.ORGANISER, Role.COUNCIL},
    "/wijziging": {Role.ORGANISER},
    "/vragen": {Role.ORGANISER},
    "/vragen/paper/nl": {Role.ORGANISER},
}
DEEDS = ("/kader", "/kader/geld", "/rollen", "/rollen/afnemen", "/bevestigen/1", "/wijziging", "/vragen/paper/nl")


def adopted() -> tuple[int, int, int]:
    """A round that two organisers adopted in January."""
    first, second = a_person(name="Anna"), a_person(name="Bob")
    round_id = create_round("Alphen", "alphen-centrum-2020", first, frame=a_frame())
    a_role(second, round_id, Role.ORGANISER)
    confirm_request(ask_adoption(round_id, DECISION, first), second)
    return round_id, first, second


@pytest.mark.parametrize("role", [*Role, None])
def test_who_may_open_which_page(client: FlaskClient, sign_in: SignIn, role: Role | None) -> None:
    round_, person = a_round(), a_person()
    a_role(person, a_round(slug="elders").id, Role.ORGANISER)
    if role:
        a_role(person, round_.id, role)
    sign_in(person)
    for path, roles in PAGES.items():
        answer = client.get(f"{MANAGE}{path}")
        if role in roles:
            page(answer)
        else:
            assert answer.status_code == 403, path
    if role is not Role.ORGANISER:
        for path in DEEDS:
            expected = 404 if role is Role.COUNCIL and path.startswith("/bevestigen") else 403
            assert client.post(f"{MANAGE}{path}").status_code == expected, path


def test_a_stranger_is_asked_to_sign_in(client: FlaskClient) -> None:
    a_round()
    for path in PAGES:
        assert client.get(f"{MANAGE}{path}").location.startswith("/inloggen?next=/beheer/rondes/")
    assert client.get("/beheer/rondes/nieuw").location == "/inloggen?next=/beheer/rondes/nieuw"


def test_only_the_administrator_makes_a_round(client: FlaskClient, sign_in: SignIn) -> None:
    organiser = a_person()
    a_role(organiser, a_round(slug="elders").id, Role.ORGANISER)
    assert sign_in(organiser).get("/beheer/rondes/nieuw").status_code == 403
    assert client.post("/beheer/rondes/nieuw", data={"name": "X", "slug": "x"}).status_code == 403
    administrator = a_person(administrator=True)
    sign_in(administrator)
    page(client.get("/beheer/rondes/nieuw"))
    wrong = page(client.post("/beheer/rondes/nieuw", data={"name": "Zegersloot", "slug": "Zeger Sloot"}), 422)
    assert "Gebruik kleine letters" in wrong and 'value="Zeger Sloot"' in wrong
    assert "al een ronde met dit adres" in page(
        client.post("/beheer/rondes/nieuw", data={"name": "X", "slug": "elders"}), 422
    )
    answer = client.post("/beheer/rondes/nieuw", data={"name": "Zegersloot", "slug": "zegersloot", "rehearsal": "y"})
    assert answer.location == "/beheer/rondes/zegersloot/kader/plaats"
    made = round_by_slug("zegersloot")
    assert made and made.rehearsal and made.frame.jury_criteria[0].name == "Goed voor de plek en de buurt"
    assert [person.id for person in people_with(made.id, Role.ORGANISER)] == [administrator]


def test_a_second_person_reads_everything_and_confirms(
    client: FlaskClient, sign_in: SignIn, standing_clock: Callable[[datetime], None]
) -> None:
    standing_clock(at(1, 25))
    first, second = a_person(name="Anna"), a_person(name="Bob")
    round_id = create_round("Alphen", "alphen-centrum-2020", first, frame=a_frame())
    a_role(second, round_id, Role.COUNCIL)
    number = ask_adoption(round_id, DECISION, first)
    own = page(sign_in(first).get(f"{MANAGE}/bevestigen"))
    assert "Dit vroeg je zelf" in own and "Ja, ik bevestig dit" not in own
    refused = client.post(f"{MANAGE}/bevestigen/{number}", data={"answer": "yes"})
    assert refused.status_code == 403 and "Iemand anders moet het bevestigen" in refused.text
    text = words_of(page(sign_in(second).get(f"{MANAGE}/bevestigen")))
    assert all(fact in text for fact in ("Anna vroeg dit", "De gemeenteraad", "2020-17", "25 likes", "€ 30.000"))
    client.post(f"{MANAGE}/bevestigen/{number}", data={"answer": "perhaps"})
    assert len(open_requests(round_id)) == 1
    done = client.post(f"{MANAGE}/bevestigen/{number}", data={"answer": "yes"}, follow_redirects=True)
    assert "Je hebt het bevestigd." in done.text and round_by_id(round_id).adopted  # type: ignore[union-attr]
    again = client.post(f"{MANAGE}/bevestigen/{number}", data={"answer": "no"})
    assert again.status_code == 409 and "al bevestigd of geweigerd" in again.text


def test_a_question_about_what_changed_since_can_only_be_withdrawn(
    client: FlaskClient, sign_in: SignIn, standing_clock: Callable[[datetime], None]
) -> None:
    standing_clock(at(1, 25))
    round_id, first, second = adopted()
    change_frame(round_id, first, {"likes_needed": 30})
    number = ask_adoption(round_id, DECISION, first)
    assert "Ja, ik bevestig dit" in page(sign_in(second).get(f"{MANAGE}/bevestigen"))
    change_frame(round_id, first, {"likes_needed": 31})
    text = page(client.get(f"{MANAGE}/bevestigen"))
    assert "Ja, ik bevestig dit" not in text and "veranderd na deze vraag" in text
    stale = client.post(f"{MANAGE}/bevestigen/{number}", data={"answer": "yes"})
    assert stale.status_code == 409 and "Vraag opnieuw" in stale.text
    client.post(f"{MANAGE}/bevestigen/{number}", data={"answer": "no"})
    assert ask_adoption(round_id, DECISION, first) > number


def test_who_asked_takes_the_question_back(client: FlaskClient, sign_in: SignIn) -> None:
    round_, person = a_round(frozen_at=at(2, 3)), a_person()
    a_role(person, round_.id, Role.ORGANISER)
    number = ask_amendment(round_.id, LATER, "Te laat.", person)
    text = words_of(page(sign_in(person).get(f"{MANAGE}/bevestigen")))
    assert "Te laat." in text and "tot woensdag 1 juli 2020, 12.00 uur" in text
    client.post(f"{MANAGE}/bevestigen/{number}", data={"answer": "no"})
    assert open_requests(round_.id) == ()


def test_a_request_of_another_round_is_not_answered_here(client: FlaskClient, sign_in: SignIn) -> None:
    round_, person, other = a_round(frozen_at=at(2, 3)), a_person(), a_person()
    a_role(other, round_.id, Role.ORGANISER)
    a_role(person, a_round(slug="elders").id, Role.ORGANISER)
    number = ask_amendment(round_.id, LATER, "Te laat.", other)
    assert sign_in(person).post(f"/beheer/rondes/elders/bevestigen/{number}", data={"answer": "yes"}).status_code == 404
    assert len(open_requests(round_.id)) == 1


@pytest.mark.parametrize("deed", TwoPersonDeed)
def test_every_deed_has_its_words(client: FlaskClient, sign_in: SignIn, deed: TwoPersonDeed) -> None:
    round_, first, second = a_round(), a_person(), a_person()
    for person in (first, second):
        a_role(person, round_.id, Role.ORGANISER)
    payload = {"digest": "ab" * 32, "count": 2, "plan": "p1", "title": "Een bank", "reason": "Zo.", "version": 1}
    with transaction() as session:
        locked, now = moment_of(session, round_.id)
        ask(session, locked, deed, payload, first, now)
    for prefix in ("", "/en"):
        text = page(sign_in(second).get(f"{prefix}{MANAGE}/bevestigen"))
        if deed in DESK:  # the second person enters it again, without seeing the first entry
            assert "ab" * 32 not in text and "beheer/rondes/alphen-centrum-2020/balie" in text
        else:
            assert "Een bank" in text and "ab" * 32 in text


def test_an_organiser_gives_and_takes_roles(client: FlaskClient, sign_in: SignIn) -> None:
    round_, organiser = a_round(), a_person()
    a_role(organiser, round_.id, Role.ORGANISER)
    sign_in(organiser)
    wrong = page(client.post(f"{MANAGE}/rollen", data={"email": "kim", "role": "juror"}), 422)
    assert 'value="kim"' in wrong and "field__error" in wrong
    assert client.post(f"{MANAGE}/rollen", data={"email": "kim@example.org", "role": "king"}).status_code == 422
    client.post(f"{MANAGE}/rollen", data={"email": "kim@example.org", "role": "juror"})
    (kim,) = people_with(round_.id, Role.JUROR)
    assert "kim@example.org" in page(client.get(f"{MANAGE}/rollen"))
    client.post(f"{MANAGE}/rollen/afnemen", data={"person": kim.id, "role": "juror"})
    assert people_with(round_.id, Role.JUROR) == ()
    last = client.post(f"{MANAGE}/rollen/afnemen", data={"person": organiser, "role": "organiser"})
    assert last.status_code == 409 and "altijd een organisator" in last.text
    assert client.post(f"{MANAGE}/rollen/afnemen", data={"person": "x", "role": "king"}).status_code == 302


def test_an_organiser_writes_an_answer(client: FlaskClient, sign_in: SignIn) -> None:
    round_, organiser = a_round(), a_person()
    a_role(organiser, round_.id, Role.ORGANISER)
    sign_in(organiser)
    listed = page(client.get(f"{MANAGE}/vragen"))
    assert "Wie mag stemmen?" in listed and "Who may vote?" in listed
    form = page(client.get(f"{MANAGE}/vragen/paper/en"))
    assert "Can I vote without a computer?" in form
    half = page(client.post(f"{MANAGE}/vragen/paper/en", data={"question": "Paper?", "answer": ""}), 422)
    assert 'value="Paper?"' in half and "Vul de vraag en het antwoord in" in half
    client.post(f"{MANAGE}/vragen/paper/en", data={"question": "Paper?", "answer": "Yes."})
    assert questions(round_.id, "en") == {"paper": Question("Paper?", "Yes.")}
    assert "eigen woorden" in page(client.get(f"{MANAGE}/vragen"))
    for path in ("parkeren/nl", "paper/fr"):
        assert client.get(f"{MANAGE}/vragen/{path}").status_code == 404
