"""People outside the register, such as entrepreneurs and students: a list of their own, and a count of their own."""

from collections import Counter

import pytest

from pb.base.refusals import Reason, Refused
from pb.roll.issue import Issued, issue
from pb.roll.lists import read_everyone
from pb.roll.parameters import Parameters
from pb.roll.rules import summary_of
from pb.roll.values import RegisterRefusal as Why
from tests.roll import a_register, people, some_parameters

HEADER = "briefnummer;naam;straat;huisnummer;postcode;plaats"
BY_AREA = some_parameters(styles={"oost": ("2405",), "west": ("2406",)})


def a_list(*lines: str) -> bytes:
    return "\n".join([HEADER, *lines]).encode()


def shops(count: int, first: int = 1, postcode: str = "2405 AB") -> list[str]:
    return [f"O-{n};Winkel {n} BV;Raadhuisstraat;{n};{postcode};Alphen" for n in range(first, first + count)]


def issued(lists: dict[str, bytes], residents: int = 60, parameters: Parameters | None = None) -> Issued:
    parameters = parameters or some_parameters()
    return issue(read_everyone(a_register(people(residents)), lists, parameters), parameters, 1)


def reasons(lists: dict[str, bytes], parameters: Parameters | None = None) -> tuple[Reason, ...]:
    with pytest.raises(Refused) as caught:
        issued(lists, parameters=parameters)
    return caught.value.reasons


def test_each_list_has_a_count_of_its_own() -> None:
    students = a_list(*[f"S-{n};Student {n};Laan;{n};1011 AB;Amsterdam" for n in range(50)])
    roll = summary_of(issued({"Ondernemers": a_list(*shops(51)), "Studenten": students}).credentials())
    assert roll.areas == {"Hoge Zijde": 60, "Ondernemers": 51, "Studenten": 50}
    assert roll.ages == {"": 101, "50-64": 60} and roll.issued == 161


def test_a_list_below_fifty_joins_another_group() -> None:
    """Turnout of a few people would say how each of them voted."""
    roll = summary_of(issued({"Ondernemers": a_list(*shops(3))}).credentials())
    assert roll.areas == {"Hoge Zijde + Ondernemers": 63}


def test_where_the_money_is_by_area_an_address_says_which() -> None:
    lists = {"Ondernemers": a_list(*shops(50), *shops(50, 100, "2406 AB"))}
    made = issued(lists, parameters=BY_AREA)
    assert Counter((letter.style, letter.area) for letter in made.letters if letter.number.startswith("O")) == {
        ("oost", "Ondernemers"): 50,
        ("west", "Ondernemers"): 50,
    }
    outside = reasons({"Studenten": a_list("S-1;A;Laan;1;1011 AB;Amsterdam")}, BY_AREA)
    assert [one.refusal for one in outside] == [Why.LIST_MISTAKE, Why.OUTSIDE]


@pytest.mark.parametrize(
    ("lists", "why"),
    [
        ({"": a_list(*shops(1))}, [Why.LIST_WITHOUT_NAME]),
        ({" \u200b": a_list(*shops(1))}, [Why.LIST_WITHOUT_NAME]),
        ({"Hoge Zijde": a_list(*shops(1))}, [Why.LIST_NAME_TAKEN]),
        ({"A": a_list(*shops(1)), "A ": a_list(*shops(1, 9))}, [Why.LIST_NAME_TAKEN]),
        ({"A": a_list("7;W;S;1;2405 AB;Alphen")}, [Why.NUMBER_IN_BOTH]),
        ({"A": a_list(*shops(1)), "B": a_list(*shops(1))}, [Why.NUMBER_IN_BOTH]),
        ({"A": a_list(*shops(1), *shops(1))}, [Why.LIST_MISTAKE, Why.NUMBER_TWICE, Why.PERSON_TWICE]),
        ({"A": a_list()}, [Why.LIST_MISTAKE, Why.EMPTY]),
        ({"A": a_list("O-1;;S;1;2405 AB;Alphen")}, [Why.LIST_MISTAKE, Why.VALUE_MISSING]),
        ({"A": a_list("O-1;W;S;1;24 AB;Alphen")}, [Why.LIST_MISTAKE, Why.NOT_A_POSTCODE]),
        ({"A": b"\xff"}, [Why.LIST_MISTAKE, Why.NOT_TEXT]),
        ({"A": HEADER.replace("naam", "bsn").encode()}, [Why.LIST_MISTAKE, Why.COLUMN_MISSING]),
        ({"A": f"{HEADER};bsn\nO-1;W;S;1;2405 AB;Alphen;111222333".encode()}, [Why.LIST_MISTAKE, Why.CITIZEN_NUMBERS]),
    ],
)
def test_what_a_list_may_not_be(lists: dict[str, bytes], why: list[Why]) -> None:
    assert [one.refusal for one in reasons(lists)] == why
