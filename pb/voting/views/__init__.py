"""Pages of the vote, a file a journey."""

from pb.voting.views import choose, code, confirm, confirm, custody, log, manage
from pb.voting.views.blueprint import bp

__all__ = ["bp", "choose", "code", "confirm", "confirm", "custody", "log", "manage"]
