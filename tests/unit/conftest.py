"""What hypothesis tries: few examples, always the same, with every change; hundreds of new ones in the part `elections`."""

from hypothesis import settings

settings.register_profile("quick", max_examples=30, deadline=None, derandomize=True)
settings.register_profile("hundreds", max_examples=400, deadline=None)
settings.load_profile("quick")
