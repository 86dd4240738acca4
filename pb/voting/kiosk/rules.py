"""When a device may become a kiosk; pure."""

from datetime import datetime

from pb.base.refusals import Reason
from pb.voting.kiosk.values import KioskRefusal
from pb.voting.values import Box

SECONDS = 90
"""After so long without a sign of anybody the device begins anew."""
WARNING = 20
"""So long before that it asks whether somebody is there, where a script can."""


def kiosk_reasons(box: Box | None, now: datetime) -> list[Reason]:
    """Why no device becomes a kiosk now."""
    if box is None:
        return [KioskRefusal.NOT_SEALED()]
    return [KioskRefusal.CLOSED()] if now >= box.closes else []
