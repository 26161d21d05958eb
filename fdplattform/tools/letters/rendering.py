"""Letters as a page for the browser's printer, or as a PDF."""

import atexit
import io
import threading
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files

from chameleon import PageTemplateFile

from fdplattform.tools.letters.letter import Letter
from fdplattform.web.assets import BUILD, read_manifest

STYLESHEET = "letter.css"
#: Letters that are laid out at a time: a whole file would take 600 MB of memory.
SLICE = 50


#: Stylesheet and fonts, once in each thread: unpacking the fonts takes a second.
_look = threading.local()
# WeasyPrint tidies up after its fonts with functions that are gone when the interpreter ends.
atexit.register(lambda: vars(_look).clear())


class NoPdf(RuntimeError):
    """WeasyPrint or one of its libraries is missing; printable pages take the place of PDFs."""


@cache
def pdf_possible() -> bool:
    """True where WeasyPrint finds its libraries."""
    try:
        import pypdf  # noqa: F401
        import weasyprint  # noqa: F401
    except (ImportError, OSError):
        return False
    return True


def make_page(letters: Sequence[Letter], *, stylesheet: str | None = None) -> str:
    """The letters as one HTML document; `stylesheet` is the address of letter.css, where a browser shows it."""
    return str(_template()(letters=letters, stylesheet=stylesheet))


@cache
def _template() -> PageTemplateFile:
    return PageTemplateFile(str(files("fdplattform.templates") / "letters" / "sheets.pt"))


def make_pdf(letters: Sequence[Letter], after: Callable[[int], None] | None = None) -> bytes:
    """The letters as one PDF for two-sided printing: each begins on a sheet of its own.

    `after` is called with the number of letters done so far; it may raise to stop. Raises NoPdf.
    """
    if not pdf_possible():
        raise NoPdf
    from pypdf import PdfWriter
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    if not hasattr(_look, "sheet"):
        _look.fonts = FontConfiguration()
        _look.sheet = CSS(filename=str(BUILD / read_manifest()[STYLESHEET]), font_config=_look.fonts)
    whole = PdfWriter()
    for start in range(0, len(letters), SLICE):
        some = letters[start : start + SLICE]
        document = HTML(string=make_page(some)).write_pdf(stylesheets=[_look.sheet], font_config=_look.fonts)
        whole.append(io.BytesIO(document), import_outline=False)
        if len(whole.pages) % 2:
            whole.add_blank_page()
        if after is not None:
            after(start + len(some))
    out = io.BytesIO()
    whole.write(out)
    return out.getvalue()
