"""Counting at length: real elections, a second counter, and hundreds of cases. Part of `make test`; minutes, not seconds."""
