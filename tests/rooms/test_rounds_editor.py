"""The organiser's editor: a step at a time, everything kept that can be read, and every refusal said where it belongs."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pb.counting.equal_shares import Completion, Utility
from pb.counting.rules import RuleName
from pb.rounds.acts import create_round
from pb.rounds.reads import newest_draft, round_by_slug
from pb.rounds.values import (
    BallotKind,
    BallotRule,
    Ceiling,
    CountingRule,
    Criterion,
    Frame,
    LotBy,
    Misfit,
    Openings,
    Payment,
    Phase,
    PhaseKind,
    Pot,
    PotKind,
    Proposers,
    Selection,
    SelectionBy,
    SelectionWhen,
    Theme,
    TieRule,
)
from tests.editor import CALENDAR_FIELDS, COUNT, MONEY, PLACE, VOTE, phase_fields
from tests.factories import a_person, at
from tests.pages import page

SignIn = Callable[[int], FlaskClient]
EDIT = "/beheer/rondes/alphen-centrum-2020/kader"
STEPS = ("plaats", "plannen", "geld", "stemming", "telling", "stemrecht", "punten", "kalender")


@pytest.fixture(autouse=True)
def before_the_first_plan(standing_clock: Callable[[datetime], None]) -> None:
    """A week before plans can be handed in."""
    standing_clock(at(1, 25))


@pytest.fixture
def editor(app: Flask, client: FlaskClient, sign_in: SignIn) -> FlaskClient:
    """An organiser signed in, and a new round with the draft that every round begins with."""
    organiser = a_person("anna@example.org")
    create_round("Alphen", "alphen-centrum-2020", organiser)
    return sign_in(organiser)


def drafted() -> Frame:
    round_ = round_by_slug("alphen-centrum-2020")
    assert round_ is not None
    draft = newest_draft(round_.id)
    return draft.frame if draft else round_.frame


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_step_is_a_whole_page(editor: FlaskClient, step: str, prefix: str) -> None:
    text = page(editor.get(f"{prefix}{EDIT}/{step}"))
    assert text.count('aria-current="step"') == 1


def test_a_step_that_is_none(editor: FlaskClient) -> None:
    assert editor.get(f"{EDIT}/kleuren").status_code == 404


def test_the_place(editor: FlaskClient) -> None:
    assert editor.post(f"{EDIT}/plaats", data=PLACE).location == f"{EDIT}/plannen"
    frame = drafted()
    assert (frame.name, frame.area, frame.postcodes) == (PLACE["name"], "het centrum", ("2405", "2406 AB"))
    assert (frame.proposers, frame.minimum_age, frame.reference_date) == (Proposers.RESIDENTS, 12, date(2020, 5, 1))
    assert "2405, 2406 AB" in page(editor.get(f"{EDIT}/plaats"))


def test_themes_keep_their_codes_when_they_are_renamed(editor: FlaskClient) -> None:
    rows = {
        "themes-0-name": "Groen & duurzaam",
        "themes-1-name": " ",
        "themes-2-name": "Op straat",
        "likes_needed": "25",
    }
    assert editor.post(f"{EDIT}/plannen", data=rows).location == f"{EDIT}/geld"
    assert drafted().themes == (Theme("groen-duurzaam", "Groen & duurzaam"), Theme("op-straat", "Op straat"))
    renamed = {"themes-0-code": "groen-duurzaam", "themes-0-name": "Natuur", "likes_needed": "0"}
    editor.post(f"{EDIT}/plannen", data=renamed)
    assert (drafted().themes, drafted().likes_needed) == ((Theme("groen-duurzaam", "Natuur"),), 0)


def test_the_money_in_one_pot(editor: FlaskClient) -> None:
    editor.post(f"{EDIT}/geld", data=MONEY)
    frame = drafted()
    assert (frame.total, frame.minimum_cost, frame.maximum_cost) == (30_000_00, 1_00, 30_000_00)
    assert (frame.pot_kind, frame.pots, frame.payment) == (PotKind.WHOLE, (), Payment.ORDER)


def test_the_money_by_area(editor: FlaskClient) -> None:
    pots = {
        "pot_kind": "area", "maximum_cost": "10.000", "pots-0-name": "Noord", "pots-0-amount": "10.000",
        "pots-0-postcodes": "2405", "pots-1-name": "Zuid", "pots-1-amount": "20.000", "pots-1-postcodes": "2406 ab",
    }  # fmt: skip
    assert editor.post(f"{EDIT}/geld", data=MONEY | pots).location == f"{EDIT}/stemming"
    assert drafted().pots == (Pot("noord", "Noord", 10_000_00, ("2405",)), Pot("zuid", "Zuid", 20_000_00, ("2406 AB",)))


def test_a_theme_pot_has_the_code_of_its_theme(editor: FlaskClient) -> None:
    editor.post(f"{EDIT}/plannen", data={"themes-0-code": "groen", "themes-0-name": "Natuur", "likes_needed": "0"})
    editor.post(f"{EDIT}/geld", data=MONEY | {"pot_kind": "theme", "pots-0-name": "natuur", "pots-0-amount": "30.000"})
    assert drafted().pots == (Pot("groen", "natuur", 30_000_00),)


def test_the_vote(editor: FlaskClient) -> None:
    editor.post(f"{EDIT}/stemming", data=VOTE)
    frame = drafted()
    assert frame.selection == Selection(SelectionWhen.ALWAYS, SelectionBy.COMMITTEE, 12)
    assert frame.ballot == BallotRule(BallotKind.UP_TO, 5, at_least=2)
    assert (frame.paper_days, frame.report_days, frame.openings) == (3, 14, Openings.AUDITOR)
    editor.post(f"{EDIT}/stemming", data=VOTE | {"ballot": "within_money", "at_most": "", "paper_days": ""})
    assert (drafted().ballot, drafted().paper_days) == (BallotRule(BallotKind.WITHIN_MONEY, at_least=2), 0)


@pytest.mark.parametrize("openings", Openings)
@pytest.mark.parametrize("places", [10, 11])
def test_advice_about_who_sees_the_votes(editor: FlaskClient, openings: Openings, places: int) -> None:
    ranked = {"ballot": "ranking", "at_most": "3", "places": str(places), "openings": openings.value}
    editor.post(f"{EDIT}/stemming", data=VOTE | ranked)
    advised = "We raden de controleur aan" in editor.get(f"{EDIT}/stemming").text
    assert advised == (places == 11 and openings is Openings.PUBLIC)


@pytest.mark.parametrize("sent", ["", "all", "PUBLIC"])
def test_somebody_must_see_the_votes(editor: FlaskClient, sent: str) -> None:
    before = drafted().openings
    assert editor.post(f"{EDIT}/stemming", data=VOTE | {"openings": sent}).status_code == 422
    assert drafted().openings is before


def test_points_to_divide(editor: FlaskClient) -> None:
    points = {"ballot": "points", "at_least": "3", "total_points": "10", "most_points": "6", "least_points": ""}
    editor.post(f"{EDIT}/stemming", data=VOTE | points)
    assert drafted().ballot == BallotRule(BallotKind.POINTS, 5, 3, 10, 6, 1)


def test_the_count(editor: FlaskClient) -> None:
    assert editor.post(f"{EDIT}/telling", data=COUNT).location == f"{EDIT}/stemrecht"
    plain = CountingRule(Misfit.STOP, TieRule.LOT, least_share=2_50, show_others=False)
    assert drafted().counting == plain
    assert 'value="2,5"' in page(editor.get(f"{EDIT}/telling"))


def test_a_draw_by_hand(editor: FlaskClient) -> None:
    assert drafted().counting.lot is LotBy.SEED, "unless somebody chooses otherwise"
    editor.post(f"{EDIT}/telling", data=COUNT | {"lot": "hand"})
    assert drafted().counting.lot is LotBy.HAND
    assert "met de hand, na het stemmen en met publiek" in page(editor.get(f"{EDIT}/voorbeeld"))
    assert "Hoe we loten" not in page(editor.get("/rondes/alphen-centrum-2020/spelregels"))
    assert editor.post(f"{EDIT}/telling", data=COUNT | {"lot": "dice"}).status_code == 422


def test_equal_shares_with_all_its_settings(editor: FlaskClient) -> None:
    editor.post(f"{EDIT}/plannen", data={"themes-0-code": "groen", "themes-0-name": "Groen", "likes_needed": "0"})
    editor.post(f"{EDIT}/geld", data=MONEY)
    boxes = dict.fromkeys(("whole_start", "stop_when_exhaustive", "comparison", "conflicts", "show_others"), "y")
    rows = {
        "ceilings-0-name": "groen",
        "ceilings-0-amount": "20.000",
        "ceilings-1-name": "De Oost",
        "ceilings-1-amount": "5.000",
    }
    chosen = {"rule": "equal-shares", "completion": "add1-most-votes", "step": "0,50", "least_votes": "20"}
    editor.post(f"{EDIT}/telling", data=COUNT | chosen | boxes | rows)
    assert drafted().counting == CountingRule(
        Misfit.STOP, TieRule.LOT, RuleName.EQUAL_SHARES, Utility.COST, Completion.ADD1_MOST_VOTES, 50, True, True, True,
        20, 2_50, True, (Ceiling("groen", "groen", 20_000_00), Ceiling("de-oost", "De Oost", 5_000_00)), True,
    )  # fmt: skip


def test_criteria(editor: FlaskClient) -> None:
    rows = {
        "feasibility_criteria-0-name": "Mag het?",
        "feasibility_criteria-0-help": "Volgens de wet.",
        "jury_criteria-0-name": "Mooi",
    }
    assert editor.post(f"{EDIT}/punten", data=rows).location == f"{EDIT}/kalender"
    assert drafted().feasibility_criteria == (Criterion("mag-het", "Mag het?", "Volgens de wet."),)
    assert drafted().jury_criteria == (Criterion("mooi", "Mooi"),)


def test_the_calendar(editor: FlaskClient) -> None:
    editor.post(f"{EDIT}/kalender", data=CALENDAR_FIELDS)
    calendar = drafted().calendar
    assert [phase.kind for phase in calendar.phases] == [kind for kind in PhaseKind if kind is not PhaseKind.ASSESS]
    assert calendar.phase(PhaseKind.PROPOSE) == Phase(PhaseKind.PROPOSE, at(2, 1, 9), at(3, 15, 23))
    assert calendar.phase(PhaseKind.SUPPORT) == Phase(PhaseKind.SUPPORT, at(3, 15, 23), at(4, 5, 22))
    vote = calendar.phase(PhaseKind.VOTE)
    assert vote and vote.closes == datetime(2020, 6, 28, 22, tzinfo=UTC)
    shown = page(editor.get(f"{EDIT}/kalender"))
    assert 'value="2020-06-28"' in shown and 'value="23:59"' in shown


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (phase_fields("vote", ("2020-05-27", "10:00"), ("2020-10-25", "02:30")), "02:30 komt op deze dag twee keer"),
        (phase_fields("vote", ("2020-03-29", "02:30"), ("2020-06-28", "23:59")), "02:30 bestaat niet op deze dag"),
        ({"result": "2020-10-25", "result_hour": "02:00"}, "02:00 komt op deze dag twee keer"),
        ({"vote-closes_hour": ""}, "Vul dit in."),
        ({"result": ""}, "Vul dit in."),
        ({"vote-closes_day": "9999-12-31"}, "Kies een jaar tussen 2000 en 2100."),
        ({"vote-closes_day": "31-06-2020"}, "field__error"),
        ({"vote-closes_hour": "25:00"}, "field__error"),
    ],
)
def test_an_hour_that_is_no_moment_is_refused_and_nothing_kept(
    editor: FlaskClient, changes: dict[str, str], words: str
) -> None:
    before = drafted()
    text = page(editor.post(f"{EDIT}/kalender", data=CALENDAR_FIELDS | changes), 422)
    assert words in text and 'value="2020-02-01"' in text
    assert drafted() == before


def test_overlapping_phases_are_kept_and_explained(editor: FlaskClient) -> None:
    overlap = phase_fields("support", ("2020-03-10", "10:00"), ("2020-04-05", "23:59"))
    text = page(editor.post(f"{EDIT}/kalender", data=CALENDAR_FIELDS | overlap, follow_redirects=True))
    assert "De stap hiervoor duurt tot" in text and 'value="2020-03-10"' in text
    assert text.count("field__error") == 1


@pytest.mark.parametrize(
    ("step", "fields", "words"),
    [
        ("geld", MONEY | {"total": "0"}, "Schrijf hoeveel geld er is"),
        ("geld", MONEY | {"maximum_cost": "40.000"}, "€\u00a030.000"),
        ("geld", MONEY | {"pot_kind": "area", "pots-0-name": "Noord", "pots-0-amount": "1.000"}, "zijn samen"),
        ("plaats", PLACE | {"postcodes": "0405"}, "is geen postcode"),
        ("plaats", PLACE | {"minimum_age": "-1"}, "Kies een leeftijd"),
        ("stemming", VOTE | {"places": ""}, "minstens één"),
        ("stemming", VOTE | {"at_least": "6"}, "Kies een laagste aantal van 1 tot en met 5."),
        ("telling", COUNT | {"rule": "equal-shares", "utility": "points"}, "Deze telling heeft punten nodig."),
        ("telling", COUNT | {"ceilings-0-name": "Oost"}, "past geen plan"),
        ("telling", COUNT | {"least_share": "100,01"}, "percentage van 0 tot en met 100"),
        ("punten", {}, "minstens één punt"),
    ],
)
def test_what_a_rule_refuses_is_kept_and_said_on_the_same_step(
    editor: FlaskClient, step: str, fields: dict[str, str], words: str
) -> None:
    answer = editor.post(f"{EDIT}/{step}", data=fields)
    assert answer.location == f"{EDIT}/{step}"
    text = page(editor.get(answer.location))
    assert words in text


@pytest.mark.parametrize(
    ("step", "fields"),
    [
        ("geld", MONEY | {"total": "veel"}),
        ("geld", MONEY | {"total": "-1"}),
        ("geld", MONEY | {"total": "9" * 400}),
        ("geld", MONEY | {"pots-0-name": "Noord", "pots-0-amount": "1,500"}),
        ("geld", MONEY | {"pot_kind": "street"}),
        ("plaats", PLACE | {"minimum_age": "twaalf"}),
        ("plaats", PLACE | {"minimum_age": "9" * 5000}),
        ("plaats", PLACE | {"reference_date": "30-02-2020"}),
        ("plaats", PLACE | {"name": "x" * 101}),
        ("stemming", VOTE | {"places": "1.5"}),
        ("telling", COUNT | {"tie": "coin"}),
        ("telling", COUNT | {"least_share": "veel"}),
        ("telling", COUNT | {"step": "-1"}),
        ("telling", COUNT | {"rule": "borda"}),
        ("plannen", {"likes_needed": ""}),
    ],
)
def test_what_cannot_be_read_comes_back_as_it_was_typed(editor: FlaskClient, step: str, fields: dict[str, str]) -> None:
    before = drafted()
    text = page(editor.post(f"{EDIT}/{step}", data=fields), 422)
    assert "field__error" in text
    assert drafted() == before
    assert all(
        f'value="{value}"' in text for name, value in fields.items() if name in {"total", "minimum_age", "places"}
    )


def test_a_button_adds_a_row_and_keeps_what_was_typed(editor: FlaskClient) -> None:
    text = page(editor.post(f"{EDIT}/geld", data=MONEY | {"pots-0-name": "Noord", "add": "pots"}))
    assert 'value="Noord"' in text and 'name="pots-1-name"' in text and 'value="30.000"' in text
    assert drafted().total == 0
    assert 'name="pots-1-name"' not in page(editor.post(f"{EDIT}/geld", data=MONEY | {"add": "total"}))


def test_no_more_rows_than_there_is_room_for(editor: FlaskClient) -> None:
    many = {f"themes-{number}-name": f"Thema {number}" for number in range(80)}
    text = page(editor.post(f"{EDIT}/plannen", data=many | {"likes_needed": "0", "add": "themes"}))
    assert 'name="themes-59-name"' in text and 'name="themes-60-name"' not in text


def test_two_organisers_on_different_steps_keep_both(editor: FlaskClient) -> None:
    editor.post(f"{EDIT}/geld", data=MONEY)
    editor.post(f"{EDIT}/plaats", data=PLACE)
    assert (drafted().total, drafted().area) == (30_000_00, "het centrum")


def test_the_review_names_every_reason_at_its_step(editor: FlaskClient) -> None:
    text = page(editor.get(EDIT))
    assert "Schrijf hoeveel geld er is" in text and "Schrijf voor welke buurt dit is" in text
    assert 'name="body"' not in text
    assert "Schrijf waar de toets op let" in text
