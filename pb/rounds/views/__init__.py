"""Pages of the rounds, a file a journey."""

from pb.rounds.views import amend, clock, frame, manage, navigation, public, questions, requests, roles, words  # noqa: F401
from pb.rounds.views.blueprint import bp

__all__ = ["bp"]
