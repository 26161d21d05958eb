from fdplattform.testing.contract import FormatContract


class TestCouncil(FormatContract):
    format_id = "buergerinnenrat"


class TestCafe(FormatContract):
    format_id = "buergercafe"


class TestResonanceGroup(FormatContract):
    format_id = "resonanzgruppe"
