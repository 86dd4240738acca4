"""The Method of Equal Shares; `rule.py` is the whole of it, the other files its parts."""

from pb.counting.equal_shares.rule import count_equal_shares
from pb.counting.equal_shares.settings import Completion, EqualShares, Utility

__all__ = ["Completion", "EqualShares", "Utility", "count_equal_shares"]
