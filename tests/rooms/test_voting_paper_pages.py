"""The pages of paper: who may open them, a form at a time by keyboard, and the form that is printed."""

import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from pb.base.access import Role
from pb.roll.codes import show_code
from pb.rounds.values import Pot, PotKind
from pb.voting.acts import cast_ballot, close_vote, open_rehearsal
from pb.voting.paper.numbers import plan_numbers
from pb.voting.paper.reads import all_batches
from pb.voting.paper.values import Verdict
from pb.voting.reads import manifest
from pb.voting.rules import told_channels
from tests.booth import fields_of
from tests.factories import a_frame, a_person, a_role, a_round
from tests.pages import page, words_of
from tests.paper import CLOSES, Paper, a_paper_vote
from tests.rooms.test_voting_paper import Move
from tests.voting import COSTS, a_vote, lose_keys, rows

SignIn = Callable[[int], FlaskClient]
ADDRESS = "/beheer/rondes/alphen-centrum-2020/papier"
SHEET = "/rondes/alphen-centrum-2020/stemformulier"


@pytest.fixture
def paper(app: Flask, standing_clock: Move) -> Paper:
    return a_paper_vote(standing_clock, forms=3)


@pytest.fixture
def numbers(paper: Paper) -> dict[str, str]:
    """The number of each plan on the form."""
    sealed = manifest(paper.id)
    assert sealed
    return {plan.code: str(number) for number, plan in plan_numbers(sealed).items()}


def enter(
    clerk: FlaskClient, form: str, plans: str = "", code: str = "", verdict: str = "vote", batch: int = 1
) -> TestResponse:
    fields = {"form": form, "plans": plans, "code": code, "verdict": verdict}
    return clerk.post(f"{ADDRESS}/{batch}/invoer", data=fields)


def told(clerk: FlaskClient, answer: TestResponse) -> str:
    """What the page after a form says."""
    assert answer.status_code == 303, answer.text
    return words_of(page(clerk.get(answer.location)))


READERS, WRITERS = {Role.CLERK, Role.ORGANISER, Role.AUDITOR}, {Role.CLERK, Role.ORGANISER}


@pytest.mark.parametrize("role", [*Role, None])
def test_who_may_see_and_enter_paper(paper: Paper, sign_in: SignIn, role: Role | None) -> None:
    person = a_person()
    a_role(person, a_round(slug="elders").id, Role.CLERK)
    if role:
        a_role(person, paper.id, role)
    client = sign_in(person)
    for path in ("", "/1"):
        assert client.get(ADDRESS + path).status_code == (200 if role in READERS else 403)
    assert client.get(f"{ADDRESS}/1/invoer").status_code == (200 if role in WRITERS else 403)
    assert client.post(ADDRESS, data={"forms": "3"}).status_code == (422 if role in WRITERS else 403)
    assert enter(client, "1", verdict="no_code").status_code == (303 if role in WRITERS else 403)


def test_an_auditor_looks_and_is_offered_no_deed(paper: Paper, sign_in: SignIn) -> None:
    person = a_person()
    a_role(person, paper.id, Role.AUDITOR)
    client = sign_in(person)
    assert "<form method" not in page(client.get(ADDRESS)).partition("<main")[2]
    assert "/invoer" not in page(client.get(f"{ADDRESS}/1"))


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_batch_is_registered(app: Flask, standing_clock: Move, sign_in: SignIn, prefix: str) -> None:
    paper = a_paper_vote(standing_clock, closed=False)
    clerk = sign_in(paper.clerks[0])
    assert "2" in words_of(page(clerk.get(prefix + ADDRESS)))
    assert clerk.post(prefix + ADDRESS, data={"forms": " 12 "}).location.endswith(ADDRESS)
    assert [batch.forms for batch in all_batches(paper.id)] == [5, 12]
    assert "17" in words_of(page(clerk.get(prefix + ADDRESS))), "the sum of both"


@pytest.mark.parametrize("forms", ["", "0", "-1", "x", "1e3", "1,5", "٣", "99999999999", "5001", "NaN"])
def test_a_number_of_forms_that_is_none(app: Flask, standing_clock: Move, sign_in: SignIn, forms: str) -> None:
    paper = a_paper_vote(standing_clock, closed=False)
    clerk = sign_in(paper.clerks[0])
    assert "1 tot en met 5000" in words_of(page(clerk.post(ADDRESS, data={"forms": forms}), 422))
    assert len(all_batches(paper.id)) == 1


