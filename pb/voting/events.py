"""Facts that this room announces. Handlers of later rooms run in the sender's transaction."""

from blinker import signal

keys_wanted = signal("voting.keys_wanted")
"""Asked before the keys of a round are destroyed: `keys_wanted.send(None, session=…, round=RoundRecord)`. A handler answers
with the `Reason`s for which they must stay, such as a report that is open, or with none."""
