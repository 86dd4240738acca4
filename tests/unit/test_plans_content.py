"""Whether what somebody wrote is a plan that fits the frame."""

from dataclasses import replace

import pytest

from pb.base.money import LARGEST
from pb.plans.rules import asked_of, code_for, code_reasons, cost_reasons, dearest, draft_reasons, pot_of
from pb.plans.rules import submission_reasons as submission_of
from pb.plans.values import LONGEST, MOST_LINES, CostLine, PlanDraft, PlanRefusal
from pb.rounds.values import Frame, Pot, PotKind, Theme
from tests.factories import a_frame

WHOLE = PlanDraft(
    title="Een bank",
    summary="Een ronde bank.",
    text="Van hout.",
    theme="groen",
    lines=(CostLine("Bank", 3_000_00), CostLine("Verf", 50_00, 9, True)),
    public_name="Tineke",
)
AREAS = a_frame(
    pot_kind=PotKind.AREA,
    pots=(Pot("noord", "Noord", 10_000_00, ("2405",)), Pot("zuid", "Zuid", 20_000_00, ("2406",))),
)
THEMES = a_frame(
    pot_kind=PotKind.THEME,
    themes=(Theme("groen", "Groen"), Theme("straat", "Straat")),
    pots=(Pot("groen", "Groen", 5_000_00), Pot("straat", "Straat", 25_000_00)),
)


def found(draft: PlanDraft, frame: Frame | None = None) -> list[tuple[str, str | None]]:
    return [(reason.refusal, reason.about) for reason in submission_of(draft, frame or a_frame())]


def test_a_whole_plan_can_be_handed_in() -> None:
    assert found(WHOLE) == []


@pytest.mark.parametrize(
    ("changes", "refusal", "about"),
    [
        ({"title": ""}, PlanRefusal.TITLE_MISSING, "title"),
        ({"summary": ""}, PlanRefusal.SUMMARY_MISSING, "summary"),
        ({"text": ""}, PlanRefusal.TEXT_MISSING, "text"),
        ({"theme": ""}, PlanRefusal.THEME_UNKNOWN, "theme"),
        ({"theme": "zwemmen"}, PlanRefusal.THEME_UNKNOWN, "theme"),
        ({"public_name": ""}, PlanRefusal.NAME_MISSING, "public_name"),
        ({"picture": "ab"}, PlanRefusal.PICTURE_WITHOUT_WORDS, "picture_alt"),
        ({"lines": ()}, PlanRefusal.NO_COSTS, "lines"),
        ({"lines": (CostLine("", 100_00),)}, PlanRefusal.LINE_WITHOUT_WORDS, "lines"),
        ({"lines": (CostLine("Bank", 100_00), CostLine("Verf", 0))}, PlanRefusal.LINE_WITHOUT_AMOUNT, "lines"),
        ({"lines": (CostLine("Bank", 100_00, 6),)}, PlanRefusal.VAT_UNKNOWN, "lines"),
        ({"lines": (CostLine("Bank", 99),)}, PlanRefusal.COST_TOO_LOW, "lines"),
        ({"lines": (CostLine("Bank", 30_000_01),)}, PlanRefusal.COST_TOO_HIGH, "lines"),
        ({"own_contribution": 3_050_01}, PlanRefusal.CONTRIBUTION_TOO_HIGH, "own_contribution"),
        ({"own_contribution": -1}, PlanRefusal.AMOUNT_NEGATIVE, "own_contribution"),
    ],
)
def test_one_thing_wrong_is_one_reason(changes: dict[str, object], refusal: str, about: str) -> None:
    assert found(replace(WHOLE, **changes)) == [(refusal, about)]


@pytest.mark.parametrize("name", ["title", "summary", "text", "place", "public_name", "picture_alt"])
def test_texts_have_a_longest(name: str) -> None:
    assert not draft_reasons(replace(WHOLE, **{name: "x" * LONGEST[name]}))
    (reason,) = draft_reasons(replace(WHOLE, **{name: "x" * (LONGEST[name] + 1)}))
    assert (reason.refusal, reason.about, reason.facts["longest"]) == (PlanRefusal.TOO_LONG, name, LONGEST[name])


def test_a_draft_may_be_unfinished_but_not_impossible() -> None:
    assert not draft_reasons(PlanDraft(title="Een bank"))
    impossible = replace(WHOLE, title="", lines=(CostLine("Bank", -1), CostLine("Goud", LARGEST + 1)))
    assert [reason.refusal for reason in draft_reasons(impossible)] == [
        PlanRefusal.TITLE_MISSING,
        PlanRefusal.AMOUNT_NEGATIVE,
        PlanRefusal.AMOUNT_TOO_LARGE,
    ]


