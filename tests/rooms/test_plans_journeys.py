"""What people do with plans in a browser without scripts, also before they have signed in."""

import io
import re
from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from pb.base.access import Role
from pb.extensions import db
from pb.office.models import OutgoingMail
from pb.office.reads import waiting_mail
from pb.people.reads import person_by_email
from pb.plans.acts import give_argument
from pb.plans.reads import arguments_of, likes_plan, plan_by_code, plan_by_id, plans_of
from pb.plans.values import PlanState, Side
from tests.factories import a_frame, a_person, a_plan, a_role, a_round, at

LIST = "/rondes/alphen-centrum-2020/plannen"
WRITTEN = {
    "title": "Een bank",
    "summary": "Een ronde bank.",
    "text": "Van hout.",
    "theme": "groen",
    "place": "Kerkplein",
    "lines-0-what": "Bank",
    "lines-0-amount": "1.250,50",
    "lines-0-vat_percent": "21",
    "lines-0-yearly": "",
    "lines-1-what": "Verf",
    "lines-1-amount": "50",
    "lines-1-vat_percent": "9",
    "lines-1-yearly": "1",
    "own_contribution": "100",
    "carried_by": "together",
    "upkeep_by": "neighbours",
    "public_name": "Tineke",
}

SignIn = Callable[[int], FlaskClient]


@pytest.fixture(autouse=True)
def proposing(app: Flask, standing_clock: Callable[[datetime], None]) -> None:
    standing_clock(at(2, 10))


def a_photo() -> io.BytesIO:
    written = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(written, "PNG")
    written.seek(0)
    return written


def code_in_mail() -> str:
    """The six digits of the newest mail."""
    found = re.search(r"\b(\d{3}) ?(\d{3})\b", waiting_mail()[-1].body)
    assert found
    return found[1] + found[2]


def confirm(client: FlaskClient) -> str:
    """Type the mailed code, and give where that leads."""
    answer = client.post("/inloggen/code", data={"code": code_in_mail()})
    assert answer.status_code == 302
    return answer.location


def test_a_plan_from_an_empty_form_to_the_list(sign_in: SignIn) -> None:
    round_, person = a_round(), a_person()
    client = sign_in(person)
    assert client.get(f"{LIST}/nieuw").status_code == 200
    answer = client.post(f"{LIST}/nieuw", data=WRITTEN | {"deed": "submit"})
    assert answer.status_code == 302 and answer.location == f"{LIST}/een-bank"
    plan = plan_by_code(round_.id, "een-bank")
    assert plan is not None and plan.state is PlanState.SUBMITTED
    assert (plan.asked, plan.draft.lines[1].yearly, plan.draft.lines[1].vat_percent) == (1_200_50, True, 9)
    assert (plan.draft.carried_by, plan.draft.upkeep_by) == ("together", "neighbours")
    assert "Je plan is ingediend" in client.get(answer.location).text
    assert "Een bank" in client.get(LIST).text
    assert "Je plan is ingediend: Een bank" in waiting_mail()[-1].subject


def test_more_rows_and_adding_up_keep_all_that_was_typed(sign_in: SignIn) -> None:
    a_round()
    person = a_person()
    client = sign_in(person)
    full = WRITTEN | {"lines-2-what": "Zand", "lines-2-amount": "40.000", "lines-2-vat_percent": "21", "deed": "lines"}
    answer = client.post(f"{LIST}/nieuw", data=full)
    assert answer.status_code == 200
    assert (
        'name="lines-3-what"' in answer.text and 'value="1.250,50"' in answer.text and 'value="Tineke"' in answer.text
    )
    assert "Je plan vraagt €\u00a041.200,50. Er is hoogstens €\u00a030.000." in answer.text
    assert 'name="lines-4-what"' not in answer.text

    wrong = client.post(f"{LIST}/nieuw", data=full | {"lines-0-amount": "1e3"})
    assert 'name="lines-3-what"' in wrong.text and "1e3" in wrong.text
    added_up = client.post(f"{LIST}/nieuw", data=full | {"deed": "look"})
    assert 'name="lines-3-what"' not in added_up.text and "Er is hoogstens" in added_up.text
    assert not plans_of(person)


