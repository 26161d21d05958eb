"""The draw: who is invited, and who sits on the panel."""
