"""Groups of a dialogue: preparation, steering, project team and working groups, and who leads them."""
