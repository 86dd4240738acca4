"""What is pointed out before it is public, and what is left alone."""

import time

import pytest

from pb.plans.rules import personal_data_in, personal_reasons, public_texts
from pb.plans.values import CostLine, PlanDraft


@pytest.mark.parametrize(
    "written",
    [
        "0612345678",
        "06-12345678",
        "06 12 34 56 78",
        "(0172) 12 34 56",
        "0172-123456",
        "+31 6 12345678",
        "+31 (0)6 12345678",
        "0031612345678",
        "111222333",
        "1112.22.333",
        "NL91ABNA0417164300",
        "NL91 ABNA 0417 1643 00",
        "nl91 abna 0417 1643 00",
        "joke@example.org",
        "j.de-boer+bank@mail.example.nl",
    ],
)
def test_it_is_found_wherever_it_stands(written: str) -> None:
    for text in (written, f"Bel of mail: {written}.", f"({written})", f"eerst\n{written}\nlater", f"tel. {written}"):
        assert personal_data_in(text) == (written,), text


@pytest.mark.parametrize(
    "text",
    [
        "Een bank van € 4.200,50 bij nummer 12.",
        "De klok uit 1928 staat er 92 jaar, op 12-03-2020 om 10.30 uur.",
        "Postcode 2405 AB en 2406 CD",
        "Bel de gemeente op 14 0172 of 0800-1234 of 0900 1234567.",
        "111222334",
        "NL91ABNA0417164301",
        "123456789012",
        "€ 1.111.222.333",
        "Zaak 2020-00012345",
        "@buurtvereniging en #bank",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert personal_data_in(text) == ()


def test_every_text_that_everybody_reads_is_looked_at() -> None:
    number = "06-12345678"
    draft = PlanDraft(
        title=f"Bank {number}",
        summary=number,
        text=number,
        place=number,
        public_name=number,
        picture_alt=number,
        lines=(CostLine(f"Hout {number}", 100),),
    )
    found = personal_reasons(public_texts(draft))
    names = {"title", "summary", "text", "place", "public_name", "picture_alt", "lines"}
    assert {reason.about for reason in found} == names and {reason.facts["found"] for reason in found} == {number}


@pytest.mark.parametrize("piece", ["a", "0", "1.", "nl", "a@", "NL91 ", "+31", "(0"])
def test_a_long_odd_text_costs_no_time(piece: str) -> None:
    begun = time.perf_counter()
    personal_data_in((piece * 6000)[:6000])
    assert time.perf_counter() - begun < 1
