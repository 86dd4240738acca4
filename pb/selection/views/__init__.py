"""Pages of the selection, a file a journey."""

from pb.selection.views import assess, jury, on_plans, organise, public
from pb.selection.views.blueprint import bp

__all__ = ["assess", "bp", "jury", "on_plans", "organise", "public"]