@pytest.mark.parametrize("rate", ["7", "abc", "", "-21", "٩"])
def test_another_vat_is_refused_in_words(sign_in: SignIn, rate: str) -> None:
    a_round()
    answer = sign_in(a_person()).post(f"{LIST}/nieuw", data=WRITTEN | {"lines-0-vat_percent": rate, "deed": "submit"})
    assert answer.status_code == 422 and "Kies 0, 9 of 21 procent btw." in answer.text


def test_twenty_rows_are_the_most(sign_in: SignIn) -> None:
    a_round()
    rows = {f"lines-{number}-what": f"Deel {number}" for number in range(30)}
    answer = sign_in(a_person()).post(f"{LIST}/nieuw", data=WRITTEN | rows | {"deed": "lines"})
    assert answer.status_code == 200 and 'name="lines-20-what"' not in answer.text


def test_what_is_missing_is_said_and_the_draft_is_kept(sign_in: SignIn) -> None:
    a_round()
    person = a_person()
    client = sign_in(person)
    answer = client.post(f"{LIST}/nieuw", data={"title": "Alleen een titel", "deed": "submit"})
    assert answer.status_code == 422
    assert "Kies een thema" in answer.text and "Schrijf op wat je plan kost." in answer.text
    draft = plans_of(person)[0]
    assert draft.state is PlanState.DRAFT and f'action="{LIST}/{draft.code}/bewerken"' in answer.text
    page = client.get(f"{LIST}/{draft.code}").text
    assert "Alleen jij ziet het" in page and "Kies een thema" in page


def test_a_form_that_is_sent_twice_is_one_plan(sign_in: SignIn) -> None:
    a_round()
    person = a_person()
    client = sign_in(person)
    for _ in range(2):
        client.post(f"{LIST}/nieuw", data=WRITTEN | {"deed": "save"})
    assert len(plans_of(person)) == 1


@pytest.mark.parametrize("amount", ["1,500", "1e3", "-5", "NaN", "١٢٣", "12.5.0", "9" * 16, "0x10", "2.000.000.000"])
def test_odd_amounts_are_refused_in_words(sign_in: SignIn, amount: str) -> None:
    a_round()
    person = a_person()
    answer = sign_in(person).post(f"{LIST}/nieuw", data=WRITTEN | {"lines-0-amount": amount, "deed": "submit"})
    assert answer.status_code == 422 and amount in answer.text and 'value="Een bank"' in answer.text
    assert not [plan for plan in plans_of(person) if plan.state is PlanState.SUBMITTED]


def test_hostile_words_stay_words(sign_in: SignIn) -> None:
    round_, person = a_round(), a_person()
    title = "{{7*7}} <b>bank</b>\x00\u202e"
    data = WRITTEN | {"title": title, "text": "[klik](javascript:alert(1)) <script>x</script>", "deed": "submit"}
    address = sign_in(person).post(f"{LIST}/nieuw", data=data).location
    page = sign_in(person).get(address).text
    assert "{{7*7}} &lt;b&gt;bank&lt;/b&gt;" in page and "\u202e" not in page and "<script>x" not in page
    assert 'href="javascript' not in page
    assert plan_by_code(round_.id, address.rpartition("/")[2]).title == "{{7*7}} <b>bank</b>"


def test_something_personal_is_pointed_out_before_it_is_public(sign_in: SignIn) -> None:
    a_round()
    person = a_person()
    client = sign_in(person)
    data = WRITTEN | {"text": "Bel Joke op 06-12345678.", "deed": "submit"}
    answer = client.post(f"{LIST}/nieuw", data=data)
    assert answer.status_code == 422 and "06-12345678" in answer.text and 'name="sure"' in answer.text
    code = plans_of(person)[0].code
    assert client.post(f"{LIST}/{code}/bewerken", data=data | {"sure": "y"}).status_code == 302
    assert plans_of(person)[0].state is PlanState.SUBMITTED


