"""Write the table of docs/betrieb/datenschutz.md anew from the personal fields that the rooms declare."""

from pathlib import Path

from fdplattform.config import core
from fdplattform.privacy.fields import PersonalField, personal_fields
from fdplattform.settings import read_settings

PAGE = Path(__file__).parent.parent / "docs" / "betrieb" / "datenschutz.md"
BEGIN, END = "<!-- begin of the table -->\n", "<!-- end of the table -->\n"


def table() -> str:
    """All personal fields of the core as Markdown, by the occasion on which they are asked."""
    config = core(read_settings({"fdplattform.database_url": "sqlite://", "fdplattform.secret": "x" * 32}))
    config.commit()
    parts = [
        f"\n### {occasion.interpolate()}\n\n| what | asked | why | legal basis | kept |\n|---|---|---|---|---|\n"
        + "".join(map(row, fields))
        for occasion, fields in personal_fields(config.registry)
    ]
    config.registry.engine.dispose()
    return "".join(parts)


def row(field: PersonalField) -> str:
    """One field as a row."""
    texts = (field.title, "needed" if field.required else "optional", field.purpose, field.legal_basis, field.retention)
    return "| " + " | ".join(text if type(text) is str else text.interpolate() for text in texts) + " |\n"


def with_table(page: str) -> str:
    """The page with the table as it has to be."""
    before, _begin, rest = page.partition(BEGIN)
    _old, _end, after = rest.partition(END)
    return f"{before}{BEGIN}{table()}\n{END}{after}"


def main() -> None:
    PAGE.write_text(with_table(PAGE.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
