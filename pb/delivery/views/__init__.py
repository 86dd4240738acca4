"""Pages of the delivery, a file a journey."""

from pb.delivery.views import manage, public
from pb.delivery.views.blueprint import bp

__all__ = ["bp", "manage", "public"]
