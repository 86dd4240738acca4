"""Pages of the vote, a file a journey."""

from pb.voting.views import choose, code, confirm, custody, draw, log, manage, reports
from pb.voting.views.blueprint import bp

__all__ = ["bp", "choose", "code", "confirm", "custody", "draw", "log", "manage", "reports"]