def test_a_picture_lives_through_a_form_that_is_refused(sign_in: SignIn) -> None:
    a_round()
    person = a_person()
    client = sign_in(person)
    data = WRITTEN | {"summary": "", "picture": (a_photo(), "bank.png"), "picture_alt": "Een bank", "deed": "submit"}
    text = client.post(f"{LIST}/nieuw", data=data).text
    kept = re.search(r'name="kept_picture"[^>]*value="([^"]+)"', text)
    assert kept
    code = plans_of(person)[0].code
    again = WRITTEN | {"kept_picture": kept[1], "picture_alt": "Een bank", "deed": "submit"}
    assert client.post(f"{LIST}/{code}/bewerken", data=again).status_code == 302
    plan = plans_of(person)[0]
    assert plan.draft.picture and plan.draft.picture_alt == "Een bank"
    assert client.get(f"/bestanden/{plan.draft.picture}").status_code == 200
    assert client.post(f"{LIST}/{code}/bewerken", data=again | {"no_picture": "y", "deed": "save"}).status_code == 302
    assert plans_of(person)[0].draft.picture is None


@pytest.mark.parametrize("forged", ["x" * 32, '"abc".xyz', "\x00"])
def test_a_forged_picture_is_no_picture(sign_in: SignIn, forged: str) -> None:
    a_round()
    person = a_person()
    sign_in(person).post(f"{LIST}/nieuw", data=WRITTEN | {"kept_picture": forged, "deed": "save"})
    assert plans_of(person)[0].draft.picture is None


def test_a_file_that_is_no_picture_is_refused_and_nothing_typed_is_lost(sign_in: SignIn) -> None:
    a_round()
    data = WRITTEN | {"picture": (io.BytesIO(b"<svg onload=alert(1)>"), "x.png"), "deed": "submit"}
    answer = sign_in(a_person()).post(f"{LIST}/nieuw", data=data)
    assert answer.status_code == 422 and 'value="Tineke"' in answer.text


MISSING = {
    "title": "Geef je plan een titel.",
    "summary": "Vertel je plan in één zin.",
    "text": "Schrijf op wat je wilt doen.",
    "theme": "",
    "kosten": "Schrijf op wat je plan kost.",
    "public_name": "Kies een naam die bij je woorden staat.",
}


def test_an_empty_plan_hears_everything_at_once(sign_in: SignIn) -> None:
    a_round()
    person = a_person()
    answer = sign_in(person).post(f"{LIST}/nieuw", data={"deed": "submit", "public_name": ""})
    summary = answer.text.partition('role="alert"')[2].partition("</div>")[0]
    assert answer.status_code == 422 and not plans_of(person)
    for place, words in MISSING.items():
        assert f'href="#{place}"' in summary and words in summary and f'id="{place}"' in answer.text
    assert re.findall(r'href="#(\w+)"', summary) == list(MISSING), "in the order of the page"
    kept = sign_in(person).post(f"{LIST}/nieuw", data={"title": "Een bank", "deed": "save"})
    assert kept.status_code == 302 and len(plans_of(person)) == 1, "a draft needs a title only"


def test_a_visitor_hears_of_title_and_address_at_once(client: FlaskClient) -> None:
    a_round()
    answer = client.post(f"{LIST}/nieuw", data={"deed": "save"})
    summary = answer.text.partition('role="alert"')[2].partition("</div>")[0]
    assert answer.status_code == 422 and not waiting_mail()
    assert 'href="#title"' in summary and 'href="#email"' in summary


