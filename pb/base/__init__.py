"""Pure values that every room uses, and the one way to write: `transaction()`."""
