"""The pages of paper."""

from pb.voting.paper.views import batches, entry

__all__ = ["batches", "entry"]
