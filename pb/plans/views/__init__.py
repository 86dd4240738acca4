"""Pages of the plans, a file a journey."""

from pb.plans.views import public
from pb.plans.views.blueprint import bp

__all__ = ["bp", "public"]
