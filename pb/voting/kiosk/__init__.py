"""A device that many people vote on, one after another, such as a tablet in a library: it keeps nothing of anybody."""
