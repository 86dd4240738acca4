"""The command `pb`; each command calls one act."""

import click


@click.group()
def main() -> None:
    """Neighbourhood budgets that people can trust."""