def test_a_form_is_entered_by_two_people(
    paper: Paper, numbers: dict[str, str], client: FlaskClient, sign_in: SignIn
) -> None:
    first = sign_in(paper.clerks[0])
    assert fields_of(page(first.get(f"{ADDRESS}/1/invoer")))["form"] == ["1"]
    typed = f"{numbers['bank']}, {numbers['kas']}"
    answer = enter(first, "1", typed, show_code(paper.vote.codes[0]).lower())
    said = told(first, answer)
    assert "Formulier 1 is bewaard." in said and 'value="2"' in first.get(answer.location).text
    second = sign_in(paper.clerks[1])
    shown = page(second.get(f"{ADDRESS}/1/invoer"))
    assert fields_of(shown)["form"] == ["1"] and paper.vote.codes[0] not in shown and typed not in shown
    assert "Formulier 1 telt mee." in told(
        second, enter(second, "1", f"{numbers['kas']} {numbers['bank']}", paper.vote.codes[0])
    )
    assert rows() == (1, 1, 1, 1)
    batch = words_of(page(second.get(f"{ADDRESS}/1")))
    assert "Telt mee Formulier 1" in batch and "Nog niet gelezen Formulier 2–3" in batch


def test_readings_that_differ_and_forms_that_do_not_count(
    paper: Paper, numbers: dict[str, str], sign_in: SignIn
) -> None:
    code = paper.vote.codes[0]
    first = sign_in(paper.clerks[0])
    enter(first, "1", numbers["bank"], code)
    enter(first, "2", verdict="no_code")
    second = sign_in(paper.clerks[1])
    assert "anders gelezen" in told(second, enter(second, "1", numbers["kas"], code))
    assert "telt niet mee: geen code" in told(second, enter(second, "2", verdict="no_code"))
    third = sign_in(paper.clerks[2])
    assert "telt niet mee: niet te lezen" in told(third, enter(third, "1", numbers["tuin"], code))
    shown = words_of(page(third.get(ADDRESS)))
    assert "Stapel 1 3 0 2 1" in shown and "Samen 3 0 2 1" in shown


@pytest.mark.parametrize(
    ("fields", "words", "about"),
    [
        ({"plans": "99"}, "geen plan met nummer “99”", "plans"),
        ({"plans": "1 1"}, "staat er twee keer", "plans"),
        ({"plans": "<b>"}, "geen plan met nummer “<b>”", "plans"),
        ({"code": ""}, "Vul je code in", "code"),
        ({"code": "1234"}, "16 tekens", "code"),
        ({"code": "0123456789ABCDEF"}, "tikfout", "code"),
        ({"form": "0"}, "van 1 tot en met 3", "form"),
        ({"form": "4"}, "van 1 tot en met 3", "form"),
        ({"form": "een"}, "van 1 tot en met 3", "form"),
        ({"form": "１"}, "van 1 tot en met 3", "form"),
    ],
)
def test_a_slip_is_mended_where_it_was_made(
    paper: Paper, sign_in: SignIn, fields: dict[str, str], words: str, about: str
) -> None:
    clerk = sign_in(paper.clerks[0])
    typed = {"form": "1", "plans": "1", "code": paper.vote.codes[0]} | fields
    shown = page(enter(clerk, **typed), 422)
    assert words in words_of(shown)
    assert re.search(rf'id="{about}"[^>]*aria-invalid="true"', shown)
    kept = fields_of(shown)
    assert (kept["form"], kept["code"]) == ([typed["form"]], [typed["code"]])


@pytest.mark.parametrize("verdict", ["", "cast", "too_much", "VOTE", "\0"])
def test_a_verdict_that_no_page_offers(paper: Paper, sign_in: SignIn, verdict: str) -> None:
    assert enter(sign_in(paper.clerks[0]), "1", verdict=verdict).status_code == 400


def test_outside_the_days_for_paper(app: Flask, standing_clock: Move, sign_in: SignIn) -> None:
    paper = a_paper_vote(standing_clock, closed=False)
    clerk = sign_in(paper.clerks[0])
    assert "het laatste telt" in words_of(page(clerk.get(f"{ADDRESS}/1/invoer")))
    assert "het laatste telt" in words_of(page(enter(clerk, "1", verdict="no_code"), 409))
    standing_clock(datetime(2020, 8, 1, tzinfo=CLOSES.tzinfo))
    assert "Papier kon je invoeren" in words_of(page(enter(clerk, "1", verdict="no_code"), 409))
    assert "telt niet mee" in words_of(page(clerk.post(ADDRESS, data={"forms": "1"}), 422))


def test_batches_and_rounds_that_are_not_there(paper: Paper, sign_in: SignIn) -> None:
    clerk = sign_in(paper.clerks[0])
    for path in ("/2", "/2/invoer", "/0", "/99999999999999999999"):
        page(clerk.get(ADDRESS + path), 404)
    assert enter(clerk, "1", verdict="no_code", batch=2).status_code == 404


def test_a_round_without_paper_says_so(app: Flask, client: FlaskClient, sign_in: SignIn) -> None:
    vote, person = a_vote(), a_person()
    a_role(person, vote.id, Role.CLERK)
    assert "niemand op papier" in words_of(page(sign_in(person).get(ADDRESS)))
    page(client.get(SHEET), 404)


