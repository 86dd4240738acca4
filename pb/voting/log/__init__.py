"""The public log of a round's vote: when a batch is due, and how leaves and heads are added and checked."""
