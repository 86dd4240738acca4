"""The shape of the rooms' input: a file for each journey."""
