"""What every format has to keep to, as tests. A plugin's `tests/test_contract.py`:

from fdplattform.testing.contract import FormatContract

class TestContract(FormatContract):
    format_id = "forum"
"""

from fdplattform.testing.contract.data import DataContract
from fdplattform.testing.contract.declaration import DeclarationContract
from fdplattform.testing.contract.pages import PagesContract


class FormatContract(DeclarationContract, DataContract, PagesContract):
    """The whole contract. A subclass names the format; it may help with values that its own validators accept."""


__all__ = ["FormatContract"]
