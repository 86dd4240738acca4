"""The story of a count and the page of other rules: what they say under every rule, and to whom, and what they leave out."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pb.counting.equal_shares import Completion, Utility
from pb.counting.rules import RuleName
from pb.rounds.values import BallotKind, BallotRule, Ceiling, CountingRule, Frame, Misfit, Pot, PotKind, Theme
from pb.selection.acts import save_groups
from pb.selection.values import PlanGroups
from pb.voting.acts import cast_ballot, close_vote, open_rehearsal
from tests.factories import CALENDAR, a_frame, at
from tests.pages import page, words_of
from tests.results import Move, Over, adopted, over, published
from tests.voting import before_the_vote, sealed

SignIn = Callable[[int], FlaskClient]
UP_TO = BallotRule(BallotKind.UP_TO, 4)
SHARES = CountingRule(rule=RuleName.EQUAL_SHARES)
CHOSEN = [("bank", "tuin")] * 6 + [("kas", "bomen")] * 5 + [("bank", "bomen")] * 3 + [()]
ALONE = [("tuin",)] * 7 + [("kas",)] * 6 + [("bomen",)] * 5 + [("bank",)] * 4
POINTED = [("bank=2", "tuin=8")] * 6 + [("kas=10",)] * 5 + [("bank=5", "bomen=5")] * 3
RANKED = [("bank=2", "tuin=1")] * 6 + [("kas=1",)] * 5 + [("bank=1", "bomen=2")] * 3
POINTS = BallotRule(BallotKind.POINTS, total_points=10, most_points=10)
RANKING = BallotRule(BallotKind.RANKING, 2)
AREAS: dict[str, Any] = {
    "pot_kind": PotKind.AREA,
    "pots": (Pot("oud", "Oude centrum", 10_000_00, ("2405",)), Pot("water", "Aan het water", 20_000_00, ("2406",))),
}
IN_AREAS = {"bank": "oud", "bomen": "oud", "kas": "water", "tuin": "water"}


def a_result(move: Move, frame: Frame, ballots: list[tuple[str, ...]] = CHOSEN, **more: Any) -> Over:
    return published(over(move, ballots, frame, **more), move)


def story(client: FlaskClient, done: Over, prefix: str = "") -> str:
    return page(client.get(f"{prefix}/rondes/{done.slug}/uitslag/stap-voor-stap"))


def others(client: FlaskClient, done: Over, prefix: str = "") -> str:
    return page(client.get(f"{prefix}/rondes/{done.slug}/uitslag/andere-regels"))


RULES = {
    "most votes": (UP_TO, CountingRule(), CHOSEN, "Het past."),
    "stop": (UP_TO, CountingRule(Misfit.STOP), ALONE, "De telling stopte bij het plan ‘Plan bomen’."),
    "points": (POINTS, CountingRule(), POINTED, "Dit plan kreeg 48 punten."),
    "places": (RANKING, CountingRule(), RANKED, "Plek 3 met 10 punten."),
    "shares": (UP_TO, SHARES, CHOSEN, "mensen kozen dit plan. Samen hadden ze nog €"),
    "shares, no more": (UP_TO, replace(SHARES, completion=Completion.NONE), CHOSEN, "Elke stem begon met € 2.000."),
    "shares, filled": (
        UP_TO,
        replace(SHARES, completion=Completion.MOST_VOTES),
        CHOSEN,
        "Wat overbleef, ging naar de meeste stemmen.",
    ),
    "shares of points": (POINTS, replace(SHARES, utility=Utility.POINTS), POINTED, "voor elk punt."),
    "compared": (
        UP_TO,
        replace(SHARES, comparison=True),
        CHOSEN,
        "Bij gelijke delen hebben 0 mensen meer winnaars. Bij meeste stemmen 0.",
    ),
    "phragmen": (UP_TO, CountingRule(rule=RuleName.PHRAGMEN), CHOSEN, "mensen hadden het samen gespaard"),
    "per euro": (UP_TO, CountingRule(rule=RuleName.PER_EURO), CHOSEN, "Voor een deel is er geld"),
    "by price": (UP_TO, CountingRule(rule=RuleName.VOTES_PER_EURO), CHOSEN, "Het past."),
    "threshold": (UP_TO, CountingRule(least_share=50_00), CHOSEN, "Een winnaar heeft ten minste 8 stemmen."),
}


@pytest.mark.parametrize("name", RULES)
def test_every_rule_has_its_story(app: Flask, client: FlaskClient, standing_clock: Move, name: str) -> None:
    ballot, counting, cast, words = RULES[name]
    done = a_result(standing_clock, a_frame(ballot=ballot, counting=counting), cast)
    text = words_of(story(client, done))
    assert words in text
    assert f"{len(cast)} mensen stemden. Samen verdeelden ze € 30.000." in text
    assert "How the votes were counted" in story(client, done, "/en")
    page(client.get(f"/rondes/{done.slug}/uitslag"))


@pytest.fixture
def shared(app: Flask, standing_clock: Move) -> Over:
    return a_result(standing_clock, a_frame(ballot=UP_TO, counting=SHARES))


def test_a_drawing_has_its_table_and_its_words(client: FlaskClient, shared: Over) -> None:
    text = story(client, shared)
    assert text.count('class="drawing flow__streams"') == 1 and text.count('<path class="stream"') == text.count(
        "#plan-"
    )
    assert text.count('role="img"') == 4 and "<caption>Elke stap van de telling</caption>" in text
    assert "Kreeg elke groep haar deel?" in text and "Er is geen groep die samen recht had op een plan" in text


def test_who_lost_reads_what_was_lacking_and_where_the_money_went(client: FlaskClient, shared: Over) -> None:
    lost = words_of(story(client, shared).partition('id="lost-all"')[2].partition("</section>")[0])
    assert re.search(r"\d mensen kozen dit plan\. Het kost € [\d.]+\. Aan het eind konden zij samen nog €", lost)
    assert "Zij legden vooral in voor: ‘Plan bomen’: €" in lost


def test_where_the_pot_had_less_than_they_had_no_price_is_told(client: FlaskClient, shared: Over) -> None:
    """Not *for € 300 it would have won*, beside the € 13.997 that they had: nobody sees where those € 300 come from."""
    lost = words_of(story(client, shared).partition('id="lost-all"')[2].partition("</section>")[0])
    assert "nog € 13.997 inleggen. Maar voor alle plannen samen was er toen nog maar € 300 over." in lost
    assert "had het wel gewonnen" not in lost and "mensen meer" not in lost


def test_what_would_have_won_is_said_in_the_euros_that_were_told(
    app: Flask, client: FlaskClient, standing_clock: Move
) -> None:
    done = a_result(standing_clock, a_frame(ballot=UP_TO, counting=replace(SHARES, completion=Completion.NONE)))
    lost = words_of(story(client, done).partition('id="lost-all"')[2].partition("</section>")[0])
    had = re.findall(r"nog (€ [\d.]+) inleggen\. Voor hoogstens (€ [\d.]+) had het wel gewonnen\.", lost)
    assert had and all(left == price for left, price in had), lost


def test_one_ballot_is_followed_in_the_browser_only(client: FlaskClient, shared: Over) -> None:
    """What the script needs is on the page: shares and prices. Nothing is asked for, and no form sends it anywhere."""
    text = story(client, shared)
    part = text.partition('aria-labelledby="mine"')[2].partition("</section>")[0]
    assert "<form" not in part and "name=" not in part and "hidden data-mine" in part
    data = json.loads(text.partition('id="count">')[2].partition("</script>")[0])
    plans = {plan["code"]: plan for plan in data["plans"]}
    assert set(plans) == {"bank", "bomen", "kas", "tuin"} and data["byPoints"] is False
    paid = sum(
        sum(plans[code]["price"] for code in choices if plans[code]["won"]) for choices in CHOSEN
    )  # nobody ran out of money, so everyone paid in full
    won = sum(
        {"bank": 4_200_00, "bomen": 9_500_00, "kas": 14_000_00, "tuin": 16_000_00}[c] for c in plans if plans[c]["won"]
    )
    assert paid == pytest.approx(won) or any(plan["won"] and plan["price"] is None for plan in plans.values())


def test_an_unfair_outcome_is_told_in_plain_words(app: Flask, client: FlaskClient, standing_clock: Move) -> None:
    cast = [("tuin",)] * 7 + [("kas",)] * 6 + [("bank",)] * 4
    done = a_result(standing_clock, a_frame(ballot=UP_TO, counting=CountingRule()), cast)
    for path in ("", "/stap-voor-stap"):
        text = words_of(page(client.get(f"/rondes/{done.slug}/uitslag{path}")))
        assert "4 mensen hadden samen recht op ‘Plan bank’." in text


def test_money_to_count_with_is_called_so_and_drawn(client: FlaskClient, shared: Over) -> None:
    """Fifteen votes may put in more than there is, as long as the winners stay under the line of the pot."""
    rule = story(client, shared).partition('id="rule"')[2].partition("</section>")[0]
    said = words_of(rule)
    assert (
        "Dit is rekengeld. Zolang de winnaars samen niet meer dan € 30.000 kosten, mag iedereen meer inleggen." in said
    )
    assert "Aan het begin mocht elke stem € 2.000 inleggen. Samen: € 30.000" in said
    ends = re.search(r"Aan het eind mocht elke stem € ([\d.]+) inleggen\. Samen: € ([\d.]+)", said)
    assert ends, said
    each, together = (int(amount.replace(".", "")) for amount in ends.groups())
    assert each * 15 == together > 30_000
    first, last, winners = (float(width) for width in re.findall(r'<rect class="\w+"[^>]* width="([\d.]+)%"', rule))
    line = {float(place) for place in re.findall(r'x1="([\d.]+)%"', rule)}
    assert line == {first} and winners < first < last == 100


def test_who_had_less_are_the_others(app: Flask, client: FlaskClient, standing_clock: Move) -> None:
    cast = [("tuin", "bank"), ("tuin",), ("tuin",), ("bank",), ("kas",)]
    done = a_result(standing_clock, a_frame(ballot=UP_TO, counting=replace(SHARES, completion=Completion.NONE)), cast)
    text = words_of(story(client, done))
    assert "Het plan kost € 16.000. Ieder legde ongeveer € 5.333,33 in." in text
    assert "Het plan kost € 4.200. 1 mens legde ongeveer € 3.533,33 in. De ander had minder, en gaf alles." in text


def test_plans_that_were_passed_over_stand_in_line(app: Flask, client: FlaskClient, standing_clock: Move) -> None:
    """From place 2 to place 4 without a word looked like a mistake."""
    cast = [("tuin",)] * 7 + [("bomen",)] * 6 + [("kas",)] * 5 + [("bank",)] * 4
    done = a_result(standing_clock, a_frame(ballot=UP_TO), cast)
    text = story(client, done)
    row = text.partition('id="won-all"')[2].partition("</section>")[0]
    assert re.findall(r'<li[^>]* value="(\d+)"', row) == ["1", "2", "3", "4"]
    assert "Past niet: kost € 14.000, er was nog € 4.500. We kijken naar het volgende plan." in words_of(row)
    assert text.count('id="plan-kas"') == 1


def test_a_plan_with_too_few_votes_stands_in_line_too(app: Flask, client: FlaskClient, standing_clock: Move) -> None:
    cast = [("bank", "bomen")] * 3 + [("bomen",)]
    counting = CountingRule(rule=RuleName.VOTES_PER_EURO, least_votes=4)
    done = a_result(standing_clock, a_frame(ballot=UP_TO, counting=counting), cast)
    row = story(client, done).partition('id="won-all"')[2].partition("</section>")[0]
    assert re.findall(r'<li[^>]* value="(\d+)"', row) == ["1", "2"]
    assert "Plan bank Wint niet. Te weinig stemmen. We kijken naar het volgende plan. Plan bomen" in words_of(row)


def test_themes_say_where_money_went(app: Flask, client: FlaskClient, standing_clock: Move) -> None:
    done = a_result(standing_clock, a_frame(ballot=UP_TO, themes=(Theme("groen", "Groen"), Theme("rood", "Rood"))))
    assert "Groen 3 € 29.700 Rood 0 € 0" in words_of(story(client, done))


def test_each_pot_has_a_story_of_its_own(app: Flask, client: FlaskClient, standing_clock: Move) -> None:
    cast = [("bank",), ("kas",)] * 6
    done = a_result(standing_clock, a_frame(ballot=UP_TO, counting=SHARES, **AREAS), cast, pots=IN_AREAS)
    text = words_of(story(client, done))
    assert "Oude centrum: Er waren 6 stemmen. Elke stem begon met ongeveer € 1.666,67." in text
    assert "Aan het water: Er waren 6 stemmen. Elke stem begon met ongeveer € 3.333,33." in text


def test_where_few_people_voted_nothing_says_what_they_chose_together(
    app: Flask, client: FlaskClient, standing_clock: Move
) -> None:
    cast = [("bank", "tuin"), ("tuin",), ("bank", "kas")]
    done = a_result(standing_clock, a_frame(ballot=UP_TO, counting=SHARES), cast)
    assert "Zij legden vooral in voor" not in story(client, done)


def test_caps_and_conflicts_are_told(app: Flask, client: FlaskClient, standing_clock: Move) -> None:
    counting = CountingRule(conflicts=True, ceilings=(Ceiling("oost", "De Oost", 15_000_00),))
    standing_clock(at(5, 20))
    prepared = before_the_vote(codes=6, frame=a_frame(ballot=UP_TO, counting=counting))
    save_groups(prepared.id, PlanGroups((("bank", "tuin"),), {"oost": ("bank", "kas")}), prepared.organiser)
    sealed(prepared)
    standing_clock(at(6, 10))
    for code, choices in zip(
        prepared.codes, [("bank", "kas", "tuin")] * 3 + [("bank",), ("bank", "kas"), ("kas",)], strict=True
    ):
        cast_ballot(prepared.id, code, choices, bytes(16))
    standing_clock(CALENDAR.phases[-1].closes)
    close_vote(prepared.id)
    open_rehearsal(prepared.id, prepared.organiser)
    done = published(Over(prepared, prepared.organiser, prepared.second), standing_clock)  # type: ignore[arg-type]
    text = words_of(page(client.get(f"/rondes/{done.slug}/uitslag")))
    assert "Het maximum voor De Oost was bereikt." in text and "Het kan niet samen met ‘Plan bank’, en dat won." in text
    told = words_of(story(client, done))
    assert "Het maximum is bereikt voor: De Oost." in told
    assert "Het kan niet samen met een plan dat al won: ‘Plan bank’." in told


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_same_votes_under_other_rules(client: FlaskClient, shared: Over, prefix: str) -> None:
    text = others(client, shared, prefix)
    dutch = "De spelregels stonden vooraf vast. Dit verandert de uitslag niet."
    english = "The rules were fixed beforehand. This does not change the result."
    assert text.partition('class="lead">')[2].startswith(english if prefix else dutch)
    rules = text.partition('aria-labelledby="others-rules"')[2].partition("</section>")[0]
    assert rules.count("<strong>") == 9, "every rule once, with what it does"
    own, *others_ = words_of(rules).split("Result " if prefix else "Uitslag ")[1:]
    own_name = "Equal shares, a little more each time." if prefix else "Gelijke delen, met steeds iets erbij."
    assert own.startswith("1 this round" if prefix else "1 deze ronde") and own_name in own
    assert 0 < len(others_) < 8 and any(
        ("same result" if prefix else "geven dezelfde uitslag") in one for one in [own, *others_]
    )
    assert f"{prefix}/rondes/{shared.slug}/uitslag/andere-regels" in story(client, shared, prefix)


def test_a_plan_reads_in_which_results_it_wins(client: FlaskClient, shared: Over) -> None:
    text = others(client, shared)
    results = text.count('<li class="panel">')
    rows = re.findall(r'<th scope="row">Plan (\w+)</th><td>(.+?)</td>', text)
    assert [title for title, _ in rows] == ["bank", "bomen", "tuin", "kas"], "most votes first"
    told = {title: words_of(wins) for title, wins in rows}
    assert told["bank"] == "alle" and all(
        wins in {"alle", "geen"} or {int(one) for one in wins.split(", ")} < set(range(1, results + 1))
        for wins in told.values()
    )


def test_a_frame_may_leave_other_rules_out(app: Flask, client: FlaskClient, standing_clock: Move) -> None:
    done = a_result(standing_clock, a_frame(ballot=UP_TO, counting=CountingRule(show_others=False)))
    assert client.get(f"/rondes/{done.slug}/uitslag/andere-regels").status_code == 404
    assert "andere-regels" not in story(client, done)


@pytest.mark.parametrize("path", ["stap-voor-stap", "andere-regels"])
def test_nothing_is_told_before_the_result_is_public(
    app: Flask, client: FlaskClient, standing_clock: Move, sign_in: SignIn, path: str
) -> None:
    done = adopted(over(standing_clock, CHOSEN, a_frame(ballot=UP_TO)), standing_clock)
    address = f"/rondes/{done.slug}/uitslag/{path}"
    assert client.get(address).status_code == 404
    assert sign_in(done.organiser).get(address).status_code == 404


def test_who_counts_sees_the_verdict_on_groups(
    app: Flask, client: FlaskClient, standing_clock: Move, sign_in: SignIn
) -> None:
    done = adopted(over(standing_clock, CHOSEN, a_frame(ballot=UP_TO, counting=SHARES)), standing_clock)
    assert "Kreeg elke groep haar deel?" in page(sign_in(done.organiser).get(f"/beheer/rondes/{done.slug}/uitslag"))


def test_points_are_called_points_everywhere(app: Flask, client: FlaskClient, standing_clock: Move) -> None:
    done = a_result(standing_clock, a_frame(ballot=POINTS), POINTED)
    result = words_of(page(client.get(f"/rondes/{done.slug}/uitslag")))
    assert "48 punten" in result and "48 stemmen" not in result and "Alle plannen en hun punten" in result
    assert "Plek 4 met 15 punten." in result
    assert "Plek 1 met 50 punten." in words_of(page(client.get(f"/rondes/{done.slug}/plannen/kas")))
