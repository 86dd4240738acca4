"""What people do with the vote: seal, cast, close, export, open; one file a journey."""

from pb.voting.acts.cast import cast_ballot

__all__ = ["cast_ballot"]
