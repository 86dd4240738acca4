"""Plans that exclude each other, and plans of a neighbourhood with a ceiling: named before the vote, and sealed."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pb.base.access import Role
from pb.base.refusals import Refused
from pb.rounds.reads import round_by_slug
from pb.rounds.values import Ceiling, CountingRule, Frame, Pot, PotKind
from pb.selection.acts import save_groups
from pb.selection.reads import plan_groups
from pb.selection.values import PlanGroups
from pb.voting.drafting import drafted_manifest
from pb.voting.reads import manifest
from pb.voting.values import PlanCeiling
from tests.factories import a_frame, a_person, a_role, at
from tests.pages import page, words_of
from tests.voting import Prepared, before_the_vote, sealed

Move = Callable[[datetime], None]
SignIn = Callable[[int], FlaskClient]
PATH = "/beheer/rondes/alphen-centrum-2020/groepen"
RULE = CountingRule(
    conflicts=True, ceilings=(Ceiling("groen", "Groen en duurzaam", 9_000_00), Ceiling("oost", "De Oost", 20_000_00))
)
NAMED = PlanGroups((("bank", "tuin"),), {"oost": ("kas", "tuin")})


@pytest.fixture
def prepared(app: Flask, standing_clock: Move) -> Prepared:
    standing_clock(at(5, 20))
    return before_the_vote(frame=a_frame(counting=RULE))


def test_what_was_named_is_sealed(prepared: Prepared) -> None:
    save_groups(prepared.id, NAMED, prepared.organiser)
    assert plan_groups(prepared.id) == NAMED
    found = manifest(sealed(prepared).id)
    assert found is not None
    assert found.conflicts == (("bank", "tuin"),)
    assert found.ceilings == (
        PlanCeiling("Groen en duurzaam", 9_000_00, ("bank", "bomen", "kas", "tuin")),
        PlanCeiling("De Oost", 20_000_00, ("kas", "tuin")),
    )


def test_naming_again_takes_the_place_of_what_was_named(prepared: Prepared) -> None:
    save_groups(prepared.id, NAMED, prepared.organiser)
    save_groups(prepared.id, PlanGroups(), prepared.organiser)
    round_ = round_by_slug("alphen-centrum-2020")
    assert round_ is not None
    assert plan_groups(prepared.id) == PlanGroups() and drafted_manifest(round_).conflicts == ()


AREAS = a_frame(
    counting=CountingRule(conflicts=True),
    pot_kind=PotKind.AREA,
    pots=(Pot("oud", "Oud", 10_000_00, ("2405",)), Pot("water", "Water", 20_000_00, ("2406",))),
)


@pytest.mark.parametrize(
    ("frame", "named", "why"),
    [
        (a_frame(counting=RULE), PlanGroups((("bank",),)), "groups.too_few"),
        (a_frame(counting=RULE), PlanGroups((("bank", "weg"),)), "groups.unknown"),
        (a_frame(counting=RULE), PlanGroups((), {"groen": ("bank",)}), "groups.not_in_frame"),
        (a_frame(counting=CountingRule(ceilings=RULE.ceilings)), NAMED, "groups.not_in_frame"),
        (a_frame(), PlanGroups(), "groups.not_in_frame"),
        (AREAS, PlanGroups((("bank", "kas"),)), "groups.two_pots"),
    ],
)
def test_groups_that_cannot_be(app: Flask, standing_clock: Move, frame: Frame, named: PlanGroups, why: str) -> None:
    standing_clock(at(5, 20))
    prepared = before_the_vote(frame=frame, pots={"bank": "oud", "kas": "water"})
    with pytest.raises(Refused) as refused:
        save_groups(prepared.id, named, prepared.organiser)
    assert [reason.refusal.value for reason in refused.value.reasons] == [why]
    assert plan_groups(prepared.id) == PlanGroups()


def test_nothing_is_named_once_the_vote_has_begun(prepared: Prepared, standing_clock: Move) -> None:
    standing_clock(at(5, 27))
    with pytest.raises(Refused, match="vote_has_begun"):
        save_groups(prepared.id, NAMED, prepared.organiser)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_an_organiser_names_them_on_a_page(prepared: Prepared, sign_in: SignIn, prefix: str) -> None:
    browser = sign_in(prepared.organiser)
    text = page(browser.get(prefix + PATH))
    assert text.count("<fieldset") == 2 and "De Oost" in text
    sent = {"conflict-0": ["bank", "tuin"], "part-oost": ["kas", "tuin"], "part-groen": ["bank"]}
    assert browser.post(prefix + PATH, data=sent).location == prefix + PATH
    assert plan_groups(prepared.id) == NAMED
    again = page(browser.get(prefix + PATH))
    assert again.count("<fieldset") == 3 and again.count(" checked") == 4
    listed = words_of(page(browser.get(f"{prefix}/rondes/alphen-centrum-2020/stemlijst")))
    assert (
        "Of these plans one can win" if prefix else "Van deze plannen kan er één winnen: Plan bank en Plan tuin."
    ) in listed
    assert PATH in page(browser.get("/beheer/rondes/alphen-centrum-2020/stemlijst"))


def test_what_cannot_be_comes_back_as_it_was_ticked(prepared: Prepared, sign_in: SignIn) -> None:
    text = page(sign_in(prepared.organiser).post(PATH, data={"conflict-0": ["bank"], "conflict-3": ["x", "<b>"]}), 422)
    assert "Het plan x staat niet op de stemlijst." in text and "<b>" not in text
    assert text.count(" checked") == 1


def test_the_page_says_what_there_is_to_do(app: Flask, standing_clock: Move, sign_in: SignIn) -> None:
    standing_clock(at(5, 20))
    prepared = before_the_vote()
    browser = sign_in(prepared.organiser)
    assert "Er is hier niets te doen." in page(browser.get(PATH))
    assert PATH not in page(browser.get("/beheer/rondes/alphen-centrum-2020/stemlijst"))
    juror = a_person()
    a_role(juror, prepared.id, Role.JUROR)
    assert sign_in(juror).get(PATH).status_code == 403
