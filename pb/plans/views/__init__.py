"""Pages of the plans, a file a journey."""

from pb.plans.views import manage, mine, public, supporting, writing
from pb.plans.views.blueprint import bp

__all__ = ["bp", "manage", "mine", "public", "supporting", "writing"]
