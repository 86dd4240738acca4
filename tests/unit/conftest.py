"""How many examples hypothesis tries: few with every change, hundreds in the part `elections` of `make test`."""

from hypothesis import settings

settings.register_profile("quick", max_examples=30, deadline=None)
settings.register_profile("hundreds", max_examples=400, deadline=None)
settings.load_profile("quick")
