"""Pages of the selection, a file a journey."""

from pb.selection.views import assess, groups, jury, on_plans, organise, public
from pb.selection.views.blueprint import bp

__all__ = ["assess", "bp", "groups", "jury", "on_plans", "organise", "public"]
