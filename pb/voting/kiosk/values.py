"""Why a device does not become a kiosk."""

from pb.base.refusals import Refusal


class KioskRefusal(Refusal):
    """Why a device does not become a kiosk of a round."""

    NOT_SEALED = "kiosk.not_sealed"
    CLOSED = "kiosk.closed"
