"""Does not say for which API it was written."""
