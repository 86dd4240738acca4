"""Facts that this room announces. Handlers run in the sender's transaction."""

from blinker import signal

signed_in = signal("people.signed_in")
"""Sent as `signed_in.send(None, session=…, person_id=…, deed=…)`; `deed` is what waited for the sign-in:
`{"kind": "like_plan" | "draft_plan", …}`, or `None`. A handler that raises `Refused` undoes the deed alone: the person
is signed in and reads why. Any other exception undoes the sign-in."""
