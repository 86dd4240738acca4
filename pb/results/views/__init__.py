"""Pages of the results, a file a journey."""

from pb.results.views import audit, check, manage, on_plans, others, public, record, story, trial
from pb.results.views.blueprint import bp

__all__ = ["audit", "bp", "check", "manage", "on_plans", "others", "public", "record", "story", "trial"]
