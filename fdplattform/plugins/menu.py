"""An entry of the staff's tool bar."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class MenuItem:
    """A link in the tool bar. Shown to those who hold `permission` on the page's context."""

    title: str
    url: str
    permission: str
