"""Commands on files: they count and compare without a site, settings or a database."""

from pb.commands.comparing import compare
from pb.commands.counting import count

__all__ = ["compare", "count"]