def test_change_and_withdraw(sign_in: SignIn) -> None:
    a_round()
    person = a_person()
    client = sign_in(person)
    client.post(f"{LIST}/nieuw", data=WRITTEN | {"deed": "submit"})
    page = client.get(f"{LIST}/een-bank/bewerken").text
    assert 'value="1.250,50"' in page and "Dien je plan in" not in page
    changed = client.post(f"{LIST}/een-bank/bewerken", data=WRITTEN | {"title": "Twee banken", "deed": "save"})
    assert changed.location == f"{LIST}/een-bank" and plans_of(person)[0].title == "Twee banken"
    refused = client.post(f"{LIST}/een-bank/bewerken", data=WRITTEN | {"theme": "", "deed": "save"})
    assert refused.status_code == 422 and plans_of(person)[0].draft.theme == "groen"
    assert client.get(f"{LIST}/een-bank/intrekken").status_code == 200
    assert plans_of(person)[0].state is PlanState.SUBMITTED
    assert client.post(f"{LIST}/een-bank/intrekken").status_code == 302
    assert plans_of(person)[0].state is PlanState.WITHDRAWN
    assert "ingetrokken" in client.get(f"{LIST}/een-bank").text


def test_a_visitor_writes_first_and_signs_in_later(client: FlaskClient) -> None:
    round_ = a_round()
    page = client.get(f"{LIST}/nieuw").text
    assert 'name="email"' in page and 'name="picture"' not in page
    answer = client.post(f"{LIST}/nieuw", data=WRITTEN | {"email": "Joke@Example.org", "deed": "save"})
    assert answer.location == "/inloggen/code"
    assert "joke@example.org" in client.get(answer.location).text
    location = confirm(client)
    assert location == f"{LIST}/verder"
    person = person_by_email("joke@example.org")
    assert person is not None
    draft = plan_by_code(round_.id, "een-bank", drafts_of=person.id)
    assert draft is not None and draft.asked == 1_200_50 and draft.draft.public_name == "Tineke"
    assert client.get(location).location == f"{LIST}/een-bank/bewerken"


@pytest.mark.parametrize(
    "changes", [{"email": "geen adres"}, {"email": ""}, {"title": ""}, {"lines-0-vat_percent": "7"}]
)
def test_a_visitors_mistakes_are_said_and_nothing_typed_is_lost(client: FlaskClient, changes: dict[str, str]) -> None:
    a_round()
    whole = WRITTEN | {"email": "joke@example.org", "deed": "save"}
    answer = client.post(f"{LIST}/nieuw", data=whole | changes)
    assert answer.status_code == 422 and 'value="Kerkplein"' in answer.text and not waiting_mail()


def test_a_visitors_like_counts_when_the_address_is_confirmed(client: FlaskClient) -> None:
    round_ = a_round()
    plan = a_plan(round_.id, a_person(), code="bank")
    assert f'href="{LIST}/bank/steunen"' in client.get(f"{LIST}/bank").text
    assert client.get(f"{LIST}/bank/steunen").status_code == 200
    assert client.post(f"{LIST}/bank/steunen", data={"email": "joke@example.org"}).location == "/inloggen/code"
    assert plan_by_id(plan).likes == 0
    assert confirm(client) == f"{LIST}/bank"
    assert plan_by_id(plan).likes == 1
    assert "Je steunt dit plan." in client.get(f"{LIST}/bank").text


def test_a_like_that_waited_too_long_is_explained(
    client: FlaskClient, standing_clock: Callable[[datetime], None]
) -> None:
    round_ = a_round(a_frame(calendar=a_frame().calendar))
    plan = a_plan(round_.id, a_person(), code="bank")
    standing_clock(datetime.fromisoformat("2020-04-05T09:55:00+00:00"))
    client.post(f"{LIST}/bank/steunen", data={"email": "joke@example.org"})
    standing_clock(at(4, 5))
    assert confirm(client) == f"{LIST}/bank"
    assert "Dit kon tot" in client.get(f"{LIST}/bank").text and plan_by_id(plan).likes == 0


