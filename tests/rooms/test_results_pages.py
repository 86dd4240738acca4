"""The result for everybody, the steps before it for organisers, and nothing of it too early."""

import json
import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pb.base.access import Role
from pb.counting.pabulib import read_pabulib
from pb.results.acts import count_round
from pb.rounds.values import Pot, PotKind
from tests.factories import a_frame, a_person, a_role, at
from tests.results import DECISION, Move, Over, adopted, over, published
from tests.voting import confirm

BALLOTS = [("tuin",)] * 5 + [("bomen",)] * 4 + [("kas",)] * 3 + [("bank",)] * 2 + [()]
AREAS = a_frame(
    pot_kind=PotKind.AREA,
    pots=(Pot("oud", "Oude centrum", 10_000_00, ("2405",)), Pot("water", "Aan het water", 20_000_00, ("2406",))),
)
IN_AREAS = {"bank": "oud", "bomen": "oud", "kas": "water", "tuin": "water"}


@pytest.fixture
def done(app: Flask, standing_clock: Move) -> Over:
    return published(over(standing_clock, BALLOTS, more_codes=5), standing_clock)


def page(done: Over, rest: str = "", prefix: str = "") -> str:
    return f"{prefix}/rondes/{done.slug}/uitslag{rest}"


def manage(done: Over, rest: str = "") -> str:
    return f"/beheer/rondes/{done.slug}/uitslag{rest}"


WORDS = {
    "": (
        "3 plannen hebben gewonnen",
        "15 van de 20 mensen die mochten stemmen deden mee (75\u00a0%).",
        "Van de €\u00a030.000 is €\u00a029.700 verdeeld.",
        "Vastgesteld door Gemeenteraad op dinsdag 30 juni 2020.",
        "kost €\u00a014.000, er was nog €\u00a04.500",
        "Plek 3 met 3 stemmen. Kost €\u00a014.000. Er was nog €\u00a04.500 over.",
        "Wat gebeurt er nu?",
        "Controleer de uitslag zelf",
        "Opkomst per gebied",
    ),
    "/en": (
        "3 plans have won",
        "15 of the 20 people who could vote took part (75%).",
        "Of the €30,000, €29,700 has been divided.",
        "Adopted by Gemeenteraad on Tuesday 30 June 2020.",
        "costs €14,000, there was €4,500 left",
        "Place 3 with 3 votes.",
        "What happens now?",
        "Check the result yourself",
        "Turnout by area",
    ),
}


@pytest.mark.parametrize("prefix", WORDS)
def test_the_result_in_words(done: Over, client: FlaskClient, prefix: str) -> None:
    text = client.get(page(done, prefix=prefix)).text
    assert len(re.findall("<h1>", text)) == 1
    plain = " ".join(re.sub(r"<[^>]+>", " ", text).split(" "))
    missing = [words for words in WORDS[prefix] if words not in re.sub(r"[ \n]+", " ", plain)]
    assert not missing, missing


def test_winners_are_filled_and_others_hatched(done: Over, client: FlaskClient) -> None:
    bars = client.get(page(done)).text.partition('<ol class="bars">')[2].partition("</ol>")[0]
    rows = bars.split("<li>")[1:]
    titles = [re.findall(r">(Plan \w+)<", row)[0] for row in rows]
    assert titles == ["Plan tuin", "Plan bomen", "Plan kas", "Plan bank"], "by votes, the most first"
    assert ["url(#hatch)" in row for row in rows] == [False, False, True, False]
    assert ["✓" in row for row in rows] == [True, True, False, True]
    assert [re.findall(r'aria-label="([^"]+)"', row)[0] for row in rows][2] == "3 stemmen, niet gewonnen"


def test_each_drawing_has_a_table(done: Over, client: FlaskClient) -> None:
    text = client.get(page(done)).text
    captions = re.findall(r"<caption>(.+?)</caption>", text)
    assert captions == ["Elke stap van de telling", "Wat elke winnaar kost", "Opkomst per gebied"]
    assert text.count("<tr>") == 5 + 1 + 3 + 2 + 1 + 3


def test_a_plans_own_page_says_what_became_of_it(done: Over, client: FlaskClient) -> None:
    assert "Dit plan heeft gewonnen" in client.get(f"/rondes/{done.slug}/plannen/tuin").text
    assert "Plek 3 met 3 stemmen." in client.get(f"/rondes/{done.slug}/plannen/kas").text


def test_the_open_ballots_count_to_the_same_winners(done: Over, client: FlaskClient) -> None:
    answer = client.get(page(done, "/stemmen/all"))
    assert answer.mimetype == "text/plain" and "attachment" in answer.headers["Content-Disposition"]
    file = read_pabulib(answer.data)
    assert sorted(one.id for one in file.projects if one.selected) == ["bank", "bomen", "tuin"]
    assert sorted(vote.choices for vote in file.votes) == sorted(BALLOTS)


def test_the_ledger_is_the_adopted_one(done: Over, client: FlaskClient) -> None:
    plain = json.loads(client.get(page(done, "/telling")).data)
    assert plain["winners"] == ["tuin", "bomen", "bank"] and plain["ballots"] == 15 and plain["blank"] == 1


def test_pots_have_their_own_drawings_and_files(app: Flask, standing_clock: Move, client: FlaskClient) -> None:
    ballots = [("bomen",), ("kas",)] * 6 + [("bank",)]
    done = published(over(standing_clock, ballots, AREAS, IN_AREAS), standing_clock)
    text = client.get(page(done)).text
    assert text.count('<ol class="bars">') == 2 and '<h2 id="pot-oud">Oude centrum</h2>' in text
    assert [len(read_pabulib(client.get(page(done, f"/stemmen/{pot}")).data).votes) for pot in IN_AREAS.values()][
        ::2
    ] == [7, 6]


