"""Every message that a form can say exists in our words, and so in every language."""

from pathlib import Path

import colander
from babel.messages.extract import extract_from_file

from fdplattform.forms.messages import FOREIGN


def test_every_message_of_colander_has_one_of_ours_in_its_place() -> None:
    found = extract_from_file("python", Path(colander.__file__), {"_": None})
    assert {str(message) for _line, message, _comments, _context in found} <= FOREIGN.keys()
