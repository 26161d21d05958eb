"""The yardstick: the smallest Pyramid + SQLAlchemy + Chameleon page with 20 rows, served as the platform is.

`python -m bench.minimal PORT DATABASE_URL FOLDER`
"""

import os
import sys
from functools import partial
from pathlib import Path
from typing import Any

from pyramid.config import Configurator
from pyramid.request import Request
from sqlalchemy import String, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from fdplattform.cli.support.serving import listen, serve
from fdplattform.cli.support.supervisor import Supervisor
from fdplattform.db import make_engine

ROWS = 20
PAGE = """<!DOCTYPE html>
<html lang="en">
  <head><title>${title}</title></head>
  <body>
    <h1>${title}</h1>
    <table>
      <tr tal:repeat="row rows"><td>${row.id}</td><td>${row.name}</td><td>${row.place}</td></tr>
    </table>
  </body>
</html>
"""


class Base(DeclarativeBase):
    """The yardstick's models."""


class Row(Base):
    """A row of the page."""

    __tablename__ = "bench_row"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    place: Mapped[str] = mapped_column(String(100))


def page(request: Request) -> dict[str, Any]:
    """All rows."""
    with Session(request.registry.engine) as session:
        return {"title": "Rows", "rows": session.scalars(select(Row).order_by(Row.id).limit(ROWS)).all()}


def main(port: str, url: str, folder: str) -> None:
    """Serve with two processes until terminated."""
    os.environ["CHAMELEON_CACHE"] = folder
    template = Path(folder) / "page.pt"
    template.write_text(PAGE)
    engine = make_engine(url)
    Base.metadata.create_all(engine)
    with Session(engine) as session, session.begin():
        session.add_all(Row(name=f"Name {number}", place="Rathaus") for number in range(ROWS))
    config = Configurator()
    config.include("pyramid_chameleon")
    config.registry.engine = engine
    config.add_route("page", "/")
    config.add_view(page, route_name="page", renderer=str(template))
    answer = partial(serve, config.make_wsgi_app(), listen("127.0.0.1", int(port)))
    Supervisor({"web-1": answer, "web-2": answer}).run()


if __name__ == "__main__":
    main(*sys.argv[1:])