def test_a_pot_with_few_voters_shows_no_ballots(app: Flask, standing_clock: Move, client: FlaskClient) -> None:
    ballots = [("bomen",), ("kas",)] * 4 + [("bank",)]
    done = published(over(standing_clock, ballots, AREAS, IN_AREAS), standing_clock)
    text = client.get(page(done)).text
    assert "Voor Aan het water stemden te weinig mensen om alle stemmen te laten zien." in text
    assert client.get(page(done, "/stemmen/water")).status_code == 404
    assert client.get(page(done, "/stemmen/oud")).status_code == 200


@pytest.mark.parametrize("ballots", [[], [("bank",)], [(), ()]], ids=["nobody", "one voter", "all blank"])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_result_of_nearly_nothing_has_a_page(
    app: Flask, standing_clock: Move, client: FlaskClient, ballots: list[tuple[str, ...]], prefix: str
) -> None:
    done = published(over(standing_clock, ballots), standing_clock)
    answer = client.get(page(done, prefix=prefix))
    assert answer.status_code == 200 and answer.text.count("<h1>") == 1
    title = (
        {"": "1 plan heeft gewonnen", "/en": "1 plan has won"}
        if ballots == [("bank",)]
        else {"": "Geen plan heeft gewonnen", "/en": "No plan has won"}
    )
    assert title[prefix] in answer.text


@pytest.mark.parametrize("stage", ["opened", "counted", "adopted"])
def test_nothing_is_seen_before_the_publication(
    app: Flask, standing_clock: Move, client: FlaskClient, sign_in: Callable[[int], FlaskClient], stage: str
) -> None:
    done = over(standing_clock, BALLOTS)
    if stage == "counted":
        count_round(done.id, done.organiser)
    elif stage == "adopted":
        adopted(done, standing_clock)
    answer = client.get(page(done))
    assert "De uitslag is er nog niet" in answer.text and "vrijdag 3 juli 2020" in answer.text
    public = [f"/rondes/{done.slug}{rest}" for rest in ("", "/uitslag", "/plannen", "/plannen/tuin", "/stemlijst")]
    juror = a_person()
    a_role(juror, done.id, Role.JUROR)
    for browser in (client, sign_in(juror)):
        for path in public:
            text = browser.get(path).text
            assert not re.search(r"\b5 stemmen\b|gewonnen|15 van de", text), path
        assert browser.get(page(done, "/telling")).status_code == 404
        assert browser.get(page(done, "/stemmen/all")).status_code == 404


def test_unknown_pots_are_not_there(done: Over, client: FlaskClient) -> None:
    assert client.get(page(done, "/stemmen/anders")).status_code == 404


@pytest.mark.parametrize("role", [None, *Role])
def test_only_organisers_count_adopt_and_publish(
    app: Flask, standing_clock: Move, sign_in: Callable[[int], FlaskClient], role: Role | None
) -> None:
    done = over(standing_clock, BALLOTS)
    person = a_person()
    if role:
        a_role(person, done.id, role)
    browser = sign_in(person)
    assert browser.get(manage(done)).status_code == (200 if role in {Role.ORGANISER, Role.COUNCIL} else 403)
    for deed in ("/tellen", "/vaststellen", "/publiceren"):
        status = browser.post(manage(done, deed)).status_code
        assert (status == 403) == (role is not Role.ORGANISER), deed
    assert ("<form" in browser.get(manage(done)).text.partition("<main")[2]) == (role is Role.ORGANISER)


def test_the_whole_way_in_pages(
    app: Flask, standing_clock: Move, sign_in: Callable[[int], FlaskClient], client: FlaskClient
) -> None:
    done = over(standing_clock, BALLOTS)
    standing_clock(at(7, 1))

    def do(deed: str, **fields: str) -> str:
        answer = sign_in(done.organiser).post(manage(done, deed), data=fields, follow_redirects=True)
        assert answer.status_code == 200, answer.text
        return answer.text

    assert "Je kunt ze nu tellen." in sign_in(done.organiser).get(manage(done)).text
    counted = do("/tellen")
    assert "Telling 1" in counted and "3 plannen hebben gewonnen" in counted and "Past niet meer." in counted
    fields = {"body": DECISION.body, "taken_on": "2020-06-30", "number": DECISION.number, "link": DECISION.link}
    assert "Iemand anders moet het besluit nog bevestigen." in do("/vaststellen", **fields)
    confirm(done.id, done.second)
    assert "Je kunt hem nu publiceren." in sign_in(done.organiser).get(manage(done)).text
    assert "3 plannen hebben gewonnen" in do("/publiceren")
    assert "De uitslag is openbaar sinds" in sign_in(done.organiser).get(manage(done)).text


def test_a_decision_that_is_not_whole_comes_back_with_words(
    app: Flask, standing_clock: Move, sign_in: Callable[[int], FlaskClient]
) -> None:
    done = over(standing_clock, BALLOTS)
    browser = sign_in(done.organiser)
    browser.post(manage(done, "/tellen"))
    for fields in ({}, {"body": "Raad", "taken_on": "31-02-2020"}, {"body": "Raad", "taken_on": "2020-06-01"}):
        answer = browser.post(manage(done, "/vaststellen"), data=fields)
        assert answer.status_code == 422 and ("field--wrong" in answer.text or 'role="alert"' in answer.text)
    assert 'value="Raad"' in answer.text


def test_deeds_out_of_order_say_why(app: Flask, standing_clock: Move, sign_in: Callable[[int], FlaskClient]) -> None:
    done = over(standing_clock, BALLOTS)
    answer = sign_in(done.organiser).post(manage(done, "/publiceren"))
    assert answer.status_code == 409 and "De stemmen zijn nog niet geteld." in answer.text
