"""Facts that this room announces. Handlers of later rooms run in the sender's transaction."""

from blinker import signal

deed_confirmed = signal("rounds.deed_confirmed")
"""A second person confirmed a deed: `deed_confirmed.send(deed, session=…, round=RoundRecord, request=RequestRecord, now=…)`.
`deed` is the `TwoPersonDeed`; the room that owns it carries it out, and an exception leaves the request open."""

frame_amended = signal("rounds.frame_amended")
"""A newer version of an adopted frame holds: `frame_amended.send(None, session=…, round=RoundRecord, reason=…, now=…)`."""
