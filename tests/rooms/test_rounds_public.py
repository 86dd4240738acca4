"""What everyone reads of a round: the rules as sentences, how they changed, and the answers."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest
from flask.testing import FlaskClient

from pb.base.access import Role
from pb.base.transaction import transaction
from pb.counting.equal_shares import Completion, Utility
from pb.counting.rules import RuleName
from pb.office.models import Municipality
from pb.rounds.acts import ask_adoption, ask_amendment, change_frame, confirm_request, create_round, save_question
from pb.rounds.values import (
    QUESTION_CODES,
    BallotKind,
    BallotRule,
    Ceiling,
    CountingRule,
    Decision,
    LotBy,
    Misfit,
    Openings,
    Payment,
    Pot,
    PotKind,
    Proposers,
    Selection,
    SelectionBy,
    SelectionWhen,
    TieRule,
)
from tests.factories import CALENDAR, a_frame, a_person, a_role, a_round, at
from tests.pages import page, words_of

SignIn = Callable[[int], FlaskClient]
DECISION = Decision("De gemeenteraad", date(2020, 1, 20), "2020-17", "https://raad.example.org/2020-17")
LATER = replace(
    CALENDAR, phases=(*CALENDAR.phases[:-1], replace(CALENDAR.phases[-1], closes=at(7, 1))), result=at(7, 6)
)
MANAGE = "/beheer/rondes/alphen-centrum-2020"


def adopted() -> tuple[int, int, int]:
    """A round that two organisers adopted in January."""
    first, second = a_person(name="Anna"), a_person(name="Bob")
    round_id = create_round("Alphen", "alphen-centrum-2020", first, frame=a_frame())
    a_role(second, round_id, Role.ORGANISER)
    confirm_request(ask_adoption(round_id, DECISION, first), second)
    return round_id, first, second


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_rules_are_sentences(client: FlaskClient, prefix: str) -> None:
    a_round()
    text = words_of(page(client.get(f"{prefix}/rondes/alphen-centrum-2020/spelregels")))
    facts = ("2405", "Groen en duurzaam", "Binnen een jaar klaar", "Voor veel mensen", "12", "25", "20")
    assert all(fact in text for fact in facts)
    assert ("€30,000" if prefix else "€\u00a030.000".replace("\u00a0", " ")) in text
    assert ("Elections Act" if prefix else "Kieswet") in text
    closes = "up to and including Sunday 28 June 2020, 23:59" if prefix else "tot en met zondag 28 juni 2020, 23.59 uur"
    assert closes in text


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_rules_promise_no_more_secrecy_than_there_is(client: FlaskClient, prefix: str) -> None:
    a_round()
    shown = page(client.get(f"{prefix}/rondes/alphen-centrum-2020/spelregels"))
    assert ("We keep apart that you voted" if prefix else "Dat je stemde en wat je koos, bewaren we apart.") in shown
    assert "Niemand kan zien" not in shown and "Nobody can see" not in shown
    assert client.get(f"{prefix}/rondes/alphen-centrum-2020/stemgeheim").status_code == 200
    assert f'href="{prefix}/rondes/alphen-centrum-2020/stemgeheim"' in shown


POINTS = BallotRule(BallotKind.POINTS, at_least=3, total_points=10, most_points=6, least_points=2)
SHARES = CountingRule(rule=RuleName.EQUAL_SHARES)
COUNTED = {
    "We tellen met gelijke delen.": SHARES,
    "Het plan waarvoor ieder het minst betaalt, gaat voor.": replace(SHARES, utility=Utility.CARDINALITY),
    "Dan gaat het niet naar een plan.": replace(SHARES, completion=Completion.NONE),
    "Dan krijgt elke stem er € 0,50 bij, en tellen we opnieuw.": replace(SHARES, step=50),
    "Dan gaat het naar de plannen met de meeste stemmen die nog passen.": replace(
        SHARES, completion=Completion.MOST_VOTES
    ),
    "We stoppen ook zodra geen plan meer past.": replace(SHARES, stop_when_exhaustive=True),
    "We beginnen bij een veelvoud van € 1": replace(SHARES, whole_start=True),
    "Daarna vergelijken we met de meeste stemmen.": replace(SHARES, comparison=True),
    "Staan plannen gelijk? Dan beslist het lot.": replace(SHARES, tie=TieRule.LOT),
    "Elke stem spaart even snel geld.": CountingRule(rule=RuleName.PHRAGMEN),
    "Bij het eerste plan dat niet meer helemaal past, stoppen we.": CountingRule(rule=RuleName.PER_EURO),
    "Een plan dat niemand koos, wint niet.": CountingRule(),
    "Een winnaar heeft ten minste 16 stemmen.": CountingRule(least_votes=16),
    "ten minste 2,5 % van de mensen die stemden": CountingRule(least_share=2_50),
    "De Oost: hoogstens € 5.000": CountingRule(ceilings=(Ceiling("oost", "De Oost", 5_000_00),)),
    "Sommige plannen kunnen niet samen winnen.": CountingRule(conflicts=True),
    "laten we zien wat andere spelregels hadden gegeven": CountingRule(),
    "Het lot ligt vast voordat het stemmen begint.": CountingRule(),
    "Het lot trekken we met de hand, na het stemmen": CountingRule(lot=LotBy.HAND),
}
FRAMES = {
    "Elk gebied heeft een eigen pot": {"pot_kind": PotKind.AREA, "pots": (Pot("a", "Noord", 1, ("2405 AB",)),)},
    "Per thema kies je plannen": {"pot_kind": PotKind.THEME, "pots": (Pot("groen", "Groen", 30_000_00),)},
    "Alleen wie hier woont, mag een plan indienen.": {"proposers": Proposers.RESIDENTS},
    "Bewoners en organisaties van hier mogen": {"proposers": Proposers.RESIDENTS_AND_ORGANISATIONS},
    "van elke leeftijd": {"minimum_age": 0},
    "Een plan mag over alles gaan.": {"themes": ()},
    "Een plan heeft geen likes nodig.": {"likes_needed": 0},
    "Een plan heeft 1 like nodig": {"likes_needed": 1},
    "Elk plan dat dan over is, komt op de stemlijst.": {"selection": Selection(SelectionWhen.NEVER)},
    "Er volgt altijd een keuze. Een commissie kiest.": {
        "selection": Selection(SelectionWhen.ALWAYS, SelectionBy.COMMITTEE)
    },
    "De plannen met de meeste likes gaan door.": {"selection": Selection(by=SelectionBy.MOST_LIKES)},
    "Je kiest hoogstens 5 plannen.": {"ballot": BallotRule(BallotKind.UP_TO, 5)},
    "Past een plan niet meer? Dan stoppen we.": {"counting": CountingRule(Misfit.STOP)},
    "Je kiest één plan.": {"ballot": BallotRule(BallotKind.ONE)},
    "Je verdeelt 10 punten over de plannen.": {"ballot": POINTS},
    "Een plan dat je kiest, krijgt er 2 tot en met 6. Kies er ten minste 3, of stem blanco.": {"ballot": POINTS},
    "Je zet hoogstens 4 plannen op volgorde.": {"ballot": BallotRule(BallotKind.RANKING, 4)},
    "Het plan met de meeste punten krijgt als eerste geld.": {"ballot": POINTS},
    **{words: {"counting": counting} for words, counting in COUNTED.items()},
    "Wie meer punten gaf, betaalt meer.": {
        "ballot": POINTS,
        "counting": CountingRule(rule=RuleName.EQUAL_SHARES, utility=Utility.POINTS),
    },
    "Het plan met de meeste punten per euro": {
        "ballot": POINTS,
        "counting": CountingRule(rule=RuleName.VOTES_PER_EURO),
    },
    "Hebben plannen evenveel stemmen? Dan beslist het lot.": {"counting": CountingRule(tie=TieRule.LOT)},
    "Dan krijg je subsidie": {"payment": Payment.SUBSIDY},
    "geeft de gemeente je opdracht": {"payment": Payment.ORDER},
    "Na de uitslag staan alle stemmen op de site, zonder namen.": {},
    "Na de uitslag ziet alleen de controleur alle stemmen, zonder namen.": {"openings": Openings.AUDITOR},
    "toetst de plannen niet vooraf": {"feasibility_criteria": ()},
}


@pytest.mark.parametrize("words", FRAMES)
def test_every_choice_has_its_sentence(client: FlaskClient, words: str) -> None:
    a_round(a_frame(**FRAMES[words]))
    for prefix in ("", "/en"):
        text = words_of(page(client.get(f"{prefix}/rondes/alphen-centrum-2020/spelregels")))
        assert (words in text) is (not prefix)
        page(client.get(f"{prefix}/rondes/alphen-centrum-2020/vragen"))


def test_what_an_organiser_typed_is_text(client: FlaskClient) -> None:
    a_round(a_frame(area="<script>alert(1)</script>"))
    for path in ("spelregels", "vragen"):
        assert "<script>alert" not in page(client.get(f"/rondes/alphen-centrum-2020/{path}"))


def test_versions_with_their_differences_decisions_and_reasons(
    client: FlaskClient, standing_clock: Callable[[datetime], None]
) -> None:
    standing_clock(at(1, 25))
    round_id, first, second = adopted()
    assert "niet veranderd" in page(client.get("/rondes/alphen-centrum-2020/spelregels"))
    change_frame(round_id, first, {"likes_needed": 30, "minimum_cost": 500_00})
    assert "30 likes" not in page(client.get("/rondes/alphen-centrum-2020/spelregels"))
    confirm_request(ask_adoption(round_id, replace(DECISION, number="2020-21"), second), first)
    text = words_of(page(client.get("/rondes/alphen-centrum-2020/spelregels")))
    assert "Versie 2, sinds zaterdag 25 januari 2020" in text
    assert "Een plan kost minstens € 1 € 500" in text and "Likes die nodig zijn 25 30" in text
    assert "Lees besluit 2020-17" in text and "Lees besluit 2020-21" in text


def test_an_amendment_is_public_with_its_reason(client: FlaskClient) -> None:
    round_, first, second = a_round(frozen_at=at(2, 3)), a_person(), a_person()
    for person in (first, second):
        a_role(person, round_.id, Role.ORGANISER)
    confirm_request(ask_amendment(round_.id, LATER, "De <brieven> waren te laat.", first), second)
    text = words_of(page(client.get("/rondes/alphen-centrum-2020/spelregels")))
    assert "Waarom: De <brieven> waren te laat." in text
    assert "Einde: Stemmen tot en met zondag 28 juni 2020, 23.59 uur tot woensdag 1 juli 2020, 12.00 uur" in text


def test_a_draft_is_shown_to_organisers_only(client: FlaskClient, sign_in: SignIn) -> None:
    person = a_person()
    create_round("Alphen", "alphen-centrum-2020", person, frame=a_frame(area="een geheim"))
    for path in ("spelregels", "vragen"):
        text = page(client.get(f"/rondes/alphen-centrum-2020/{path}"))
        assert "nog niet vastgesteld" in text and "een geheim" not in text
    assert "een geheim" in page(sign_in(person).get(f"{MANAGE}/kader/voorbeeld"))


def test_questions_are_filled_from_the_frame_until_the_municipality_writes(client: FlaskClient) -> None:
    round_ = a_round()
    with transaction() as session:
        office = {"site_name": "Begroot", "name": "Gemeente", "telephone": "14 0172", "opening_hours": "ma t/m vr"}
        session.add(Municipality(id=1, address="Stadhuisplein 1", mail="begroot@example.org", **office))
    text = page(client.get("/rondes/alphen-centrum-2020/vragen"))
    assert text.count('aria-labelledby="vraag-') == len(QUESTION_CODES) == 11
    assert "Minstens €\u00a01 en hoogstens €\u00a030.000." in text and 'href="tel:140172"' in text
    save_question(round_.id, "cost", "nl", "Hoe duur?", "Niet te duur.\n\nEcht niet.", None)
    save_question(round_.id, "own_2", "nl", "Waar kan ik parkeren?", "Achter de kerk.", None)
    text = page(client.get("/rondes/alphen-centrum-2020/vragen"))
    assert "<p>Niet te duur.</p><p>Echt niet.</p>" in text and "Minstens" not in text and "Achter de kerk." in text
    assert "At least €1" in page(client.get("/en/rondes/alphen-centrum-2020/vragen"))
