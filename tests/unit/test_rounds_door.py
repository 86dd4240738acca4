"""The door of a frame: every combination that cannot work is refused with its reason, and what can work is not."""

from dataclasses import replace
from typing import Any

import pytest

from pb.rounds.codec import frame_from_json, frame_to_json
from pb.rounds.differences import differences
from pb.rounds.rules import frame_reasons
from pb.rounds.values import AgeClaim, Door, DoorKind, PlaceClaim, Voters
from pb.rounds.values import DoorRefusal as Why
from tests.doors import AREAS, EMAIL, ON_THE_ROLL, SIGN_IN, at_broker
from tests.factories import a_frame

NO_AGE: dict[str, Any] = {"minimum_age": 0}


CAN = [
    {"door": Door()},
    {"door": SIGN_IN},
    {"door": at_broker(age_as=AgeClaim.AGE)},
    {"door": at_broker(age_claim=""), **NO_AGE},
    {"door": at_broker(place_claim="gebied", place_as=PlaceClaim.AREA), "postcodes": ()},
    {"door": at_broker(issuer="http://127.0.0.1:3000")},
    {"door": at_broker(issuer="https://broker.example.org/realms/alphen")},
    {"door": replace(SIGN_IN, voters=(Voters("noord", 6_000), Voters("zuid", 7_000))), **AREAS},
    {"door": ON_THE_ROLL, "paper_days": 3},
    {"door": EMAIL, **NO_AGE},
]
CANNOT = [
    ({"door": at_broker(name="")}, Why.NAME_MISSING, "broker_name"),
    *(
        ({"door": at_broker(issuer=issuer)}, Why.ISSUER_WRONG, "issuer")
        for issuer in (
            "",
            "broker.example.org",
            "http://broker.example.org",
            "https://",
            "https://sam:geheim@broker.example.org",
            "https://broker.example.org/?a=1",
            "https://broker.example.org/#a",
            "https://broker.example.org /x",
            "http://127.0.0.1.evil.example",
            "javascript:alert(1)",
        )
    ),
    ({"door": at_broker(client="")}, Why.CLIENT_MISSING, "client"),
    ({"door": at_broker(levels=())}, Why.LEVEL_MISSING, "levels"),
    ({"door": at_broker(age_claim="")}, Why.AGE_WITHOUT_CLAIM, "age_claim"),
    ({"door": at_broker(place_claim="")}, Why.PLACE_WITHOUT_CLAIM, "place_claim"),
    ({"door": at_broker(place_claim=""), **AREAS}, Why.PLACE_WITHOUT_CLAIM, "place_claim"),
    ({"door": SIGN_IN, "postcodes": ()}, Why.PLACE_WITHOUT_POSTCODES, "place_as"),
    ({"door": at_broker(entry_claim="credential")}, Why.ENTRY_WITHOUT_CODES, "entry_claim"),
    ({"door": replace(SIGN_IN, with_codes=True)}, Why.CODES_WITHOUT_ENTRY, "entry_claim"),
    ({"door": SIGN_IN, "paper_days": 3}, Why.PAPER_WITHOUT_CODES, "with_codes"),
    ({"door": EMAIL, "paper_days": 3, **NO_AGE}, Why.PAPER_WITHOUT_CODES, "with_codes"),
    ({"door": EMAIL}, Why.EMAIL_WITH_AGE, "door_kind"),
    ({"door": EMAIL, **NO_AGE, **AREAS}, Why.EMAIL_WITH_AREAS, "door_kind"),
    ({"door": replace(EMAIL, with_codes=True), **NO_AGE}, Why.EMAIL_WITH_CODES, "with_codes"),
    ({"door": replace(EMAIL, risk=""), **NO_AGE}, Why.RISK_MISSING, "risk"),
    ({"door": replace(SIGN_IN, voters=())}, Why.VOTERS_MISSING, "voters"),
    ({"door": replace(SIGN_IN, voters=(Voters("all", 0),))}, Why.VOTERS_MISSING, "voters"),
    ({"door": replace(SIGN_IN, voters=(Voters("all", 20_000_001),))}, Why.VOTERS_MISSING, "voters"),
    ({"door": SIGN_IN, **AREAS}, Why.VOTERS_MISSING, "voters"),
    ({"door": replace(EMAIL, voters=()), **NO_AGE}, Why.VOTERS_MISSING, "voters"),
]


@pytest.mark.parametrize("changes", CAN)
def test_a_door_that_can_work(changes: dict[str, Any]) -> None:
    assert frame_reasons(a_frame(**changes)) == []


@pytest.mark.parametrize(("changes", "why", "about"), CANNOT)
def test_a_door_that_cannot_work(changes: dict[str, Any], why: Why, about: str) -> None:
    assert (why, about) in {(reason.refusal, reason.about) for reason in frame_reasons(a_frame(**changes))}


def test_every_refusal_has_a_case() -> None:
    assert {why for _, why, _ in CANNOT} == set(Why)


@pytest.mark.parametrize("changes", CAN)
def test_a_frame_comes_back_from_json_with_its_door(changes: dict[str, Any]) -> None:
    frame = a_frame(**changes)
    assert frame_from_json(frame_to_json(frame)) == frame


def test_a_frame_of_before_there_were_doors_votes_by_code() -> None:
    plain = frame_to_json(a_frame())
    del plain["door"]
    assert frame_from_json(plain).door.kind is DoorKind.CODES


def test_every_setting_of_the_door_is_told_when_it_differs() -> None:
    older, newer = a_frame(), a_frame(door=SIGN_IN)
    told = {change.field: (change.old, change.new) for change in differences(older, newer)}
    assert told["door.kind"] == (DoorKind.CODES, DoorKind.SIGN_IN)
    assert told["door.broker.issuer"] == ("", SIGN_IN.broker.issuer)
    assert told["door.voters"] == ((), SIGN_IN.voters)


def test_the_areas_are_those_of_the_money() -> None:
    whole, divided = a_frame(), a_frame(**AREAS)
    assert whole.area_of("all") == "het centrum"
    assert [divided.area_of(style) for style in divided.styles()] == ["Noord", "Zuid"]
