"""Facts that this room announces. Handlers of later rooms run in the sender's transaction."""

from blinker import signal

result_published = signal("results.result_published")
"""A result became public: `result_published.send(None, session=…, round=RoundRecord, winners=(plan id, …), now=…)`.
Winners stand in the order in which the count chose them."""

result_corrected = signal("results.result_corrected")
"""A public result has a newer version: `result_corrected.send(None, session=…, round=RoundRecord, winners=(plan id, …), reason=…,
now=…)`. `winners` are all that win now; `reason` ends the sentence *because …*."""
