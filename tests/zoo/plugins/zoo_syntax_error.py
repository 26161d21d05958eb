"""Python cannot read this."""

FDPLATTFORM_API = (1, 0)

def def
