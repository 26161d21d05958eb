"""The revisions of broken_revision."""