def test_a_like_of_your_own_plan_is_refused_after_signing_in_too(client: FlaskClient) -> None:
    round_ = a_round()
    plan = a_plan(round_.id, a_person("joke@example.org"), code="bank")
    client.post(f"{LIST}/bank/steunen", data={"email": "joke@example.org"})
    confirm(client)
    assert plan_by_id(plan).likes == 0 and "Dit is je eigen plan" in client.get("/mijn").text


def test_like_and_unlike(sign_in: SignIn) -> None:
    round_, person = a_round(), a_person()
    plan = a_plan(round_.id, a_person(), code="bank")
    client = sign_in(person)
    for _ in range(2):
        client.post(f"{LIST}/bank/steunen")
    assert plan_by_id(plan).likes == 1 and likes_plan(person, plan)
    assert "Ik steun het niet meer" in client.get(f"{LIST}/bank").text
    client.post(f"{LIST}/bank/niet-steunen")
    assert plan_by_id(plan).likes == 0


def test_a_visitors_argument_waits_too(client: FlaskClient) -> None:
    round_ = a_round()
    plan = a_plan(round_.id, a_person(), code="bank")
    said = {"side": "against", "text": "Te duur", "public_name": "Ruud", "email": "ruud@example.org"}
    assert client.post(f"{LIST}/bank/reageren", data=said | {"text": ""}).status_code == 422
    assert client.post(f"{LIST}/bank/reageren", data=said | {"side": ""}).status_code == 422
    assert client.post(f"{LIST}/bank/reageren", data=said | {"text": "Bel 0612345678"}).status_code == 422
    assert client.post(f"{LIST}/bank/reageren", data=said).location == "/inloggen/code"
    assert confirm(client) == f"{LIST}/bank#reacties"
    found = arguments_of(plan)
    assert [(one.side, one.text, one.public_name) for one in found] == [(Side.AGAINST, "Te duur", "Ruud")]


def test_a_draft_is_nobody_elses(client: FlaskClient, sign_in: SignIn) -> None:
    a_round()
    sign_in(a_person()).post(f"{LIST}/nieuw", data=WRITTEN | {"deed": "save"})
    other = sign_in(a_person())
    for address in ("", "/bewerken", "/intrekken", "/steunen", "/reageren"):
        assert other.get(f"{LIST}/een-bank{address}").status_code == 404, address
        if address:
            assert other.post(f"{LIST}/een-bank{address}", data=WRITTEN).status_code == 404, address
    assert "Een bank" not in other.get(LIST).text


def test_a_plan_of_somebody_else_is_read_and_not_changed(sign_in: SignIn) -> None:
    round_ = a_round()
    plan = a_plan(round_.id, a_person(), code="bank")
    other = sign_in(a_person())
    assert other.get(f"{LIST}/bank").status_code == 200
    for address in ("bewerken", "intrekken"):
        assert other.get(f"{LIST}/bank/{address}").status_code == 404
        assert other.post(f"{LIST}/bank/{address}", data=WRITTEN | {"deed": "save"}).status_code == 404
    assert plan_by_id(plan).title == "Een bank onder de kastanje"


def test_my_plans_stand_on_my_own_page(sign_in: SignIn) -> None:
    a_round()
    client = sign_in(a_person())
    assert 'id="mijn-plannen"' not in client.get("/mijn").text
    client.post(f"{LIST}/nieuw", data=WRITTEN | {"deed": "save"})
    text = client.get("/mijn").text
    assert 'id="mijn-plannen"' in text and "Een bank" in text and "Concept" in text


def test_when_proposing_is_over_the_form_says_so_and_keeps_what_was_typed(
    sign_in: SignIn, standing_clock: Callable[[datetime], None]
) -> None:
    a_round()
    client = sign_in(a_person())
    standing_clock(at(3, 15))
    assert "Dit kan nu niet" in client.get(f"{LIST}/nieuw").text
    answer = client.post(f"{LIST}/nieuw", data=WRITTEN | {"deed": "submit"})
    assert answer.status_code == 422 and 'value="Kerkplein"' in answer.text and "Dit kon tot" in answer.text