def test_there_are_only_so_many_lines() -> None:
    lines = tuple(CostLine(f"Deel {n}", 100) for n in range(MOST_LINES + 1))
    assert not draft_reasons(replace(WHOLE, lines=lines[:-1]))
    assert [one.refusal for one in draft_reasons(replace(WHOLE, lines=lines))] == [PlanRefusal.TOO_MANY_LINES]


@pytest.mark.parametrize(
    ("lines", "own", "asked"),
    [((), 0, 0), ((100, 250), 0, 350), ((100, 250), 50, 300), ((100,), 100, 0), ((100,), 500, 0)],
)
def test_what_a_plan_asks(lines: tuple[int, ...], own: int, asked: int) -> None:
    draft = PlanDraft("Bank", lines=tuple(CostLine("Deel", amount, yearly=True) for amount in lines))
    assert asked_of(replace(draft, own_contribution=own)) == asked


@pytest.mark.parametrize(
    ("frame", "theme", "pot", "wanted"),
    [
        (a_frame(), "groen", "", "all"),
        (a_frame(), "groen", "elders", "all"),
        (AREAS, "groen", "zuid", "zuid"),
        (THEMES, "straat", "groen", "straat"),
    ],
)
def test_the_pot_that_pays(frame: Frame, theme: str, pot: str, wanted: str) -> None:
    assert pot_of(PlanDraft("Bank", theme=theme, pot=pot), frame) == wanted


@pytest.mark.parametrize("pot", ["", "west"])
def test_an_area_must_be_chosen(pot: str) -> None:
    assert found(replace(WHOLE, pot=pot), AREAS) == [(PlanRefusal.POT_UNKNOWN, "pot")]


@pytest.mark.parametrize(
    ("frame", "changes", "limit"),
    [
        (a_frame(), {}, 30_000_00),
        (a_frame(maximum_cost=8_000_00), {}, 8_000_00),
        (a_frame(maximum_cost=0), {}, 30_000_00),
        (AREAS, {"pot": "noord"}, 10_000_00),
        (AREAS, {"pot": ""}, 20_000_00),
        (THEMES, {"theme": "groen"}, 5_000_00),
        (THEMES, {"theme": "straat"}, 25_000_00),
    ],
)
def test_no_plan_is_dearer_than_the_frame_or_its_pot(frame: Frame, changes: dict[str, str], limit: int) -> None:
    draft = replace(WHOLE, **changes)
    assert dearest(draft, frame) == limit
    assert not cost_reasons(replace(draft, lines=(CostLine("Alles", limit),)), frame)
    (reason,) = cost_reasons(replace(draft, lines=(CostLine("Alles", limit + 1),)), frame)
    assert (reason.refusal, reason.facts) == (PlanRefusal.COST_TOO_HIGH, {"cost": limit + 1, "limit": limit})


@pytest.mark.parametrize(
    ("title", "taken", "code"),
    [
        ("Een bank rond de kastanje", (), "een-bank-rond-de-kastanje"),
        ("Bank", ("bank", "bank-2"), "bank-3"),
        ("Nieuw!", (), "nieuw-2"),
        ("Verder", (), "verder-2"),
        ("مقعد", (), "plan"),
        ("مقعد", ("plan",), "plan-2"),
        ("Een heel erg lange titel over van alles en nog wat", (), "een-heel-erg-lange-titel-over-van"),
        ("{{7*7}} <b>", (), "7-7-b"),
    ],
)
def test_a_title_becomes_a_code(title: str, taken: tuple[str, ...], code: str) -> None:
    assert code_for(title, taken) == code
    assert not code_reasons(code, taken)


@pytest.mark.parametrize("code", ["", "nieuw", "verder", "met spatie", "a/b", "-a", "é", "x" * 41, "a\n", "٣"])
def test_a_code_that_cannot_be(code: str) -> None:
    assert [reason.refusal for reason in code_reasons(code, ())] == [PlanRefusal.CODE_WRONG]


def test_a_code_is_given_once() -> None:
    assert [reason.refusal for reason in code_reasons("bank", {"bank"})] == [PlanRefusal.CODE_TAKEN]
    assert not code_reasons("BO.D10.1-23", {"bank"})
