"""What everybody sees of plans: the list and one plan, on both databases, in both languages."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from pb.extensions import db
from pb.office.acts import set_municipality
from pb.office.reads import forget_municipality, municipality
from pb.office.values import MunicipalityRecord
from pb.plans.acts import give_argument, hide_argument, like_plan, withdraw_plan
from pb.plans.reads import arguments_of
from pb.plans.values import Side
from tests.factories import a_person, a_plan, a_round, at

LIST = "/rondes/alphen-centrum-2020/plannen"
ALPHEN = MunicipalityRecord("Alphen Begroot", "Gemeente Alphen", "14 0172", "ma-vr", "Stadhuisplein 1", "b@example.org")


@pytest.fixture(autouse=True)
def supporting(app: Flask, standing_clock: Callable[[datetime], None]) -> None:
    standing_clock(at(3, 20))


@contextmanager
def statements() -> Iterator[list[str]]:
    """Everything that is sent to the database meanwhile, but for the beginning of a transaction."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith("BEGIN"):
            sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def codes_in(text: str) -> list[str]:
    """The plans of a page, in order."""
    return re.findall(r'class="card__title"><a href="[^"]*/plannen/([^"]+)"', text)


def whole_list(client: FlaskClient, address: str) -> list[str]:
    """The plans of every page, following the links to the next one."""
    found: list[str] = []
    while True:
        text = client.get(address).text
        found += codes_in(text)
        following = re.search(r'rel="next" href="([^"]+)"', text)
        if not following:
            return found
        address = following[1].replace("&amp;", "&")


@pytest.mark.parametrize(("plans", "likes"), [(1, 0), (30, 3)])
def test_a_list_is_at_most_four_statements(client: FlaskClient, plans: int, likes: int) -> None:
    set_municipality(ALPHEN)
    round_, person = a_round(), a_person()
    for number in range(plans):
        a_plan(round_.id, person, f"Plan {number}", likes=likes)
    with statements() as sent:
        assert client.get(LIST).status_code == 200
    assert len(sent) <= 4, sent


@pytest.mark.parametrize("now", [at(2, 5), at(3, 20), at(4, 20), at(5, 10), at(6, 10), at(7, 10)])
@pytest.mark.parametrize("published", [None, at(7, 3)])
def test_a_list_is_at_most_four_statements_in_every_stage(
    app: Flask,
    client: FlaskClient,
    standing_clock: Callable[[datetime], None],
    monkeypatch: pytest.MonkeyPatch,
    now: datetime,
    published: datetime | None,
) -> None:
    """As a site that runs: who runs it was read when the process started."""
    monkeypatch.setitem(app.config, "REMEMBER_SECONDS", 60)
    monkeypatch.setitem(app.extensions, "pb.pages", None)
    app.extensions.pop("pb.pages")
    set_municipality(ALPHEN)
    municipality()
    round_ = a_round(published_at=published)
    for number in range(30):
        a_plan(round_.id, a_person(), f"Plan {number}", likes=2)
    standing_clock(now)
    with statements() as sent:
        assert client.get(LIST).status_code == 200
    assert 0 < len(sent) <= 4, sent
    forget_municipality()


def test_a_list_says_what_a_plan_is(client: FlaskClient) -> None:
    round_ = a_round()
    a_plan(round_.id, a_person(), "Bank", likes=2, code="bank")
    dutch, english = client.get(LIST).text, client.get(f"/en{LIST}").text
    assert "Er is 1 plan." in dutch and "2 mensen steunen dit plan" in dutch and "€\u00a04.200" in dutch
    assert "There is 1 plan." in english and "2 people support this plan" in english and "€4,200" in english
    assert "Verzamelt likes" in dutch


@pytest.mark.parametrize("sort", ["", "?volgorde=nieuwste", "?volgorde=steun", "?volgorde=goedkoopste"])
def test_paging_never_repeats_or_loses_a_plan(
    client: FlaskClient, sort: str, standing_clock: Callable[[datetime], None]
) -> None:
    round_, person = a_round(), a_person()
    wanted = {f"p{number}" for number in range(55)}
    numbers = [
        a_plan(round_.id, person, code=code, asked=(7 * n % 10) * 100_00) for n, code in enumerate(sorted(wanted))
    ]
    first = client.get(LIST + sort).text
    link = re.search(r'rel="next" href="([^"]+)"', first)
    assert link
    standing_clock(at(3, 20, 11))
    a_plan(round_.id, person, code="later", submitted_at=at(3, 20, 11), asked=0, likes=9)
    for number in numbers[-3:]:
        like_plan(a_person(), number)
    withdraw_plan(person, numbers[0])
    found = codes_in(first) + whole_list(client, link[1].replace("&amp;", "&"))
    assert sorted(found) == sorted(wanted)


def test_two_visits_have_two_orders_and_one_visit_has_one(client: FlaskClient) -> None:
    round_, person = a_round(), a_person()
    for number in range(20):
        a_plan(round_.id, person, code=f"p{number}")
    assert len({tuple(codes_in(client.get(LIST).text)) for _ in range(4)}) > 1
    assert len({tuple(codes_in(client.get(f"{LIST}?zaad=7").text)) for _ in range(4)}) == 1


