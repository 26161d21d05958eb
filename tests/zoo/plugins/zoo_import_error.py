"""Fails when it is imported."""

FDPLATTFORM_API = (1, 0)

raise RuntimeError("secret of the import")
