"""Events: what takes place in a dialogue, in a format, through its workflow."""
