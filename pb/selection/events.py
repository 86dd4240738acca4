"""Facts that this room announces. Handlers of later rooms run in the sender's transaction."""

from blinker import signal

shortlist_published = signal("selection.shortlist_published")
"""The plans for the ballot are known: sent with `session`, `round` (RoundRecord), `plans` (tuple of their numbers) and `now`."""
