"""Ends the process when it is imported."""

import sys

FDPLATTFORM_API = (1, 0)

sys.exit(3)
