"""Facts that this room announces. Handlers of later rooms run in the sender's transaction."""

from blinker import signal

result_published = signal("results.result_published")
"""A result became public: `result_published.send(None, session=…, round=RoundRecord, winners=(plan id, …), now=…)`.
Winners stand in the order in which the count chose them."""
