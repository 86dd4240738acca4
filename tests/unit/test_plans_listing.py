"""The order of a list, its pages and its filters; the life of a plan in words; what a text becomes; spreadsheets."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pb.office.values import HistoryEntry
from pb.plans.codec import draft_from_json, draft_to_json
from pb.plans.markdown import html_of
from pb.plans.rules.history import told
from pb.plans.rules.listing import LONGEST_VISIT, PAGE_SIZE, Sort, Wish, moment_of_visit, shown
from pb.plans.spreadsheet import as_file, plain_amount, quoted
from pb.plans.values import CostLine, PlanDraft, PlanRecord, PlanState
from tests.factories import at


def a_plan(number: int, title: str = "Bank", **changes: object) -> PlanRecord:
    draft = PlanDraft(title, theme="groen")
    plan = PlanRecord(number, 1, f"p{number}", PlanState.SUBMITTED, 1, draft, 100_00, 0, at(2, 3))
    return replace(plan, **changes)  # type: ignore[arg-type]


def numbers(plans: list[PlanRecord], wish: Wish) -> list[int]:
    return [plan.id for plan in shown(plans, wish, {}).plans]


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("count", [0, 1, PAGE_SIZE, PAGE_SIZE + 1, 3 * PAGE_SIZE])
def test_all_pages_together_are_all_plans_once(sort: Sort, count: int) -> None:
    plans = [a_plan(number) for number in range(count)]
    wish = Wish(sort=sort, seed=3)
    pages = shown(plans, wish, {}).pages
    assert pages == max(1, -(-count // PAGE_SIZE))
    found = [number for page in range(1, pages + 1) for number in numbers(plans, replace(wish, page=page))]
    assert sorted(found) == list(range(count))


def test_a_page_behind_the_last_is_the_last() -> None:
    plans = [a_plan(number) for number in range(PAGE_SIZE + 1)]
    assert shown(plans, Wish(page=99), {}).page == 2


def test_by_lot_no_plan_is_moved_by_another() -> None:
    plans = [a_plan(number) for number in range(20)]
    wish = Wish(seed=5)
    order = numbers(plans, wish)
    assert [number for number in numbers([*plans, a_plan(77)], wish) if number != 77] == order
    assert order != numbers(plans, Wish(seed=6)) and order != sorted(order)


def test_every_plan_comes_first_sometimes() -> None:
    plans = [a_plan(number) for number in range(5)]
    firsts = {numbers(plans, Wish(seed=seed))[0] for seed in range(1, 100)}
    assert firsts == set(range(5))


def test_the_other_orders() -> None:
    plans = [
        a_plan(1, asked=300_00, likes=2, submitted_at=at(2, 5)),
        a_plan(2, asked=100_00, likes=9, submitted_at=at(2, 4)),
        a_plan(3, asked=100_00, likes=2, submitted_at=at(2, 6)),
    ]
    assert numbers(plans, Wish(sort=Sort.COST)) == [2, 3, 1]
    assert numbers(plans, Wish(sort=Sort.LIKES)) == [2, 1, 3]
    assert numbers(plans, Wish(sort=Sort.NEWEST)) == [3, 1, 2]


@pytest.mark.parametrize(
    ("words", "wanted"), [("BANK", [1]), ("plein cafe", [2]), ("plein", [2, 3]), ("zwembad", []), ("b a", [1, 2])]
)
def test_searching_finds_every_word_without_accents(words: str, wanted: list[int]) -> None:
    plans = [a_plan(1, "Bank"), a_plan(2, "Café aan 't plein, b.v."), a_plan(3, "Plein")]
    assert sorted(numbers(plans, Wish(words=words))) == wanted


def test_filters() -> None:
    plans = [a_plan(1), a_plan(2, draft=PlanDraft("Tuin", theme="straat"))]
    standings = {1: "feasible", 2: "not_feasible"}
    assert [one.id for one in shown(plans, Wish(theme="straat"), standings).plans] == [2]
    assert [one.id for one in shown(plans, Wish(standing="feasible"), standings).plans] == [1]
    assert shown(plans, Wish(standing="won"), standings).count == 0


@pytest.mark.parametrize(
    ("before", "kept"),
    [(timedelta(), True), (LONGEST_VISIT, True), (LONGEST_VISIT + timedelta(1), False), (-timedelta(seconds=1), False)],
)
def test_a_visit_keeps_its_moment_for_a_while(before: timedelta, kept: bool) -> None:
    now = at(3, 1)
    assert moment_of_visit(now - before, now) == (now - before if kept else now)
    assert moment_of_visit(None, now) == now


def entries(*acts: tuple[str, int]) -> list[HistoryEntry]:
    return [HistoryEntry(number, at(2, day), act, None, {}) for number, (act, day) in enumerate(acts)]


def test_a_life_is_told_from_handing_in_on() -> None:
    life = entries(
        ("save_draft", 1), ("edit_plan", 2), ("submit_plan", 3), ("edit_plan", 4), ("edit_plan", 4), ("edit_plan", 5),
        ("recuse", 6), ("judge_plan", 7), ("withdraw_plan", 8),
    )  # fmt: skip
    assert [entry.act for entry in told(life)] == [
        "submit_plan",
        "edit_plan",
        "edit_plan",
        "judge_plan",
        "withdraw_plan",
    ]


def test_news_is_told_once_a_day() -> None:
    life = entries(
        ("submit_plan", 3), ("post_update", 5), ("post_update", 5), ("record_money", 5), ("post_update", 5),
        ("record_money", 5), ("post_update", 6),
    )  # fmt: skip
    assert [(entry.act, entry.at.day) for entry in told(life)] == [
        ("submit_plan", 3),
        ("post_update", 5),
        ("record_money", 5),
        ("record_money", 5),
        ("post_update", 6),
    ]


def test_a_draft_has_no_history() -> None:
    assert told(entries(("save_draft", 1), ("edit_plan", 2), ("withdraw_plan", 3))) == ()


@pytest.mark.parametrize(
    ("text", "forbidden"),
    [
        ("[x](javascript:alert(1))", "href"),
        ("[x](  JaVaScRiPt:alert(1))", "href"),
        ("[x](data:text/html;base64,AAAA)", "href"),
        ("[x](vbscript:x)", "href"),
        ("<img src=x onerror=alert(1)>", "<img"),
        ("<script>alert(1)</script>", "<script"),
        ("![x](https://example.org/spion.gif)", "<img"),
        ("# Kop", "<h1"),
        ("Kop\n===", "<h1"),
        ("<a href='javascript:x'>x</a>", "<a"),
        ("<svg/onload=x>", "<svg"),
        ("[x](javascript&colon;alert(1))", "javascript:"),
    ],
)
def test_no_text_becomes_more_than_a_text(text: str, forbidden: str) -> None:
    assert forbidden not in html_of(text)


def test_a_text_keeps_its_shape() -> None:
    html = html_of("Eerste.\nTweede.\n\n- **een**\n- *twee*\n\n[site](https://example.org) {{7*7}}")
    assert "Eerste.<br>\nTweede." in html and "<li><strong>een</strong></li>" in html and "{{7*7}}" in html
    assert '<a href="https://example.org" rel="nofollow ugc noopener">site</a>' in html


@pytest.mark.parametrize("cell", ["=1+1", "+31", "-1", "@SUM(1)", "\t=1", "\r=1", "  =1", "＝1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert quoted(cell) == f"'{cell}"


def test_a_file_for_a_spreadsheet() -> None:
    written = as_file(("Titel", "Euro"), [('Een "bank"; groot', plain_amount(4_200_05)), ("=1", 3)])
    assert written.decode("utf-8-sig") == 'Titel;Euro\r\n"Een ""bank""; groot";4200,05\r\n\'=1;3\r\n'


def test_a_draft_waits_as_plain_json_and_comes_back() -> None:
    draft = PlanDraft("Bank", text="Hout", lines=(CostLine("Bank", 100_00, 9, True),), own_contribution=5)
    assert draft_from_json(draft_to_json(draft)) == draft
