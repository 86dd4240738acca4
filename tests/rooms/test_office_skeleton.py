"""Pages that are made once and filled in: each answer has its own words, and nobody has another's."""

from collections.abc import Iterator

import pytest
from flask import Flask, flash
from jinja2 import DictLoader
from markupsafe import Markup

from pb.office import skeleton
from pb.office.skeleton import filled_page

PAGE = "<p>{{ greeting }} {{ words.name }}, {{ words.name }} {{ words.number }}</p>{{ get_flashed_messages()|join }}"


@pytest.fixture(autouse=True)
def a_template(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(app.jinja_env, "loader", DictLoader({"page.html": PAGE}))
    skeleton._kept.clear()
    with app.test_request_context("/here"):
        yield
    skeleton._kept.clear()


def page(name: str, number: str = "1", key: object = "a", greeting: str = "Hallo") -> str:
    return filled_page("page.html", key, {"greeting": greeting}, {"name": name, "number": number})


def test_each_answer_has_its_own_words() -> None:
    assert page("Wim") == "<p>Hallo Wim, Wim 1</p>"
    assert page("Noor", "2") == "<p>Hallo Noor, Noor 2</p>"
    assert len(skeleton._kept) == 1


def test_nothing_of_an_answer_is_kept() -> None:
    page("CANARY", "SECRET")
    assert "CANARY" not in repr(skeleton._kept) and "SECRET" not in repr(skeleton._kept)


def test_words_are_escaped_unless_they_are_markup() -> None:
    assert "&lt;b&gt;" in page("<b>") and "<b>" in page(Markup("<b>"))


def test_a_word_that_looks_like_a_mark_is_only_a_word() -> None:
    mark = f"{skeleton._OPEN}number{skeleton._CLOSE}"
    assert page(mark, "9").count(mark) == 2 and page(mark, "9").count("9") == 1


def test_other_facts_make_another_page() -> None:
    assert page("Wim").startswith("<p>Hallo") and page("Wim", key="b", greeting="Dag").startswith("<p>Dag")


def test_another_address_makes_another_page(app: Flask) -> None:
    page("Wim")
    with app.test_request_context("/there"):
        page("Wim")
    assert len(skeleton._kept) == 2


def test_a_message_that_waits_is_shown_once_and_to_nobody_else(app: Flask) -> None:
    with app.test_request_context("/here"):
        flash("Alleen voor jou")
        assert "Alleen voor jou" in page("Wim") and not skeleton._kept
    with app.test_request_context("/here"):
        assert "Alleen voor jou" not in page("Noor") and len(skeleton._kept) == 1


def test_the_demo_keeps_none(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "DEMO", True)
    assert "Wim" in page("Wim") and not skeleton._kept


def test_it_never_keeps_more_than_it_may() -> None:
    for number in range(skeleton.MOST + 5):
        page("Wim", key=number)
    assert len(skeleton._kept) <= skeleton.MOST