def test_search_filter_and_sort(client: FlaskClient) -> None:
    round_, person = a_round(), a_person()
    a_plan(round_.id, person, "Café op het plein", 900_00, code="cafe", theme="straat", submitted_at=at(2, 9))
    a_plan(round_.id, person, "Bomen", 500_00, likes=2, code="bomen", submitted_at=at(2, 8))
    a_plan(round_.id, person, "Zand", 700_00, likes=1, code="zand", theme="spelen", submitted_at=at(2, 7))
    assert codes_in(client.get(f"{LIST}?zoek=CAFE").text) == ["cafe"]
    assert codes_in(client.get(f"{LIST}?thema=spelen").text) == ["zand"]
    assert codes_in(client.get(f"{LIST}?volgorde=nieuwste").text) == ["cafe", "bomen", "zand"]
    assert codes_in(client.get(f"{LIST}?volgorde=steun").text) == ["bomen", "zand", "cafe"]
    assert codes_in(client.get(f"{LIST}?volgorde=goedkoopste").text) == ["bomen", "zand", "cafe"]
    assert "Je ziet 1 van de 3 plannen." in client.get(f"{LIST}?thema=spelen").text
    assert "We vonden geen plan" in client.get(f"{LIST}?zoek=zwembad").text


def test_a_filter_by_standing(client: FlaskClient, standing_clock: Callable[[datetime], None]) -> None:
    round_, person = a_round(), a_person()
    a_plan(round_.id, person, likes=25, code="veel")
    a_plan(round_.id, person, likes=1, code="weinig")
    standing_clock(at(4, 10))
    assert codes_in(client.get(f"{LIST}?stand=too_few_likes").text) == ["weinig"]


ODD = "pagina=0 pagina=99999999999999999999 pagina=-1 pagina=٣ pagina=1e3 zaad=x zaad=99999999999999 op=1 op=-5 op=x \
op=99999999999999999 volgorde=drop thema=%00 zoek=%00%e2%80%ae zoek=%ff"


@pytest.mark.parametrize("question", ODD.split())
def test_an_odd_question_gets_a_list(client: FlaskClient, question: str) -> None:
    round_ = a_round()
    a_plan(round_.id, a_person(), code="bank")
    assert client.get(f"{LIST}?{question}").status_code == 200


def test_a_moment_long_ago_is_not_a_look_into_the_past(client: FlaskClient) -> None:
    round_ = a_round()
    a_plan(round_.id, a_person(), code="bank")
    long_ago = round(at(2, 1).timestamp() * 1000)
    assert codes_in(client.get(f"{LIST}?op={long_ago}").text) == ["bank"]


def test_likes_are_not_shown_while_people_vote(client: FlaskClient, standing_clock: Callable[[datetime], None]) -> None:
    round_ = a_round()
    a_plan(round_.id, a_person(), likes=3, code="bank")
    standing_clock(at(6, 10))
    for address in (LIST, f"{LIST}/bank"):
        assert "steunen dit plan" not in client.get(address).text
    assert "Meeste steun" not in client.get(LIST).text


def test_nothing_changed_is_a_short_answer_until_something_does(client: FlaskClient) -> None:
    round_ = a_round()
    plan = a_plan(round_.id, a_person(), code="bank")
    for address in (f"{LIST}?zaad=7", f"{LIST}/bank"):
        first = client.get(address)
        mark = {"If-None-Match": first.headers["ETag"]}
        assert first.headers["Cache-Control"] == "private, no-cache"
        with statements() as sent:
            assert client.get(address, headers=mark).status_code == 304
        assert len(sent) <= 3
        like_plan(a_person(), plan)
        assert client.get(address, headers=mark).status_code == 200


def test_time_alone_makes_a_new_page(client: FlaskClient, standing_clock: Callable[[datetime], None]) -> None:
    round_ = a_round()
    a_plan(round_.id, a_person(), code="bank")
    mark = {"If-None-Match": client.get(f"{LIST}/bank").headers["ETag"]}
    standing_clock(at(4, 5))
    assert client.get(f"{LIST}/bank", headers=mark).status_code == 200


def test_whoever_has_a_cookie_is_never_told_that_nothing_changed(
    client: FlaskClient, sign_in: Callable[[int], FlaskClient]
) -> None:
    round_ = a_round()
    a_plan(round_.id, a_person(), code="bank")
    mark = {"If-None-Match": client.get(f"{LIST}/bank").headers["ETag"]}
    answer = sign_in(a_person()).get(f"{LIST}/bank", headers=mark)
    assert answer.status_code == 200 and "ETag" not in answer.headers


def test_a_plan_says_everything_but_who_likes_it(client: FlaskClient) -> None:
    round_, person = a_round(), a_person("geheim@example.org")
    plan = a_plan(round_.id, person, likes=3, code="bank", own_contribution=100_00, text="**Vet** en [x](javascript:0)")
    liker = a_person("buur@example.org", "Buurvrouw Truus")
    like_plan(liker, plan)
    give_argument(a_person(), plan, Side.FOR, "Goed idee", "Joke")
    give_argument(person, plan, Side.AGAINST, "Duur", "Sam")
    text = client.get(f"{LIST}/bank").text
    assert "<strong>Vet</strong>" in text and 'href="javascript' not in text
    assert "4 mensen steunen dit plan" in text and "Goed idee" in text and "Sam (indiener)" in text
    assert "example.org" not in text and "Truus" not in text
    assert text.count("<h1") == 1


def test_the_life_of_a_plan_in_words(client: FlaskClient) -> None:
    round_, person = a_round(), a_person()
    plan = a_plan(round_.id, person, code="bank")
    give_argument(a_person(), plan, Side.FOR, "Onaardig", "Joke")
    hide_argument(arguments_of(plan)[0].id, a_person(), "Beledigend")
    withdraw_plan(person, plan)
    text = client.get(f"{LIST}/bank").text
    assert "Onaardig" not in text and "De indiener heeft dit plan ingetrokken." in text
