"""Pages of the doors, a file a door."""

from pb.doors.views import email, sign_in
from pb.doors.views.blueprint import bp

__all__ = ["bp", "email", "sign_in"]
