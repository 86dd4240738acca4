"""How fast counting is: ours beside pabutools on the same file, and on elections made up from it. `python -m bench FILE`."""
