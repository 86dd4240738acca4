"""The pages of the desk, one deed each."""

from pb.voting.desk.views import codes, notes

__all__ = ["codes", "notes"]
