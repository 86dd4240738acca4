"""Pages of the selection, a file a journey."""

from pb.selection.views import assess, jury, organise, public
from pb.selection.views.blueprint import bp

__all__ = ["assess", "bp", "jury", "organise", "public"]
