"""Money is whole cents, never a float."""

Cents = int
