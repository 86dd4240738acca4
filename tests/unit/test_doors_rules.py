"""What a broker's claims say of the right to vote: a grid of ages, places, levels and forms."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pb.base.hashing import tagged_hash
from pb.doors.rules import claim_of, level_reasons, prove_address, prove_sign_in, wanted_claims
from pb.doors.values import Proof
from pb.doors.values import ProofRefusal as Why
from pb.rounds.values import AgeClaim, DoorKind, Frame, PlaceClaim, Pot
from tests.doors import AREAS, EMAIL, ON_THE_ROLL, SIGN_IN, at_broker
from tests.factories import a_frame

ROUND, ISSUER = "ab" * 16, "https://broker.example.org"
ANNA: dict[str, Any] = {"birthdate": "1961-03-30", "address": {"postal_code": "2405 AB"}}
ENTRY = "0f" * 32


def told(frame: Frame, subject: str = "anna", **claims: Any) -> Proof | list[Why]:
    found = prove_sign_in(frame, ROUND, ISSUER, subject, ANNA | claims)
    return [reason.refusal for reason in found] if isinstance(found, list) else found  # type: ignore[misc]


@pytest.mark.parametrize(
    ("born", "why"),
    [
        ("2008-05-01", None),  # twelve on the reference date itself
        ("20080501", None),
        ("2008-05-02", Why.TOO_YOUNG),
        ("2021-01-01", Why.TOO_YOUNG),
        ("2008-02-29", None),
        ("1889-05-02", None),  # 130, so just believed
        ("1889-05-01", Why.AGE_UNKNOWN),
        ("0000-05-01", Why.AGE_UNKNOWN),
        ("2008", Why.AGE_UNKNOWN),
        ("01-05-2008", Why.AGE_UNKNOWN),
        ("2008-02-30", Why.AGE_UNKNOWN),
        ("٢٠٠٨-٠٥-٠١", Why.AGE_UNKNOWN),
        ("", Why.AGE_UNKNOWN),
        (None, Why.AGE_UNKNOWN),
        (1961, Why.AGE_UNKNOWN),
        (["1961-03-30"], Why.AGE_UNKNOWN),
    ],
)
def test_the_age_on_the_reference_date(born: object, why: Why | None) -> None:
    found = told(a_frame(door=SIGN_IN), birthdate=born)
    assert found == [why] if why else isinstance(found, Proof)


def test_who_was_born_on_a_leap_day_is_older_on_the_first_of_march() -> None:
    frame = a_frame(door=SIGN_IN, reference_date=date(2020, 2, 28))
    assert told(frame, birthdate="2008-02-29") == [Why.TOO_YOUNG]
    assert isinstance(told(replace(frame, reference_date=date(2021, 3, 1)), birthdate="2009-02-28"), Proof)


@pytest.mark.parametrize(
    ("age", "why"),
    [
        (12, None),
        ("12", None),
        (11, Why.TOO_YOUNG),
        (0, Why.TOO_YOUNG),
        (131, Why.AGE_UNKNOWN),
        (-1, Why.AGE_UNKNOWN),
        (12.5, Why.AGE_UNKNOWN),
        (True, Why.AGE_UNKNOWN),
        ("１２", Why.AGE_UNKNOWN),
        ("1e2", Why.AGE_UNKNOWN),
        ("", Why.AGE_UNKNOWN),
        (None, Why.AGE_UNKNOWN),
    ],
)
def test_the_age_in_years(age: object, why: Why | None) -> None:
    found = told(a_frame(door=at_broker(age_claim="age", age_as=AgeClaim.AGE)), age=age)
    assert found == [why] if why else isinstance(found, Proof)


def test_without_an_age_limit_nobody_looks_at_the_age() -> None:
    frame = a_frame(door=SIGN_IN, minimum_age=0)
    assert isinstance(told(frame, birthdate=None), Proof)
    assert wanted_claims(frame) == ("address.postal_code",)
    assert wanted_claims(a_frame(door=SIGN_IN)) == ("address.postal_code", "birthdate")
    assert wanted_claims(a_frame(door=ON_THE_ROLL)) == ("credential",)


@pytest.mark.parametrize(
    ("postcode", "why"),
    [
        ("2405 AB", None),
        ("2405ab", None),
        (" 2405 AB ", None),
        ("2406", None),
        ("2407 AB", Why.OUTSIDE),
        ("24059", Why.PLACE_UNKNOWN),
        ("AB 2405", Why.PLACE_UNKNOWN),
        ("２４０５", Why.PLACE_UNKNOWN),
        ("", Why.PLACE_UNKNOWN),
        (None, Why.PLACE_UNKNOWN),
        (2405, Why.PLACE_UNKNOWN),
    ],
)
def test_the_postcode(postcode: object, why: Why | None) -> None:
    found = told(a_frame(door=SIGN_IN), address={"postal_code": postcode})
    assert found == [why] if why else isinstance(found, Proof)


def test_a_whole_postcode_is_more_than_its_digits() -> None:
    frame = a_frame(door=SIGN_IN, postcodes=("2405 AB",))
    assert isinstance(told(frame, address={"postal_code": "2405AB"}), Proof)
    for other in ("2405 AC", "2405"):
        assert told(frame, address={"postal_code": other}) == [Why.OUTSIDE]


def test_an_area_has_the_ballot_of_its_pot() -> None:
    frame = a_frame(door=SIGN_IN, **AREAS)
    found = told(frame, address={"postal_code": "2406 AB"})
    assert isinstance(found, Proof) and (found.style, found.area) == ("zuid", "Zuid")
    one = replace(frame, pots=(Pot("noord", "Noord", 10_000_00, ("2405",)),), postcodes=())
    assert told(one, address={"postal_code": "2406 AB"}) == [Why.OUTSIDE]


@pytest.mark.parametrize(("area", "style"), [("Zuid", "zuid"), ("zuid", "zuid"), ("Elders", None), ("all", None)])
def test_an_area_by_its_name(area: str, style: str | None) -> None:
    frame = a_frame(door=at_broker(place_claim="gebied", place_as=PlaceClaim.AREA), **AREAS)
    found = told(frame, gebied=area)
    assert (found.style if isinstance(found, Proof) else None) == style
    assert isinstance(found, Proof) or found == [Why.OUTSIDE]


@pytest.mark.parametrize("area", ["", None, ["Zuid"], 7])
def test_an_area_without_a_name(area: object) -> None:
    frame = a_frame(door=at_broker(place_claim="gebied", place_as=PlaceClaim.AREA), **AREAS)
    assert told(frame, gebied=area) == [Why.PLACE_UNKNOWN]


def test_every_reason_is_told_at_once() -> None:
    assert told(a_frame(door=SIGN_IN), birthdate="2015-01-01", address={}) == [Why.TOO_YOUNG, Why.PLACE_UNKNOWN]


@pytest.mark.parametrize(
    ("claims", "name", "value"),
    [
        ({"a": 1}, "a", 1),
        ({"a": {"b": {"c": 1}}}, "a.b.c", 1),
        ({"urn:nl:1.0:leeftijd": 12, "urn:nl:1": {"0:leeftijd": 9}}, "urn:nl:1.0:leeftijd", 12),
        ({"a": "tekst"}, "a.b", None),
        ({}, "a.b", None),
        ({"a": None}, "a", None),
    ],
)
def test_a_claim_inside_another(claims: dict[str, Any], name: str, value: object) -> None:
    assert claim_of(claims, name) == value


@pytest.mark.parametrize(("level", "enough"), [("substantieel", True), ("laag", False), ("", False), (None, False)])
def test_the_level(level: object, enough: bool) -> None:
    assert (level_reasons(SIGN_IN.broker, level) == []) is enough


def test_the_slot_is_of_the_person_in_this_round_at_this_broker() -> None:
    frame = a_frame(door=SIGN_IN)
    found = told(frame)
    assert isinstance(found, Proof) and found.slot == tagged_hash("login", ROUND, ISSUER, "anna")
    others = [
        prove_sign_in(frame, round_, issuer, subject, ANNA)
        for round_, issuer, subject in (
            ("cd" * 16, ISSUER, "anna"),
            (ROUND, f"{ISSUER}/b", "anna"),
            (ROUND, ISSUER, "bob"),
        )
    ]
    assert len({found.slot, *(other.slot for other in others if isinstance(other, Proof))}) == 4


@pytest.mark.parametrize("entry", ["", "0F" * 32, "0f" * 31, "zz" * 32, None, 7])
def test_an_entry_that_is_none(entry: object) -> None:
    assert told(a_frame(door=ON_THE_ROLL), credential=entry) == [Why.NOT_ON_ROLL]


def test_an_entry_leaves_everything_else_to_the_roll() -> None:
    found = told(a_frame(door=ON_THE_ROLL), credential=ENTRY, birthdate="2019-01-01")
    assert found == Proof(DoorKind.SIGN_IN, ROUND, entry=bytes.fromhex(ENTRY))


def test_an_address_is_a_slot_of_its_round() -> None:
    found = prove_address(a_frame(door=EMAIL, minimum_age=0), ROUND, "sam@example.org")
    slot = tagged_hash("email", ROUND, "sam@example.org")
    assert found == Proof(DoorKind.EMAIL, ROUND, slot, "all", "het centrum")
