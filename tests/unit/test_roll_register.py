"""The municipality's register: read as it is, judged line by line, and nothing guessed."""

from datetime import date

import pytest

from pb.base.refusals import Reason, Refused
from pb.roll.citizen_numbers import look_like_citizen_numbers
from pb.roll.files import MOST_REASONS
from pb.roll.parameters import read_parameters, write_parameters
from pb.roll.register import read_register
from pb.roll.values import RegisterRefusal as Why
from tests.roll import HEADER, a_line, a_register, people, some_parameters

ENGLISH = "letter_number,name,street,number,postcode,city,birth date,area"


def reasons(content: bytes) -> tuple[Reason, ...]:
    with pytest.raises(Refused) as caught:
        read_register(content, some_parameters())
    return caught.value.reasons


def test_a_register_is_read_in_its_order() -> None:
    lines = [a_line(7, postcode="2406zz", born="30-3-1961"), a_line(3, number="12 bis-2")]
    register = read_register(a_register(lines), some_parameters())
    assert [(one.letter, one.postcode, one.born) for one in register.entries] == [
        ("7", "2406 ZZ", date(1961, 3, 30)),
        ("3", "2405 AB", date(1961, 3, 30)),
    ]
    assert register.entries[1].number == "12 bis-2" and register.too_young == 0


@pytest.mark.parametrize(
    "content",
    [
        a_register([a_line()]),
        b"\xef\xbb\xbf" + a_register([a_line()]),
        a_register([a_line()]).replace(b"\n", b"\r\n"),
        a_register([a_line(), ";;;;;;;", ""]),
        a_register([a_line()]).replace(b";", b"\t"),
        f"{ENGLISH}\n{a_line().replace(';', ',')}\n".encode(),
        f"extra;{HEADER}\nwat dan ook;{a_line()}\n".encode(),
        f"{HEADER}\n{a_line(area=chr(34) + 'Hoge; Zijde' + chr(34))}\n".encode(),
    ],
)
def test_shapes_of_a_good_file(content: bytes) -> None:
    assert len(read_register(content, some_parameters()).entries) == 1


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"born": "1961-13-01"}, Why.NOT_A_DATE),
        ({"born": "29-02-2019"}, Why.NOT_A_DATE),
        ({"born": "3/30/1961"}, Why.NOT_A_DATE),
        ({"born": "61-03-30"}, Why.NOT_A_DATE),
        ({"born": "2020-05-02"}, Why.BORN_LATER),
        ({"born": "1878-01-01"}, Why.TOO_OLD),
        ({"postcode": "0405 AB"}, Why.NOT_A_POSTCODE),
        ({"postcode": "2405"}, Why.NOT_A_POSTCODE),
        ({"postcode": "2407 AB"}, Why.OUTSIDE),
        ({"name": " \u200b "}, Why.VALUE_MISSING),
        ({"area": ""}, Why.VALUE_MISSING),
        ({"area": "Hoge;Zijde"}, Why.WRONG_COLUMNS),
    ],
)
def test_a_mistake_is_named_by_its_line(changes: dict[str, str], why: Why) -> None:
    (reason,) = reasons(a_register([a_line(1), a_line(2, **changes), a_line(3)]))
    assert (reason.refusal, reason.facts["line"]) == (why, 3)


def test_every_mistake_is_named_in_the_order_of_the_file() -> None:
    found = reasons(a_register([a_line(1, born="x"), a_line(2), a_line(3, postcode="x"), a_line(2)]))
    assert [(reason.refusal, reason.facts["line"]) for reason in found] == [
        (Why.NOT_A_DATE, 2),
        (Why.NOT_A_POSTCODE, 4),
        (Why.NUMBER_TWICE, 5),
        (Why.PERSON_TWICE, 5),
    ]


def test_the_same_person_under_two_letters_is_reported() -> None:
    (reason,) = reasons(a_register([a_line(1), a_line(1, letter="99", name="n. bakker 1")]))
    assert (reason.refusal, reason.facts) == (Why.PERSON_TWICE, {"line": 3, "first": 2})


