"""Pages of the vote, a file a journey."""

from pb.voting.views import choose, code, manage
from pb.voting.views.blueprint import bp

__all__ = ["bp", "choose", "code", "manage"]
