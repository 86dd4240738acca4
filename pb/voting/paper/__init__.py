"""Voting on paper: numbered forms in registered batches, read by two people who do not see each other's reading.

A form that two people read alike is cast as any ballot is. No table ties it to that ballot: what a cast writes of it is
keyed and sealed, and forms are marked as done later, several at once.
"""
