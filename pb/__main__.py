"""`python -m pb` is the command `pb`."""

from pb.cli import main

main()
