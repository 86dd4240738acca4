"""Pure counting: ballots and costs in, a ledger of steps out. Standard library and numpy only."""
