"""The format for tests keeps to the contract, too; only nobody translates it."""

from fdplattform.testing.contract import FormatContract


class TestProbe(FormatContract):
    format_id = "probe"
    languages = ()
