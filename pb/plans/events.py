"""Facts that this room announces. Handlers of later rooms run in the sender's transaction."""

from blinker import signal

plan_withdrawn = signal("plans.plan_withdrawn")
"""A proposer took a plan back that had been handed in: `plan_withdrawn.send(None, session=…, round=RoundRecord,
plan=PlanRecord, now=…)`; the record is the plan as it is after the withdrawal."""
