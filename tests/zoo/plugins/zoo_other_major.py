"""Written for another major of the API."""

FDPLATTFORM_API = (2, 0)