def test_before_the_sealing_there_is_nothing_to_print(app: Flask, client: FlaskClient, sign_in: SignIn) -> None:
    person, round_ = a_person(), a_round(a_frame(paper_days=2))
    a_role(person, round_.id, Role.CLERK)
    assert "nog niet verzegeld" in words_of(page(sign_in(person).get(ADDRESS)))
    page(client.get(SHEET), 404)
    assert sign_in(person).post(ADDRESS, data={"forms": "3"}).status_code == 409


@pytest.mark.parametrize(("prefix", "words"), [("", "Zet een kruisje"), ("/en", "Put a cross")])
def test_the_form_to_print(paper: Paper, numbers: dict[str, str], client: FlaskClient, prefix: str, words: str) -> None:
    answer = client.get(prefix + SHEET)
    assert answer.mimetype == "application/pdf" and answer.data.startswith(b"%PDF-")
    assert client.get(f"{SHEET}?gebied=mars").status_code == 404
    text = text_of(answer.data)
    assert words in text and text.count("\f") == 1
    for code in COSTS:
        assert re.search(rf"^ *{numbers[code]} +Plan {code} ", text, re.MULTILINE), text


def test_the_organiser_sees_codes_letters_and_paper_together(
    paper: Paper, numbers: dict[str, str], sign_in: SignIn, standing_clock: Move
) -> None:
    organiser = a_person()
    a_role(organiser, paper.id, Role.ORGANISER)
    client, address = sign_in(organiser), "/beheer/rondes/alphen-centrum-2020/stemming"
    for by in (0, 1):
        paper.read(1, by, "bank")
        paper.say(2, by, Verdict.NO_CODE)
    shown = words_of(page(client.get(address)))
    assert "Nog te lezen formulieren op papier: 1." in shown and "Stapel 1 3 1 1 1" in shown
    assert "Mensen voeren nog stemmen op papier in." in shown and "Sluit haar nu af" not in shown
    assert "Codes verstuurd 5" in shown and "Sluit de stemming" not in shown
    for by in (0, 1):
        paper.read(3, by, code=1)
    close_vote(paper.id)
    assert "Stapel 1 3 2 1 0" in words_of(page(client.get(address)))
    lose_keys(paper.vote.round)
    assert "Stapel 1 3 2 1 0" in words_of(page(client.get(ADDRESS))), "counts outlive the keys"


def test_turnout_tells_channels_apart_where_none_is_small(app: Flask, standing_clock: Move, sign_in: SignIn) -> None:
    paper = a_paper_vote(standing_clock, forms=6, codes=11, closed=False)
    for code in paper.vote.codes[:5]:
        cast_ballot(paper.id, code, ("tuin",), bytes(16))
    standing_clock(CLOSES)
    for form in range(1, 7):
        for by in (0, 1):
            paper.read(form, by, "bank", code=form + 4)
    close_vote(paper.id)
    open_rehearsal(paper.id, None)
    organiser = a_person()
    a_role(organiser, paper.id, Role.ORGANISER)
    shown = words_of(page(sign_in(organiser).get("/beheer/rondes/alphen-centrum-2020/stemming")))
    assert "Stemmen op papier 6" in shown and "Stemmen op de site 5" in shown


@pytest.mark.parametrize(
    ("channels", "told"),
    [
        ({"web": 5, "paper": 5}, True),
        ({"web": 900, "paper": 4}, False),
        ({"web": 4}, False),
        ({}, True),
        ({"web": 5}, True),
    ],
)
def test_small_channels_are_not_told_apart(channels: dict[str, int], told: bool) -> None:
    assert told_channels(channels) == (channels if told else {})


def test_each_area_has_a_form_of_its_own(app: Flask, client: FlaskClient) -> None:
    """And no number stands on two of them, so that a form tells by itself whose it is."""
    pots = (Pot("oud", "Oud", 14_000_00, ("2405",)), Pot("nieuw", "Nieuw", 16_000_00, ("2406",)))
    divided = {"bank": "oud", "bomen": "oud", "kas": "nieuw", "tuin": "nieuw"}
    a_vote(a_frame(pot_kind=PotKind.AREA, pots=pots, paper_days=1), pots=divided)
    shown: list[dict[str, str]] = []
    for style in ("oud", "nieuw"):
        found = re.findall(r"^ *(\d+) +Plan (\w+) ", text_of(client.get(f"{SHEET}?gebied={style}").data), re.MULTILINE)
        shown.append(dict(found))
        assert {divided[code] for _, code in found} == {style}
    assert len(shown[0] | shown[1]) == len(COSTS)


def text_of(pdf: bytes) -> str:
    """The words of a PDF, as they stand on its pages."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    run = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return run.stdout.decode()