def test_namesakes_at_one_address_born_on_other_days_are_two_people() -> None:
    lines = [a_line(1), a_line(1, letter="2", born="1991-03-30")]
    assert len(read_register(a_register(lines), some_parameters()).entries) == 2


def test_of_very_many_mistakes_the_rest_is_counted() -> None:
    found = reasons(a_register(people(MOST_REASONS + 5, born="x")))
    assert len(found) == MOST_REASONS + 1
    assert (found[-1].refusal, found[-1].facts) == (Why.MORE, {"count": 5})


@pytest.mark.parametrize(
    ("born", "votes"), [("2008-05-01", True), ("2008-05-02", False), ("2008-02-29", True), ("1900-05-02", True)]
)
def test_the_age_on_the_reference_date(born: str, votes: bool) -> None:
    register = read_register(a_register([a_line(1), a_line(2, born=born)]), some_parameters())
    assert (len(register.entries), register.too_young) == ((2, 0) if votes else (1, 1))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", Why.EMPTY),
        (b"\n\n", Why.EMPTY),
        (a_register([]), Why.EMPTY),
        (a_register([a_line(born="2015-01-01")]), Why.NOBODY_OLD_ENOUGH),
        (a_register([a_line(1), a_line(2, name="Zoë Müller")]).decode().encode("cp1252"), Why.NOT_TEXT),
        (a_register([a_line()]).decode().encode("utf-16"), Why.NOT_TEXT),
        (b"\x00\x01PK\x03\x04", Why.COLUMN_MISSING),
        (a_register([a_line(1), f'"{a_line(2)}']), Why.BROKEN_LINE),
        (a_register([a_line(1)]).replace(b";buurt", b";wijk"), Why.COLUMN_MISSING),
        (a_register([a_line(1) + ";x"]).replace(b";buurt", b";buurt;naam"), Why.COLUMN_TWICE),
        (a_register(people(3))[:-20], Why.WRONG_COLUMNS),
    ],
)
def test_a_file_that_is_something_else(content: bytes, why: Why) -> None:
    assert why in {reason.refusal for reason in reasons(content)}


def test_a_line_of_windows_text_is_named() -> None:
    content = a_register([a_line(1), a_line(2, name="Zoë")]).decode().encode("cp1252")
    assert reasons(content) == (Why.NOT_TEXT(line=3),)


@pytest.mark.parametrize(
    ("name", "cells", "found"),
    [
        ("BSN", ["1"], True),
        ("burgerservicenummer", [], True),
        ("klant", ["111222333", "123456782"], True),
        ("klant", ["111222333", "", " "], True),
        ("klant", ["111.222.333", "x"], True),
        ("klant", ["111222333", "x", "y"], False),
        ("klant", ["111222334", "123456783"], False),
        ("klant", ["000000000", ""], False),
        ("klant", [], False),
    ],
)
def test_citizen_numbers_are_recognised(name: str, cells: list[str], found: bool) -> None:
    assert look_like_citizen_numbers(name, cells) is found


def test_a_column_of_citizen_numbers_is_refused_whatever_it_is_called() -> None:
    content = f"{HEADER};kenmerk\n{a_line(1)};111222333\n{a_line(2)};123456782\n".encode()
    assert reasons(content) == (Why.CITIZEN_NUMBERS(column="kenmerk"),)


def test_letter_numbers_that_are_citizen_numbers_are_refused_too() -> None:
    content = a_register([a_line(1, letter="111222333"), a_line(2, letter="123456782")])
    assert reasons(content) == (Why.CITIZEN_NUMBERS(column="briefnummer"),)


def test_parameters_are_read_back() -> None:
    assert read_parameters(write_parameters(some_parameters())) == some_parameters()


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"kind": "begroot-parameters-1"}', b"\xff\xfe", b"null"])
def test_other_files_are_no_parameters(content: bytes) -> None:
    with pytest.raises(Refused) as caught:
        read_parameters(content)
    assert caught.value.reasons == (Why.NOT_PARAMETERS(),)
