"""The record of a count: what happened from the letters to the winners, on paper to be signed."""
