"""What is wrong with a declaration."""


class BadFormat(ValueError):
    """A declaration contradicts itself; the message says where."""