@pytest.mark.parametrize("role", [None, *Role])
def test_only_organisers_of_this_round_manage(sign_in: SignIn, role: Role | None) -> None:
    round_, other, person = a_round(), a_round(slug="elders"), a_person()
    if role:
        a_role(person, round_.id, role)
    a_role(person, other.id, Role.ORGANISER)
    client, wanted = sign_in(person), 200 if role is Role.ORGANISER else 403
    for address in ("plannen", "plannen/uitvoer"):
        assert client.get(f"/beheer/rondes/alphen-centrum-2020/{address}").status_code == wanted


def test_an_organiser_hides_an_argument_with_a_reason(sign_in: SignIn) -> None:
    round_, organiser, writer = a_round(), a_person(), a_person("joke@example.org")
    a_role(organiser, round_.id, Role.ORGANISER)
    plan = a_plan(round_.id, a_person(), code="bank")
    give_argument(writer, plan, Side.FOR, "Onaardig", "Joke")
    elsewhere = a_plan(a_round(slug="elders").id, a_person())
    give_argument(writer, elsewhere, Side.FOR, "Elders", "Joke")
    number, other = arguments_of(plan)[0].id, arguments_of(elsewhere)[0].id
    client, address = sign_in(organiser), "/beheer/rondes/alphen-centrum-2020/plannen"
    assert "Onaardig" in client.get(address).text
    assert client.post(f"{address}/reacties/{number}", data={"reason": " "}).status_code == 422
    for unknown in (other, other + 1):
        assert client.post(f"{address}/reacties/{unknown}", data={"reason": "x"}).status_code == 404
    assert len(arguments_of(elsewhere)) == 1
    assert client.post(f"{address}/reacties/{number}", data={"reason": "Beledigend"}).status_code == 302
    assert not arguments_of(plan) and arguments_of(plan, hidden=True)[0].hidden_reason == "Beledigend"
    mail = db.session.query(OutgoingMail).order_by(OutgoingMail.id.desc()).first()
    assert mail is not None and mail.recipient == "joke@example.org" and "Beledigend" in mail.body


def test_the_spreadsheet_calculates_nothing_and_names_nobody(sign_in: SignIn) -> None:
    round_, organiser = a_round(), a_person()
    a_role(organiser, round_.id, Role.ORGANISER)
    a_plan(round_.id, a_person("geheim@example.org"), '=HYPERLINK("http://x")', code="bank", place="@SUM(1)", likes=2)
    answer = sign_in(organiser).get("/beheer/rondes/alphen-centrum-2020/plannen/uitvoer")
    text = answer.data.decode("utf-8-sig")
    assert answer.headers["Content-Disposition"] == "attachment; filename=alphen-centrum-2020-plannen.csv"
    assert "'=HYPERLINK" in text and ";'@SUM(1);" in text and "4200,00;2;" in text
    assert "example.org" not in text


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_page_speaks_both_languages(sign_in: SignIn, prefix: str) -> None:
    round_, person = a_round(), a_person()
    a_role(person, round_.id, Role.ORGANISER)
    plan = a_plan(round_.id, person, code="bank")
    a_plan(round_.id, a_person(), code="tuin")
    give_argument(a_person(), plan, Side.FOR, "Mooi", "Joke")
    client = sign_in(person)
    pages = ["", "/nieuw", "/bank", "/bank/bewerken", "/bank/intrekken", "/tuin", "/tuin/reageren"]
    for address in [*(f"{LIST}{page}" for page in pages), "/beheer/rondes/alphen-centrum-2020/plannen", "/mijn"]:
        answer = client.get(prefix + address)
        assert answer.status_code == 200, address
        assert answer.text.count("<h1") == 1, address
        assert not re.search(r">\s*(plans?|standing|choice)\.[a-z_.]+\s*<", answer.text), address
