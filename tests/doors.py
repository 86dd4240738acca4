"""Doors for tests: one of each kind that can work, under the frame of the other tests."""

from dataclasses import replace
from typing import Any

from pb.rounds.values import Broker, Door, DoorKind, Pot, PotKind, Voters

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


def at_broker(door: Door = SIGN_IN, **changes: Any) -> Door:
    """A door with other settings of its broker."""
    return replace(door, broker=replace(door.broker, **changes))
