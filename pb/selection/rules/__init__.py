"""Pure decisions about standings, verdicts, the jury and the shortlist."""
