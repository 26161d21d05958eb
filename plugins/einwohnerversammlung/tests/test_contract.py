from fdplattform.testing.contract import FormatContract


class TestContract(FormatContract):
    format_id = "einwohnerversammlung"
