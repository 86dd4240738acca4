"""Pages of the results, a file a journey."""

from pb.results.views import check, manage, on_plans, public, story, trial
from pb.results.views.blueprint import bp

__all__ = ["bp", "check", "manage", "on_plans", "public", "story", "trial"]
