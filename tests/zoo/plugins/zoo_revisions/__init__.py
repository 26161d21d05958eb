"""No revisions."""
