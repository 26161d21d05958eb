"""Ids in addresses and forms."""

#: No table has more rows than nine digits count; longer numbers would not fit the database's integers.
DIGITS = 9


def parse_id(text: object) -> int | None:
    """The id that `text` writes in plain digits, or None."""
    if not isinstance(text, str) or not (text.isascii() and text.isdigit() and len(text) <= DIGITS):
        return None
    return int(text)
