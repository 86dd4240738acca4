"""The brokers that this server may talk to: an address counts only with a secret that stands here, never in the database.

A line is an issuer, the client id there, and the secret, with spaces between them: in the setting `PB_BROKERS`, or in the
file `brokers` of the key directory. So a frame with another address makes the site ask nothing there, and shows it no secret.
"""

from pathlib import Path

from flask import current_app

from pb.base.refusals import Reason
from pb.doors.values import ProofRefusal
from pb.rounds.values import Broker, DoorKind, Frame

FILE = "brokers"


def secret_of(broker: Broker) -> str | None:
    """What the site shows this broker, or `None` when the server does not know it."""
    return next(
        (secret for issuer, client, secret in _lines() if (issuer, client) == (broker.issuer, broker.client)), None
    )


def broker_reasons(frame: Frame) -> list[Reason]:
    """That a round's broker is not known to this server."""
    if frame.door.kind is not DoorKind.SIGN_IN or secret_of(frame.door.broker):
        return []
    return [ProofRefusal.BROKER_UNKNOWN(name=frame.door.broker.name)]


def _lines() -> list[list[str]]:
    path = Path(current_app.config["KEYS"]) / FILE
    written = current_app.config["BROKERS"] or (path.read_text() if path.is_file() else "")
    return [parts for line in written.splitlines() if len(parts := line.split()) == 3]
