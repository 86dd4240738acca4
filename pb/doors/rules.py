"""What follows from what a broker tells: whether somebody may vote, with which ballot, and as whom."""

import re
from datetime import date
from typing import Any

from pb.base.hashing import tagged_hash
from pb.base.refusals import Reason
from pb.doors.values import Claims, Proof, ProofRefusal
from pb.rounds.values import AgeClaim, Broker, DoorKind, Frame, PlaceClaim, PotKind

POSTCODE = re.compile(r"[1-9][0-9]{3}(?:[A-Z]{2})?", re.ASCII)
CREDENTIAL = re.compile(r"[0-9a-f]{64}")
OLDEST = 130


def wanted_claims(frame: Frame) -> tuple[str, ...]:
    """The claims that are looked at under this frame; of all others nothing is read."""
    broker = frame.door.broker
    if frame.door.with_codes:
        return (broker.entry_claim,)
    return (broker.place_claim, *((broker.age_claim,) if frame.minimum_age else ()))


def claim_of(claims: Claims, name: str) -> Any:
    """A claim by its name; `address.postal_code` is one inside another. `None` where it is missing."""
    if name in claims:
        return claims[name]
    outer, _, inner = name.partition(".")
    held = claims.get(outer)
    return claim_of(held, inner) if inner and isinstance(held, dict) else None


def level_reasons(broker: Broker, level: object) -> list[Reason]:
    """Why this level of sign-in is not enough."""
    return [] if level in broker.levels else [ProofRefusal.LEVEL_TOO_LOW(name=broker.name)]


def prove_sign_in(frame: Frame, round_: str, issuer: str, subject: str, claims: Claims) -> Proof | list[Reason]:
    """The right to vote of somebody who signed in, or everything that is in its way."""
    if frame.door.with_codes:
        return _by_entry(frame, round_, claims)
    reasons, style = _age_reasons(frame, claims), _style_of(frame, claims)
    if reasons or isinstance(style, Reason):
        return reasons + ([style] if isinstance(style, Reason) else [])
    slot = tagged_hash("login", round_, issuer, subject)
    return Proof(DoorKind.SIGN_IN, round_, slot, style, frame.area_of(style))


def prove_address(frame: Frame, round_: str, address: str) -> Proof:
    """The right to vote of a confirmed e-mail address: nobody checks whose it is."""
    style = next(iter(frame.styles()))
    return Proof(DoorKind.EMAIL, round_, tagged_hash("email", round_, address), style, frame.area_of(style))


def _by_entry(frame: Frame, round_: str, claims: Claims) -> Proof | list[Reason]:
    entry = claim_of(claims, frame.door.broker.entry_claim)
    if not isinstance(entry, str) or not CREDENTIAL.fullmatch(entry):
        return [ProofRefusal.NOT_ON_ROLL()]
    return Proof(DoorKind.SIGN_IN, round_, entry=bytes.fromhex(entry))


def _age_reasons(frame: Frame, claims: Claims) -> list[Reason]:
    if not frame.minimum_age:
        return []
    broker = frame.door.broker
    told = claim_of(claims, broker.age_claim)
    age = _age_on(told, frame.reference_date) if broker.age_as is AgeClaim.BIRTH_DATE else _years(told)
    if age is None or age > OLDEST:
        return [ProofRefusal.AGE_UNKNOWN(name=broker.name)]
    return [] if age >= frame.minimum_age else [ProofRefusal.TOO_YOUNG(age=frame.minimum_age)]


def _age_on(told: object, day: date) -> int | None:
    """The age of somebody born on the day that was told, as `1961-03-30` or `19610330`; who is not born yet is 0."""
    try:
        born = date.fromisoformat(told if isinstance(told, str) else "")
    except ValueError:
        return None
    return max(0, day.year - born.year - ((day.month, day.day) < (born.month, born.day)))


def _years(told: object) -> int | None:
    written = str(told) if isinstance(told, int | str) and not isinstance(told, bool) else ""
    return int(written) if re.fullmatch(r"[0-9]{1,3}", written, re.ASCII) else None


def _style_of(frame: Frame, claims: Claims) -> str | Reason:
    """The ballot of the place where somebody lives, or why there is none."""
    broker = frame.door.broker
    told = claim_of(claims, broker.place_claim)
    place = told.strip() if isinstance(told, str) else ""
    if broker.place_as is PlaceClaim.POSTCODE:
        place = place.replace(" ", "").upper()
    if not (place if broker.place_as is PlaceClaim.AREA else POSTCODE.fullmatch(place)):
        return ProofRefusal.PLACE_UNKNOWN(name=broker.name)
    fits = (style for style in frame.styles() if _lives_in(frame, style, place))
    return next(fits, None) or ProofRefusal.OUTSIDE(area=frame.area)


def _lives_in(frame: Frame, style: str, place: str) -> bool:
    """Whether a postcode or the name of an area belongs to this ballot."""
    if frame.door.broker.place_as is PlaceClaim.AREA:
        return place in (style, frame.area_of(style))
    postcodes = frame.pot(style).postcodes if frame.pot_kind is PotKind.AREA else frame.postcodes
    return any(place.startswith(postcode.replace(" ", "")) for postcode in postcodes)
