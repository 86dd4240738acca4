"""Doors for tests: one of each kind that can work, under the frame of the other tests, and what people prove there."""

from dataclasses import replace
from typing import Any

from pb.base.hashing import credential_of, tagged_hash, token_of
from pb.doors.values import Proof
from pb.rounds.values import Broker, Door, DoorKind, Pot, PotKind, RoundRecord, Voters
from tests.factories import a_frame

BROKER = Broker(
    name="DigiD",
    issuer="https://broker.example.org",
    client="begroot",
    levels=("substantieel",),
    age_claim="birthdate",
    place_claim="address.postal_code",
)
SIGN_IN = Door(DoorKind.SIGN_IN, BROKER, voters=(Voters("all", 13_250),))
EMAIL = Door(DoorKind.EMAIL, risk="Wie twee adressen heeft, kan twee keer stemmen.", voters=(Voters("all", 400),))
ON_THE_ROLL = Door(DoorKind.SIGN_IN, replace(BROKER, age_claim="", place_claim="", entry_claim="credential"), True)
AREAS: dict[str, Any] = {
    "pot_kind": PotKind.AREA,
    "pots": (Pot("noord", "Noord", 10_000_00, ("2405",)), Pot("zuid", "Zuid", 20_000_00, ("2406",))),
    "maximum_cost": 10_000_00,
}
FRAMES = {DoorKind.SIGN_IN: a_frame(door=SIGN_IN), DoorKind.EMAIL: a_frame(door=EMAIL, minimum_age=0)}
"""A frame for each door without codes."""


def at_broker(door: Door = SIGN_IN, **changes: Any) -> Door:
    """A door with other settings of its broker."""
    return replace(door, broker=replace(door.broker, **changes))


def proof(round_: RoundRecord, who: str = "anna", **changes: Any) -> Proof:
    """Of somebody who came through the door of this round."""
    slot = tagged_hash("login", round_.public_id, BROKER.issuer, who)
    return replace(Proof(round_.frame.door.kind, round_.public_id, slot, "all", "het centrum"), **changes)


def on_the_roll(round_: RoundRecord, code: str) -> Proof:
    """Of somebody whose sign-in names the entry of this code."""
    return Proof(DoorKind.SIGN_IN, round_.public_id, entry=credential_of(token_of(round_.public_id, code)))
